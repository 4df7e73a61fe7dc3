import type { BatchKind } from "@/lib/change/assignments";
import { isUuid } from "@/lib/database/values";
import { isDay } from "@/lib/filter/url";

/** What a batch can be called by, in words that follow "Only". */
export const batchKinds: Record<BatchKind, string> = {
  status: "statuses",
  assign: "assignments",
  snooze: "snoozes",
  spam: "spam reasons",
  duplicate: "duplicates",
  handover: "handovers",
  undo: "undos",
};

/** Those who change contacts without being staff. */
export const others = { website: "The website", system: "Contact Desk itself" } as const;

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

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;

/** Reads the question from an address. What is malformed is dropped, and named. */
export function parseHistoryQuestion(params: URLSearchParams): { question: HistoryQuestion; dropped: string[] } {
  const dropped: string[] = [];
  const take = <T extends string>(key: string, accepts: (value: string) => boolean): T | null => {
    const value = params.get(key);
    if (value === null || value === "") return null;
    if (accepts(value)) return value as T;
    dropped.push(key);
    return null;
  };
  const question = {
    who: take("who", (value) => isUuid(value) || Object.hasOwn(others, value)),
    kind: take<BatchKind>("kind", (value) => Object.hasOwn(batchKinds, value)),
    from: take("from", isDay),
    to: take("to", isDay),
    before: take("before", (value) => instant.test(value) && !Number.isNaN(Date.parse(value))),
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
