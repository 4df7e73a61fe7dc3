"use client";
import { clsx } from "clsx";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useDesk } from "@/components/desk/desk";
import { useTypedEarly } from "@/components/ui/form/use-typed-early";
import { pressedKey } from "@/components/ui/pressed-key";
import { dayIn, printDay } from "@/lib/desk/time";
import { readDay } from "@/lib/desk/typed-day";
import { CalendarButton } from "./calendar-button";
import { calendarWords } from "./words";

type DayFieldProps = {
  /** Read out; it is not shown. */
  label: string;
  /** YYYY-MM-DD, or "" for none. */
  day: string;
  /** Called once a day was chosen, not for each typed letter; "" if it was cleared. */
  onDay?: (day: string) => void;
  /** In a plain form: the name under which the day is sent. */
  name?: string;
  required?: boolean;
  className?: string;
};

/**
 * A day, typed or picked, in the desk's own format whatever the browser's language is. Before scripts have loaded a form
 * sends the text as typed, which the server reads too.
 */
export function DayField({ label, day, onDay, name, required, className }: DayFieldProps) {
  const { zone } = useDesk();
  const [today] = useState(() => dayIn(zone, new Date()));
  const [shown, setShown] = useState(day);
  const [text, setText] = useState(printDay(day));
  const [left, setLeft] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const awake = useSyncExternalStore(noChanges, isAlways, isNever);
  useTypedEarly(field, text);
  if (shown !== day) {
    setShown(day);
    setText(printDay(day));
  }
  const read = text.trim() === "" ? "" : readDay(text, { today });
  const wrong = read === null;
  useEffect(() => field.current?.setCustomValidity(wrong ? calendarWords.notDay : ""), [wrong]);
  const settle = (next: string | null) => {
    setLeft(true);
    if (next === null) return;
    setText(printDay(next));
    if (next !== day) onDay?.(next);
  };
  return (
    <span className={clsx("relative inline-flex min-w-0 items-center", className)}>
      <input
        ref={field}
        aria-label={label}
        aria-invalid={(left && wrong) || undefined}
        name={awake ? undefined : name}
        required={required}
        value={text}
        placeholder={calendarWords.anyDay}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setLeft(false);
        }}
        onBlur={() => settle(read)}
        onKeyDown={(event) => {
          if (pressedKey(event) === "Enter") settle(read);
        }}
        className="h-full w-full min-w-0 bg-transparent pr-6 tabular-nums outline-offset-4 placeholder:text-ink-3 aria-invalid:text-fail"
      />
      {awake && name ? <input type="hidden" name={name} value={read ?? text} /> : null}
      <CalendarButton
        day={read || null}
        label={label}
        className="absolute -right-1 size-6 max-lg:size-7"
        onPick={(picked) => {
          setText(printDay(picked));
          if (picked !== day) onDay?.(picked);
        }}
      />
    </span>
  );
}

const noChanges = () => () => undefined;
const isAlways = () => true;
const isNever = () => false;
