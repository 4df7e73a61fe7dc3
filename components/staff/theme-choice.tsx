"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useOptimistic, useTransition } from "react";
import { mergeClasses } from "@/components/ui/merge-classes";
import { toast } from "@/components/ui/toast";
import { setPreferences } from "@/lib/staff/actions";
import type { Theme } from "@/lib/staff/preferences";

const choices = [
  { theme: "system", label: "System", icon: Monitor },
  { theme: "light", label: "Light", icon: Sun },
  { theme: "dark", label: "Dark", icon: Moon },
] as const;

/** Light, dark, or whatever the system is. Takes effect as it is chosen. */
export function ThemeChoice({ theme }: { theme: Theme }) {
  const [chosen, choose] = useOptimistic(theme);
  const [, start] = useTransition();
  const change = (next: Theme) =>
    start(async () => {
      choose(next);
      const result = await setPreferences({ theme: next });
      if (!result.ok) toast.error(result.message);
    });
  return (
    <fieldset className="inline-flex rounded-lg border border-line bg-sunk p-0.5">
      <legend className="sr-only">Theme</legend>
      {choices.map(({ theme: value, label, icon: Icon }) => (
        <label
          key={value}
          className={mergeClasses(
            "flex h-7 items-center gap-1.5 rounded-md px-3 font-medium text-ink-2 has-focus-visible:outline-2 has-focus-visible:outline-accent",
            chosen === value && "bg-panel text-ink ring-1 ring-line",
          )}
        >
          <input
            type="radio"
            name="theme"
            value={value}
            checked={chosen === value}
            onChange={() => change(value)}
            className="sr-only"
          />
          <Icon size={14} aria-hidden="true" />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
