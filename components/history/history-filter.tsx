import Link from "next/link";
import { DayField } from "@/components/days/day-field";
import { Button } from "@/components/ui/button";
import { batchKinds, type HistoryQuestion, others } from "@/lib/history/question";
import type { Colleague } from "@/lib/staff/staff";
import { historyWords } from "./words";

type HistoryFilterProps = { question: HistoryQuestion; people: Colleague[] };

const look = "h-[30px] min-w-0 rounded-[7px] border border-line bg-panel px-2 max-md:w-full";

/** Filters by person, kind and days. A plain form, so it works before scripts load. */
export function HistoryFilter({ question, people }: HistoryFilterProps) {
  const { who, kind, from, to } = question;
  return (
    <form
      action="/history"
      // The fields are reset when the address changes otherwise, by Back or by clearing.
      key={[who, kind, from, to].join()}
      className="flex min-w-0 flex-wrap items-center gap-1.5 max-md:grid max-md:grid-cols-2"
    >
      <select name="who" aria-label={historyWords.whose} defaultValue={who ?? ""} className={look}>
        <option value="">{historyWords.everyone}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {Object.entries(others).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      <select name="kind" aria-label={historyWords.kind} defaultValue={kind ?? ""} className={look}>
        <option value="">{historyWords.allKinds}</option>
        {Object.entries(batchKinds).map(([key, words]) => (
          <option key={key} value={key}>
            {historyWords.only(words)}
          </option>
        ))}
      </select>
      <DayField label={historyWords.firstDay} name="from" day={from ?? ""} className={`${look} md:w-34`} />
      <DayField label={historyWords.lastDay} name="to" day={to ?? ""} className={`${look} md:w-34`} />
      <Button type="submit">{historyWords.show}</Button>
      {who || kind || from || to ? (
        <Link href="/history" className="px-1 font-medium text-ink-3 hover:text-ink">
          {historyWords.clear}
        </Link>
      ) : null}
    </form>
  );
}
