import type { FilterProblem } from "@/lib/filter/url";

/** What the address asked for and was dropped. */
export function Problems({ problems }: { problems: FilterProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <p role="status" className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn">
      {problems.map(({ key, value, message }) => (
        <span key={`${key}=${value}`} className="mr-3 break-words">
          Ignored: <bdi>{key === "cursor" ? message : `${key}=${value}. ${message}`}</bdi>
        </span>
      ))}
    </p>
  );
}
