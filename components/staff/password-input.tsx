"use client";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Input } from "@/components/ui/form/field";
import { accountWords } from "./words";

/** A password field, with a button to show the password. */
export function PasswordInput({ id, ...props }: Omit<ComponentProps<typeof Input>, "type">) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        id={id}
        type={shown ? "text" : "password"}
        className="pr-10"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        {...props}
      />
      <button
        type="button"
        aria-label={shown ? accountWords.hidePassword : accountWords.showPassword}
        aria-controls={id}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-r-[7px] text-ink-3 hover:text-ink"
      >
        <Icon size={15} aria-hidden="true" />
      </button>
    </div>
  );
}
