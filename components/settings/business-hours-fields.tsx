"use client";
import { TimeField } from "@/components/days/time-field";
import { Checkbox } from "@/components/ui/form/checkbox";
import { dayNames } from "@/lib/desk/response-targets";
import { findWeekStart } from "@/lib/desk/week-start";
import { settingsWords } from "./words";

/** A day in the form. A closed day keeps its hours, for when it is opened again. */
export type DayDraft = { open: boolean; from: string; to: string };

const hoursClasses = "w-20 tabular-nums";

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
                  <TimeField
                    label={settingsWords.opens(name)}
                    className={hoursClasses}
                    time={day.from}
                    onTime={(from) => change(at, { from })}
                  />
                  <span aria-hidden="true">–</span>
                  <TimeField
                    label={settingsWords.closes(name)}
                    className={hoursClasses}
                    time={day.to}
                    onTime={(to) => change(at, { to })}
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
