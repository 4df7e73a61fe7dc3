import { given } from "@/lib/contact/given";
import { statusLabel } from "@/lib/contact/status";
import { type Triage, triageFields } from "@/lib/contact/triage";
import { countOf, formatCount } from "@/lib/desk/wording";
import type { Assignments } from "./assignments";
import type { BulkProgress } from "./bulk-progress";
import type { Conflict } from "./outcome";
import { describeChange, describeSteps, type Reader } from "./words";

/**
 * The fixed texts about a change that people read. The functions below word its result: for one contact, for several,
 * for very many, and for an undo.
 */
export const resultWords = {
  already: "Nothing to change",
  broken: "The connection was lost while saving. Check the list to see whether the change was made.",
  slow: "That took too long. Nothing was changed.",
  undoUnsure: "No answer came back. Check the contact before you undo this again.",
} as const;

/** How many had the wanted values before: "2 already were". */
function describeAlready(count: number): string {
  return `${formatCount(count)} already ${count === 1 ? "was" : "were"}`;
}

/**
 * What a change did: the contacts' names, how many changed, how many already were like that, and who had done the same
 * before.
 */
export type Result = { names: string[]; changed: number; unchanged: number; others: Conflict[] };

/** A change that was made, or was not needed, as a sentence; null if only its conflicts are worth saying. */
export function describeResult(change: Assignments, result: Result, reader: Reader): string | null {
  const { names, changed, unchanged, others } = result;
  const done = describeChange(change, reader);
  const [first] = others;
  const already = unchanged + others.length;
  const who = first && already === 1 ? `${first.who} did the same first` : describeAlready(already);
  if (changed === 0) {
    if (already === 0) return null;
    return already === 1 && !first ? `It was already ${done}` : who;
  }
  const [only] = names;
  const what = changed === 1 && names.length === 1 ? (given(only ?? null) ?? "Contact") : countOf(changed, "contact");
  return `${what} ${done}${already > 0 ? `; ${who}` : ""}`;
}

/** What an undo has restored: for one contact what differs from what was known of it, for several how many they are. */
export function describeRestored(restored: Triage[], before: Triage | undefined, reader: Reader): string {
  const [only] = restored;
  if (!only || restored.length > 1) return `${countOf(restored.length, "contact")} restored`;
  if (before && before.status !== only.status) return `back to ${statusLabel(only.status)}`;
  const differing = triageFields.filter((field) => before && before[field] !== only[field]);
  if (differing.length === 0) return "as it was before";
  return describeChange(Object.fromEntries(differing.map((field) => [field, only[field]])), reader);
}

/** Who was first, and what they did: "Tomo Sato changed it from New to Closed". */
export function describeConflict(conflict: Conflict, reader: Reader): string {
  return `${conflict.who} ${describeOthersChange(conflict, reader)}`;
}

/** What somebody did to the contact, in words that follow their name. */
export function describeOthersChange({ triage, steps }: Conflict, reader: Reader): string {
  return triage === null ? "deleted it" : describeSteps(steps, reader);
}

/** The progress or the result of a change of very many contacts. `what` is done to each. */
export function describeProgress({ state, done, total, unchanged, stale }: BulkProgress, what: string): string {
  if (state === "running") return `${formatCount(done)} of ${formatCount(total)} contacts ${what}`;
  const parts = [`${countOf(done - unchanged - stale, "contact")} ${what}`];
  if (unchanged > 0) parts.push(describeAlready(unchanged));
  if (stale > 0)
    parts.push(`${formatCount(stale)} skipped because someone else changed ${stale === 1 ? "it" : "them"}`);
  if (state === "cancelled") parts.push(`stopped with ${formatCount(total - done)} left`);
  if (state === "failed") parts.push(`failed with ${formatCount(total - done)} left: tell an admin`);
  return `${parts.join("; ")}.`;
}
