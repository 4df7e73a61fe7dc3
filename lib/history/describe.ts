import { describeFromTo, type Reader } from "@/lib/change/words";
import { describeHistory } from "@/lib/contact/history";
import { statusLabel } from "@/lib/contact/status";
import { wroteAgainColumn } from "@/lib/contact/triage";
import { formatNear } from "@/lib/desk/time";
import { joinWords } from "@/lib/desk/wording";
import type { BatchEntry, OtherEntry } from "./entries";
import { undidWords } from "./words";

/** A sentence around the contacts it is about: "changed" 12 contacts "from New to Closed". */
export type Told = { before: string; after: string };

/** One thing that was done, as the words before and after the contacts. */
type Deed = [verb: string, rest: string];

/**
 * What a batch did, as clauses before and after the name of what it changed: "changed" Mara Lindqvist "from New to
 * Closed and assigned it to Ada Keller"; "restored" 12 contacts "from Closed to New by undoing Tomo Sato's change".
 */
export function describeBatch(entry: BatchEntry, reader: Reader): Told {
  if (entry.kind === "undo") return describeUndo(entry);
  const [[verb, rest], ...more] = listDeeds(entry, reader);
  const it = entry.changed === 1 ? "it" : "them";
  const others = more.map(([also, end]) => `${also} ${it} ${end}`.trim());
  if (rest === "" && others.length > 0) return { before: verb, after: `and ${joinWords(others)}` };
  return { before: verb, after: joinWords([rest, ...others]) };
}

function describeUndo({ staffId, step, undid }: BatchEntry): Told {
  const fromTo = step ? describeFromTo(step) : "";
  if (!undid) return { before: "restored", after: fromTo };
  const whose = undid.staffId === staffId ? "their own" : `${undid.staffName}'s`;
  return { before: "restored", after: `${fromTo} by undoing ${whose} ${undidWords[undid.kind]}`.trim() };
}

function listDeeds({ change, step, changed, assigneeFrom }: BatchEntry, reader: Reader): [Deed, ...Deed[]] {
  const { status, assigneeId, snoozedUntil, spamReason, duplicateOf } = change;
  const { nameOf, zone, now } = reader;
  const deeds: Deed[] = [];
  if (typeof duplicateOf === "string") deeds.push(["closed", changed === 1 ? "as a duplicate" : "as duplicates"]);
  else if (typeof spamReason === "string") deeds.push(["marked", `as spam: ${spamReason}`]);
  else if (status !== undefined && step?.from !== undefined)
    deeds.push(["changed", describeFromTo({ from: step.from, to: status })]);
  else if (status !== undefined) deeds.push(["set", `to ${statusLabel(status)}`]);
  if (assigneeId !== undefined) {
    const from = assigneeFrom === null ? "" : `from ${nameOf(assigneeFrom)}`;
    if (assigneeId === null) deeds.push(["unassigned", from]);
    else if (from) deeds.push(["reassigned", `${from} to ${nameOf(assigneeId)}`]);
    else deeds.push(["assigned", `to ${nameOf(assigneeId)}`]);
  }
  if (typeof snoozedUntil === "string")
    deeds.push(["snoozed", `until ${formatNear(new Date(snoozedUntil), zone, now)}`]);
  if (snoozedUntil === null && status === undefined) deeds.push(["unsnoozed", ""]);
  if (spamReason === null && status === undefined) deeds.push(["removed the spam reason of", ""]);
  if (duplicateOf === null) deeds.push(["marked", changed === 1 ? "as not a duplicate" : "as not duplicates"]);
  const [first = ["changed", ""] satisfies Deed, ...more] = deeds;
  return [first, ...more];
}

/**
 * What others did, as clauses before and after the name of what they changed: "analysed documents of" 12 contacts;
 * "changed" 12 contacts "from New to Closed".
 */
export function describeOther({
  actor,
  staffName,
  operation,
  fields,
  role,
  step,
  changed,
}: OtherEntry): Told & { who: string } {
  const others = fields.filter((field) => field !== "status");
  const { who, what } = describeHistory({
    operation,
    actor,
    staffName,
    undo: false,
    fields: others,
    statusFrom: null,
    statusTo: null,
  });
  const name = actor === "website" ? `The website (${role})` : who;
  if (fields.includes(wroteAgainColumn))
    return { who: name, before: "brought back", after: "because the same address wrote again" };
  if (!step) return { who: name, before: operation === "delete" ? "deleted" : `${what} of`, after: "" };
  if (others.length === 0)
    return { who: name, before: step.from === undefined ? "set" : "changed", after: describeFromTo(step) };
  return {
    who: name,
    before: `${what} of`,
    after: `and ${step.from === undefined ? "set" : "changed"} ${changed === 1 ? "it" : "them"} ${describeFromTo(step)}`,
  };
}
