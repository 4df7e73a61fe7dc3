import type { Triage } from "@/lib/contact/triage";
import type { SampleChange } from "./changes";
import { printInstant } from "./copy";
import type { Random } from "./random";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const spamReasons = ["Advertising", "Advertising", "Phishing or fraud", "Automated message"];

/** Each change with what held before and after it, as the triggers record it, oldest first. */
export function followChanges(changes: SampleChange[]): { change: SampleChange; before: Triage; after: Triage }[] {
  let before: Triage = {
    ...{ assigneeId: null, snoozedUntil: null, spamReason: null, duplicateOf: null },
    status: changes[0]?.from ?? null,
  };
  return changes.map((change) => {
    const after = { ...before, ...change.sets, status: change.to };
    const step = { change, before, after };
    before = after;
    return step;
  });
}

/**
 * Adds to a contact's changes of status what else staff decide: whose it is, for some that it waits, and why it is spam.
 * @param at when it came in, milliseconds (UTC)
 */
export function addDecisions(
  changes: SampleChange[],
  contact: { at: number; status: string | null },
  plan: { calendar: { until: number }; staff: string[] },
  random: Random,
): SampleChange[] {
  const [, manager, agent] = plan.staff;
  const { until } = plan.calendar;
  const { at, status } = contact;
  if (!manager || !agent || status === null) return changes;
  if (status === "spam") {
    return changes.map((change) =>
      random.chance(0.6) ? { ...change, sets: { spamReason: random.pick(spamReasons) } } : change,
    );
  }
  const first = changes[0];
  const fresh = status === "new" && until - at < 3 * DAY;
  if (!random.chance(first ? 0.7 : fresh ? 0.15 : 0)) return changes;
  const owner = first?.staff ?? random.pick([manager, agent]);
  const from = first?.from ?? status;
  const assigned: SampleChange = {
    // Old contacts were assigned soon before their first step, all others some time after they came in.
    at: Math.floor(first ? Math.max((at + first.at) / 2, first.at - HOUR) : at + (until - at) * random.next()),
    staff: random.chance(0.75) ? owner : manager,
    from,
    to: from,
    sets: { assigneeId: owner },
  };
  const all = [assigned, ...changes];
  const last = all.at(-1) ?? assigned;
  if (status === "closed" || until - last.at > 10 * DAY || !random.chance(0.15)) return all;
  const snoozedAt = Math.floor((last.at + until) / 2);
  // Nine in the morning, central European winter time: the latest that has been, or one of the days to come.
  const thisMorning = until - ((until - 8 * HOUR) % DAY);
  const over = random.chance(0.4) && snoozedAt < thisMorning;
  const snoozedUntil = printInstant(over ? thisMorning : thisMorning + random.integer(1, 7) * DAY);
  return [...all, { at: snoozedAt, staff: owner, from: status, to: status, sets: { snoozedUntil } }];
}

/** Says of the two latest closed contacts whose sender had written before that they repeat what came before. */
export function markDuplicates(
  contacts: { id: string; email: string; status: string | null; changes: SampleChange[] }[],
) {
  const firstOf = new Map<string, string>();
  for (const { id, email } of contacts) if (!firstOf.has(email)) firstOf.set(email, id);
  const repeated = contacts.filter(
    ({ id, email, status, changes }) => status === "closed" && changes.length > 0 && firstOf.get(email) !== id,
  );
  for (const { email, changes } of repeated.slice(-2)) {
    const closed = changes.pop();
    if (closed) changes.push({ ...closed, sets: { ...closed.sets, duplicateOf: firstOf.get(email) ?? null } });
  }
}
