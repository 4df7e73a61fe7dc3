import type { BatchKind } from "@/lib/change/assignments";
import { isUuid } from "@/lib/database/values";
import { readDay } from "@/lib/desk/typed-day";
import { isDay } from "@/lib/filter/days";

/** The kinds of batches, in words that follow "Only". */
export const batchKinds: Record<BatchKind, string> = {
  status: "statuses",
  assign: "assignments",
  snooze: "snoozes",
  spam: "spam reasons",
  duplicate: "duplicates",
  handover: "handovers",
  undo: "undos",
};

/** Those who change contacts but are not staff. */
export const others = { website: "The website", system: "Contact Desk" } as const;

export type Other = keyof typeof others;

/** What is asked of the desk's history; null asks for everything. */
export type HistoryQuestion = {
  /** The id of a member of staff, or one of the others. */
  who: string | null;
  kind: BatchKind | null;
  /** Days of the desk's zone, both included. */
  from: string | null;
  to: string | null;
  /** An instant, ISO 8601 with microseconds: only what was before it. */
  before: string | null;
};

const timeOfDay = /^T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/;

/** Whether a text is an instant that PostgreSQL can read: a day that exists, and a time of day. */
const isInstant = (text: string) => isDay(text.slice(0, 10)) && timeOfDay.test(text.slice(10));

/** Reads the question from an address. Malformed parts are dropped, and named in `dropped`. */
export function parseHistoryQuestion(params: URLSearchParams): { question: HistoryQuestion; dropped: string[] } {
  const dropped: string[] = [];
  const take = <T extends string>(key: string, accepts: (value: string) => boolean): T | null => {
    const value = params.get(key);
    if (value === null || value === "") return null;
    if (accepts(value)) return value as T;
    dropped.push(key);
    return null;
  };
  // A form that is sent before scripts have loaded has a day as the desk shows it.
  const takeDay = (key: string) => {
    const day = take(key, (value) => readDay(value) !== null);
    return day && readDay(day);
  };
  const question = {
    who: take("who", (value) => isUuid(value) || Object.hasOwn(others, value)),
    kind: take<BatchKind>("kind", (value) => Object.hasOwn(batchKinds, value)),
    from: takeDay("from"),
    to: takeDay("to"),
    before: take("before", isInstant),
  };
  return { question, dropped };
}

/** The history's address under a question. `parseHistoryQuestion` reads it back. */
export function historyHref(question: Partial<HistoryQuestion>): string {
  const params = new URLSearchParams();
  for (const key of ["who", "kind", "from", "to", "before"] as const) {
    const value = question[key];
    if (value) params.append(key, value);
  }
  return params.size > 0 ? `/history?${params}` : "/history";
}
