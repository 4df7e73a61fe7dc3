import { describeChange, describeFromTo, type Reader } from "@/lib/change/words";
import { describeHistory } from "@/lib/contact/history";
import { wroteAgainColumn } from "@/lib/contact/triage";
import type { BatchEntry, OtherEntry } from "./entries";

/**
 * What a batch did, as a clause after the name of what it changed: "changed from New to Closed", "restored from Closed
 * to New".
 */
export function describeBatch({ kind, change, step }: BatchEntry, reader: Reader): string {
  if (kind !== "undo") return describeChange(change, reader, step?.from) || "changed";
  return step ? `restored ${describeFromTo(step)}` : "restored";
}

/**
 * What others did, as clauses before and after the name of what they changed: "analysed documents of" 12 contacts;
 * "changed" 12 contacts "from New to Closed".
 */
export function describeOther({ actor, staffName, operation, fields, role, step, changed }: OtherEntry): {
  who: string;
  before: string;
  after: string;
} {
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
