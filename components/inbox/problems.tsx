import type { FilterProblem } from "@/lib/filter/url";
import { inboxWords } from "./words";

/** The parts of the address that were dropped, one a line. */
export function Problems({ problems }: { problems: FilterProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div role="status" className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn">
      {problems.map(({ key, value, message }) => (
        <p key={`${key}=${value}`} className="wrap-anywhere">
          {inboxWords.ignored} <bdi>{key === "cursor" ? message : `${key}=${value}. ${message}`}</bdi>
        </p>
      ))}
    </div>
  );
}

/** Says that not all contacts were searched, and how to search them all. */
export function ShortWords() {
  return (
    <p role="status" className="border-b border-line bg-sunk px-4 py-1.5 text-ink-2">
      {inboxWords.shortWords}
    </p>
  );
}
