"use client";
import { clsx } from "clsx";
import { type ReactNode, useId, useState } from "react";
import { soughtIn } from "@/lib/text/fold";
import { Input } from "../form/field";
import { pressedKey } from "../pressed-key";

export type Choice = {
  key: string;
  /** The text that is searched and read out. */
  label: string;
  /** A second line, which is searched and read out too. */
  detail?: string;
  /** Shown before the label. */
  mark?: ReactNode;
  /** Shown after the label, to tell similar choices apart. */
  note?: ReactNode;
  current?: boolean;
};

type ChooseListProps = {
  choices: Choice[];
  /** What the list contains, and the input's label. */
  label: string;
  placeholder: string;
  onChoose: (key: string) => void;
  /** Turns the typed text into a choice, if it can be one. */
  choiceOf?: (typed: string) => Choice | null;
};

/** A list to choose from: type a part, use the arrows and Enter, or click. */
export function ChooseList({ choices, label, placeholder, onChoose, choiceOf }: ChooseListProps) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const { within } = soughtIn(typed);
  const found = choices.filter(({ label, detail }) => within(detail === undefined ? label : `${label} ${detail}`));
  const own = typed.trim() === "" ? null : (choiceOf?.(typed.trim()) ?? null);
  const shown = own && !found.some(({ key }) => key === own.key) ? [...found, own] : found;
  const active = shown[Math.min(at, shown.length - 1)];

  return (
    <>
      <Input
        // The dialog was opened only to choose something, so the input takes the focus.
        autoFocus
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={active ? `${id}-${active.key}` : undefined}
        aria-autocomplete="list"
        placeholder={placeholder}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const key = pressedKey(event);
          const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
          if (step && shown.length > 0) setAt((Math.min(at, shown.length - 1) + step + shown.length) % shown.length);
          else if (key === "Enter" && active) onChoose(active.key);
          else return;
          event.preventDefault();
        }}
      />
      <div id={id} role="listbox" aria-label={label} className="-mx-2 mt-2 max-h-[40dvh] overflow-y-auto">
        {shown.map((choice, index) => (
          <div
            key={choice.key}
            id={`${id}-${choice.key}`}
            role="option"
            tabIndex={-1}
            aria-selected={choice === active}
            onPointerMove={() => setAt(index)}
            onClick={() => onChoose(choice.key)}
            onKeyDown={(event) => pressedKey(event) === "Enter" && onChoose(choice.key)}
            className={clsx(
              "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 max-md:min-h-10",
              choice === active || choice.current ? "text-ink" : "text-ink-2",
              choice === active && "bg-hover",
              choice.current && "font-semibold",
            )}
          >
            {choice.mark}
            <span className="min-w-0">
              <bdi className="wrap-anywhere">{choice.label}</bdi>
              {choice.detail === undefined ? null : (
                <bdi className="block truncate text-xs font-normal text-ink-3">{choice.detail}</bdi>
              )}
            </span>
            {choice.current ? <span className="sr-only"> (now)</span> : null}
            <span className="ml-auto shrink-0 pl-3 text-xs font-normal text-ink-3 tabular-nums">{choice.note}</span>
          </div>
        ))}
      </div>
      {shown.length === 0 ? (
        <p role="status" className="mt-2 text-ink-3">
          No matches.
        </p>
      ) : null}
    </>
  );
}
