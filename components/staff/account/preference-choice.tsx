"use client";
import { clsx } from "clsx";
import { type ReactNode, useId } from "react";
import { Radio } from "@/components/ui/form/checkbox";
import type { Preferences } from "@/lib/staff/preferences";
import { usePreference } from "./use-preference";

type PreferenceChoiceProps<Name extends keyof Preferences> = {
  name: Name;
  legend: string;
  /** The current choice. */
  value: Preferences[Name];
  choices: { value: Preferences[Name]; label: string; icon?: ReactNode }[];
};

/** A choice between a few values. It takes effect at once. */
export function PreferenceChoice<Name extends keyof Preferences>({
  name,
  legend,
  value,
  choices,
}: PreferenceChoiceProps<Name>) {
  const [chosen, choose] = usePreference(name, value);
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      {/* A floated legend is laid out like any other element. */}
      <legend className="float-left w-28 text-ink-2">{legend}</legend>
      <span className="inline-flex rounded-lg border border-line bg-sunk p-0.5">
        {choices.map(({ value: each, label, icon }) => (
          <Choice
            key={label}
            name={name}
            value={String(each)}
            label={label}
            icon={icon}
            checked={chosen === each}
            onChoose={() => choose(each)}
          />
        ))}
      </span>
    </fieldset>
  );
}

type ChoiceProps = {
  name: string;
  value: string;
  label: string;
  icon: ReactNode;
  checked: boolean;
  onChoose: () => void;
};

function Choice({ name, value, label, icon, checked, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={clsx(
        "flex h-7 items-center gap-1.5 rounded-md px-3 font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent max-md:h-9",
        checked ? "bg-panel text-ink ring-1 ring-line" : "text-ink-2",
      )}
    >
      <Radio id={id} name={name} value={value} checked={checked} onChoose={onChoose} className="sr-only" />
      {icon}
      {label}
    </label>
  );
}
