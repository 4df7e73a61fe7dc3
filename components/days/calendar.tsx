"use client";
import { clsx } from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { useDesk } from "@/components/desk/desk";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/menu/popover";
import { pressedKey } from "@/components/ui/pressed-key";
import { listWeeks, moveMonth } from "@/lib/desk/month";
import { dayIn, printDay } from "@/lib/desk/time";
import { moveDay } from "@/lib/desk/typed-day";
import { calendarWords } from "./words";

type MonthProps = { day: string | null; onPick: (day: string) => void };

type CalendarProps = MonthProps & {
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The button that opens it. */
  children: ReactElement;
};

/** A month to pick a day from. Weeks, names and today are the desk's, not the browser's. Loaded when first opened. */
export function Calendar({ day, onPick, label, open, onOpenChange, children }: CalendarProps) {
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>{children}</PopoverTrigger>
      <PopoverContent
        aria-label={calendarWords.choose(label)}
        align="end"
        onOpenAutoFocus={(event) => event.preventDefault()}
      >
        <Month
          day={day}
          onPick={(picked) => {
            onOpenChange(false);
            onPick(picked);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function Month({ day, onPick }: MonthProps) {
  const { zone, weekStart } = useDesk();
  const [today] = useState(() => dayIn(zone, new Date()));
  const [at, setAt] = useState(day ?? today);
  const current = useRef<HTMLButtonElement>(null);
  const follow = useRef(true);
  // The keys move the focus with the day, also into another month. Turning by a button leaves it there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each move focuses anew
  useEffect(() => {
    if (follow.current) current.current?.focus();
    follow.current = false;
  }, [at]);
  const weeks = listWeeks(at.slice(0, 7), weekStart);
  const move = (event: KeyboardEvent) => {
    const key = pressedKey(event);
    if (key === null) return;
    const next = Object.hasOwn(steps, key)
      ? moveDay(at, steps[key] ?? 0)
      : key === "PageUp" || key === "PageDown"
        ? moveMonth(at, key === "PageUp" ? -1 : 1)
        : null;
    if (next === null) return;
    event.preventDefault();
    follow.current = true;
    setAt(next);
  };
  return (
    <>
      <div className="flex items-center gap-1 pb-2">
        <span aria-live="polite" className="mr-auto pl-1.5 font-semibold">
          {printDay(`${at.slice(0, 7)}-01`).slice(2)}
        </span>
        <Turn label={calendarWords.previousMonth} onTurn={() => setAt(moveMonth(at, -1))}>
          <ChevronLeft size={14} aria-hidden="true" />
        </Turn>
        <Turn label={calendarWords.nextMonth} onTurn={() => setAt(moveMonth(at, 1))}>
          <ChevronRight size={14} aria-hidden="true" />
        </Turn>
      </div>
      <table onKeyDown={move} className="border-collapse tabular-nums">
        <thead>
          <tr>
            {weeks[0]?.map((each) => (
              <th key={each} scope="col" className="size-8 text-[11.5px] font-medium text-ink-3">
                {calendarWords.weekdays[new Date(each).getUTCDay()]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((each) => (
                <td key={each} className="p-0">
                  <button
                    type="button"
                    ref={each === at ? current : undefined}
                    tabIndex={each === at ? 0 : -1}
                    aria-label={printDay(each)}
                    aria-pressed={each === day}
                    aria-current={each === today ? "date" : undefined}
                    onClick={() => onPick(each)}
                    className={clsx(
                      "size-8 rounded-md hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent-ink aria-[current]:font-bold aria-[current]:underline max-md:size-10",
                      each.slice(0, 7) === at.slice(0, 7) ? "text-ink" : "text-ink-3",
                    )}
                  >
                    {Number(each.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

type TurnProps = { label: string; onTurn: () => void; children: ReactNode };

function Turn({ label, onTurn, children }: TurnProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onTurn}
      className="grid size-7 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink max-md:size-10"
    >
      {children}
    </button>
  );
}
