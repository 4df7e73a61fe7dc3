import type { TriageSheet, TriageStep } from "@/lib/triage/actions";
import type { Claim, Queue } from "@/lib/triage/claims";

/** One contact that was decided in this run: what became of it, and how long it was on the screen, in ms. */
export type Decision = { id: string; name: string; outcome: string; took: number };

/**
 * One run through a queue, as this browser has it. `current` is on the screen, `next` are held and loaded behind it, `passed` are
 * those before it, the latest last. Where nothing is current, the queue has ended or, while `asking`, is being asked.
 */
export type Run = {
  queue: Queue;
  current: Claim | null;
  next: Claim[];
  passed: Claim[];
  sheets: Record<string, TriageSheet>;
  decisions: Decision[];
  /** Names of others who are in triage now. */
  others: string[];
  /** Whether the next contacts are on their way. */
  asking: boolean;
  /** The queue has no more contacts behind those that are held. */
  exhausted: boolean;
  /** When the current contact came onto the screen, in ms of the browser's clock. */
  shownAt: number;
};

/** A run before its first contacts have come. */
export function startRun(queue: Queue): Run {
  return {
    queue,
    current: null,
    next: [],
    passed: [],
    sheets: {},
    decisions: [],
    others: [],
    asking: true,
    exhausted: false,
    shownAt: 0,
  };
}

/** The position from which contacts are asked for: that of the one on the screen, or the one after the last that was. */
export function positionOf({ current, next, passed }: Run): number {
  return current?.position ?? next[0]?.position ?? (passed.at(-1)?.position ?? 0) + 1;
}

/** The run with what a step brought. What is on the screen stays there, whatever the step says of it. */
export function receive(run: Run, step: TriageStep, now: number): Run {
  const sheets = { ...run.sheets };
  for (const sheet of step.sheets) sheets[sheet.loaded.contact.id] = sheet;
  const shown = run.current?.position ?? run.passed.at(-1)?.position ?? 0;
  // A contact that was deleted between its claim and its loading has nothing to show.
  const next = step.claims.filter(({ id, position }) => position > shown && sheets[id]);
  const received = { ...run, sheets, next, others: step.others, asking: false, exhausted: next.length === 0 };
  return received.current ? received : moveOn(received, now);
}

/** The run with one of its contacts as it is now: what is on the screen stays there, and who is in which place too. */
export function renew(run: Run, sheet: TriageSheet): Run {
  const { id } = sheet.loaded.contact;
  return run.sheets[id] ? { ...run, sheets: { ...run.sheets, [id]: sheet } } : run;
}

/** The run without the contact on the screen, which is gone: the next one is there, and no way leads back. */
export function letGo(run: Run, now: number): Run {
  return moveOn({ ...run, current: null }, now);
}

/** On to the next contact, or to the end where none is held. */
export function moveOn(run: Run, now: number): Run {
  const [first = null, ...rest] = run.next;
  const passed = run.current ? [...run.passed, run.current] : run.passed;
  return forget({ ...run, current: first, next: rest, passed, shownAt: now });
}

/** Back to the contact before, whose decision, if there was one, is not counted any more. */
export function moveBack(run: Run, now: number): Run {
  const last = run.passed.at(-1);
  if (!last) return run;
  return {
    ...run,
    current: last,
    next: run.current ? [run.current, ...run.next] : run.next,
    passed: run.passed.slice(0, -1),
    decisions: run.decisions.filter(({ id }) => id !== last.id),
    shownAt: now,
  };
}

/** The run with the current contact decided, and the next one on the screen. */
export function decide(run: Run, outcome: string, now: number): Run {
  if (!run.current) return run;
  const { id } = run.current;
  const name = run.sheets[id]?.loaded.contact.name ?? "";
  const decision = { id, name, outcome, took: now - run.shownAt };
  const decisions = [...run.decisions.filter((each) => each.id !== id), decision];
  return moveOn({ ...run, decisions }, now);
}

/** Loaded contacts far behind are let go: one key goes back one step, and what is further back is loaded again. */
const keptBehind = 5;

function forget(run: Run): Run {
  const kept = [...run.passed.slice(-keptBehind), ...(run.current ? [run.current] : []), ...run.next];
  const sheets = Object.fromEntries(kept.flatMap(({ id }) => (run.sheets[id] ? [[id, run.sheets[id]]] : [])));
  return { ...run, sheets, passed: run.passed.slice(-keptBehind) };
}

/** The middle of the times that decisions took, in whole seconds; null where there are none. */
export function medianSeconds(decisions: Decision[]): number | null {
  const times = decisions.map(({ took }) => took).sort((a, b) => a - b);
  const middle = Math.floor(times.length / 2);
  const upper = times[middle];
  if (upper === undefined) return null;
  const median = times.length % 2 === 1 ? upper : (upper + (times[middle - 1] ?? upper)) / 2;
  return Math.round(median / 1000);
}

/** How many contacts came to each outcome, the commonest first. */
export function countOutcomes(decisions: Decision[]): { outcome: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { outcome } of decisions) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => ({ outcome, count })).sort((a, b) => b.count - a.count);
}
