import { Time } from "@/components/ui/time";
import { countOf } from "@/lib/desk/wording";
import type { PersonAct } from "@/lib/people/person";
import { describeCounts } from "./describe";

type ActListProps = { acts: PersonAct[]; timeZone: string };

const titles: Record<PersonAct["kind"], string> = {
  archive: "Data handed over",
  forgotten: "Person forgotten",
  retention: "Removed by age",
};

const problems: Record<string, string> = {
  unreachable: "the store does not answer",
  refused: "the store does not let the desk remove them",
  not_configured: "no document store is configured",
};

/** The latest work on personal data: what was done, by whom, how much, and the files still to be removed. */
export function ActList({ acts, timeZone }: ActListProps) {
  if (acts.length === 0) return <p className="text-ink-3">Nothing yet.</p>;
  return (
    <ul aria-label="What was done" className="rounded-lg border border-line bg-panel">
      {acts.map(({ id, kind, staff, doneAt, counts, filesLeft, problem }) => (
        <li key={id} className="border-t border-line-soft px-3.5 py-2.5 first:border-t-0">
          <p className="font-medium text-ink">{titles[kind]}</p>
          <p className="text-ink-3">
            <Time at={doneAt} zone={timeZone} show="instant" /> · {staff ?? "the desk, by its rules"}
          </p>
          {kind === "archive" ? null : <p className="mt-1 text-ink-2">{describeCounts(counts)}</p>}
          {filesLeft > 0 ? (
            <p className="mt-1 text-fail">
              {countOf(filesLeft, "file")} still in the store
              {problem ? `: ${problems[problem] ?? problem}` : ""}. The desk tries again at least every hour.
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
