"use client";
import { useEffect, useRef } from "react";
import { Input } from "@/components/ui/form/field";
import { pressedKey } from "@/components/ui/pressed-key";
import { readTime } from "@/lib/desk/typed-time";
import { calendarWords } from "./words";

type TimeFieldProps = { label: string; time: string; onTime: (time: string) => void; className?: string };

/** A time of day as the desk writes it, "17:30", whatever the browser's language is. "5 pm" is read too. */
export function TimeField({ label, time, onTime, className }: TimeFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const read = readTime(time);
  const wrong = read === null;
  useEffect(() => field.current?.setCustomValidity(wrong ? calendarWords.notTime : ""), [wrong]);
  const settle = () => {
    if (read !== null && read !== time) onTime(read);
  };
  return (
    <Input
      ref={field}
      aria-label={label}
      aria-invalid={wrong || undefined}
      autoComplete="off"
      required
      value={time}
      onChange={(event) => onTime(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (pressedKey(event) === "Enter") settle();
      }}
      className={className}
    />
  );
}
