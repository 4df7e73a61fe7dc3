import type { Triage } from "@/lib/contact/triage";
import type { Calendar } from "./calendar";
import type { Random } from "./random";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The desk has been in use for six weeks: what was decided before left no history, as with any adopted row. */
const DESK_DAYS = 42;

export type SampleChange = {
  at: number;
  staff: string;
  /** The status before and after; the same where only something else is set. */
  from: string;
  to: string;
  sets?: Partial<Omit<Triage, "status">>;
};

const answered = ["contacted", "qualified", "closed"];

/** When the first response was given (milliseconds), null where the desk does not know. */
export function firstContactedAt(changes: SampleChange[]): number | null {
  return changes.find((change) => answered.includes(change.to) && !answered.includes(change.from))?.at ?? null;
}

/** Moves an instant into the working hours (8 to 17, weekdays) that follow it. */
function workingTime(at: number, random: Random): number {
  let time = at;
  for (;;) {
    const local = new Date(time + HOUR);
    const weekday = local.getUTCDay();
    if (weekday === 0 || weekday === 6) time += DAY - (time % DAY) + 7 * HOUR;
    else if (local.getUTCHours() < 8) time += random.integer(30, 90) * 60_000;
    else if (local.getUTCHours() >= 17) time += random.integer(12, 15) * HOUR;
    else return time;
  }
}

/** How a contact came to its status: steps taken by staff since the desk opened, oldest first. */
export function sampleChanges(
  at: number,
  status: string | null,
  plan: { calendar: Calendar; staff: string[] },
  random: Random,
): SampleChange[] {
  const [admin, manager, agent] = plan.staff;
  if (!admin || !manager || !agent || status === null || status === "new" || status === "on_hold") return [];
  const { until } = plan.calendar;
  const opened = until - DESK_DAYS * DAY;
  const old = at < opened;
  if (old && !(status === "closed" && until - at < 90 * DAY && random.chance(0.2))) return [];
  const path =
    old || status === "spam"
      ? [status]
      : status === "in_review" || status === "contacted"
        ? random.chance(0.4) && status === "contacted"
          ? ["in_review", status]
          : [status]
        : random.weighted([
            [["contacted", status], 5],
            [["in_review", "contacted", status], 3],
            [[status], 2],
          ]);
  let from = old ? random.pick(["contacted", "qualified"]) : "new";
  let time = old ? opened + random.next() * (until - opened) : at;
  const steps: SampleChange[] = [];
  for (const to of path) {
    const wait = random.weighted([
      [random.integer(6, 90) * 60_000, 5],
      [random.integer(2, 9) * HOUR, 4],
      [random.integer(20, 70) * HOUR, 1.5],
    ]);
    time = workingTime(time + wait, random);
    steps.push({
      at: time,
      staff: random.weighted([
        [agent, 6],
        [manager, 3],
        [admin, 1],
      ]),
      from,
      to,
    });
    from = to;
  }
  // Young contacts: squeeze the steps into the time there was.
  const last = steps.at(-1)?.at ?? at;
  const begin = Math.max(at, opened);
  if (last < until) return steps;
  return steps.map((step, i) => ({
    ...step,
    at: Math.floor(begin + ((until - begin) * (i + 1)) / (steps.length + 1)),
  }));
}
