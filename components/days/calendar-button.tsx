"use client";
import { clsx } from "clsx";
import { CalendarDays } from "lucide-react";
import { useState } from "react";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { calendarWords } from "./words";

/** The calendar, loaded when it is first opened. */
const later = fetchedLater(() => import("./calendar"));

type CalendarButtonProps = {
  /** The chosen day, YYYY-MM-DD; null if none is. */
  day: string | null;
  onPick: (day: string) => void;
  /** The label of its field. */
  label: string;
  className?: string;
};

/** A button that opens a month to pick a day from. */
export function CalendarButton({ day, onPick, label, className }: CalendarButtonProps) {
  const [open, setOpen] = useState(false);
  const parts = useFetched(later, open, () => setOpen(false));
  const look = {
    type: "button",
    "aria-label": calendarWords.open,
    title: calendarWords.open,
    className: clsx("grid place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink", className),
  } as const;
  const mark = <CalendarDays size={14} aria-hidden="true" />;
  if (parts) {
    return (
      <parts.Calendar day={day} onPick={onPick} label={label} open={open} onOpenChange={setOpen}>
        <button {...look}>{mark}</button>
      </parts.Calendar>
    );
  }
  return (
    <button
      {...look}
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={later.prepare}
      onFocus={later.prepare}
      onClick={() => setOpen(true)}
    >
      {mark}
    </button>
  );
}
