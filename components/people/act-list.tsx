import { Time } from "@/components/ui/time";
import type { PersonAct } from "@/lib/people/person";
import { describeCounts } from "./describe";
import { actWords, personWords, removalProblems } from "./words";

type ActListProps = { acts: PersonAct[]; timeZone: string };

/** The latest work on personal data: what was done, by whom, how much, and the files still to be removed. */
export function ActList({ acts, timeZone }: ActListProps) {
  if (acts.length === 0) return <p className="text-ink-3">{personWords.nothingDone}</p>;
  return (
    <ul aria-label={personWords.done} className="rounded-lg border border-line bg-panel">
      {acts.map(({ id, kind, staff, doneAt, counts, filesLeft, problem }) => (
        <li key={id} className="border-t border-line-soft px-3.5 py-2.5 first:border-t-0">
          <p className="font-medium text-ink">{actWords[kind]}</p>
          <p className="text-ink-3">
            <Time at={doneAt} zone={timeZone} show="instant" /> · {staff ?? personWords.byRules}
          </p>
          {kind === "archive" ? null : <p className="mt-1 text-ink-2">{describeCounts(counts)}</p>}
          {filesLeft > 0 ? (
            <p className="mt-1 text-fail">
              {personWords.filesLeft(filesLeft, problem && (removalProblems[problem] ?? problem))}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
