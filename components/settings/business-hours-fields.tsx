"use client";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Input } from "@/components/ui/form/field";
import { dayNames } from "@/lib/desk/response-targets";
import { findWeekStart } from "@/lib/desk/week-start";
import { settingsWords } from "./words";

/** A day in the form. A closed day keeps its hours, for when it is opened again. */
export type DayDraft = { open: boolean; from: string; to: string };

/** Wide enough for "08:00 AM". On a phone the picker button is hidden, because a touch opens the picker anyway. */
const hoursClasses = "w-34 tabular-nums max-md:w-26 max-md:px-2 max-md:[&::-webkit-calendar-picker-indicator]:hidden";

type BusinessHoursFieldsProps = {
  days: DayDraft[];
  error: string | undefined;
  /** Passes an update of the current days, because two fields may change before the next render. */
  onChange: (change: (days: DayDraft[]) => DayDraft[]) => void;
};

/** The hours in which the desk works, day by day. */
export function BusinessHoursFields({ days, error, onChange }: BusinessHoursFieldsProps) {
  const change = (at: number, part: Partial<DayDraft>) =>
    onChange((before) => before.map((day, index) => (index === at ? { ...day, ...part } : day)));
  const first = dayNames[(findWeekStart(days.map(({ open }) => open)) + 6) % 7] ?? dayNames[0];
  return (
    <fieldset aria-describedby="week-note">
      <legend className="mb-1.5 font-medium text-ink-2">{settingsWords.businessHours}</legend>
      <div className="flex flex-col gap-1.5">
        {days.map((day, at) => {
          const name = dayNames[at] ?? "";
          return (
            <div key={name} className="flex min-h-9 items-center gap-2 max-[24rem]:flex-wrap">
              <label
                htmlFor={`open-${name}`}
                className="flex w-32 shrink-0 items-center gap-2.5 max-md:w-26 max-[24rem]:w-full"
              >
                <Checkbox
                  id={`open-${name}`}
                  checked={day.open}
                  onCheckedChange={(open) => change(at, { open: open === true })}
                />
                {name}
              </label>
              {day.open ? (
                <>
                  <Input
                    type="time"
                    aria-label={settingsWords.opens(name)}
                    required
                    className={hoursClasses}
                    value={day.from}
                    onChange={(event) => change(at, { from: event.target.value })}
                  />
                  <span aria-hidden="true">–</span>
                  <Input
                    type="time"
                    aria-label={settingsWords.closes(name)}
                    required
                    className={hoursClasses}
                    value={day.to}
                    onChange={(event) => change(at, { to: event.target.value })}
                  />
                </>
              ) : (
                <span className="text-ink-3">{settingsWords.closed}</span>
              )}
            </div>
          );
        })}
      </div>
      <p id="week-note" className={error ? "mt-1.5 text-fail" : "mt-1.5 text-ink-3"} role={error ? "alert" : undefined}>
        {error ?? settingsWords.businessHoursNote(first)}
      </p>
    </fieldset>
  );
}
