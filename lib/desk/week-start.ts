import type { WeekStart } from "@/lib/filter/days";

/**
 * The day on which the desk's weeks begin: Monday as in ISO 8601, unless the business days show another week. It is
 * Sunday if that is open and Saturday is closed, and Saturday if the weekend is open and Friday is closed.
 * @param open whether the desk is open on each day, from Monday to Sunday
 */
export function findWeekStart(open: readonly boolean[]): WeekStart {
  const [friday, saturday, sunday] = open.slice(4);
  if (!sunday) return 1;
  if (!saturday) return 0;
  return friday ? 1 : 6;
}
