import { describeChange, describeStatus, type Reader } from "@/lib/change/words";
import { describeHistory } from "@/lib/contact/history";
import type { BatchEntry, OtherEntry } from "./entries";

/**
 * What a batch did, as a clause after the name of what it changed: "set New → Closed", "put back as they were: Closed →
 * New".
 */
export function describeBatch({ kind, change, step, changed }: BatchEntry, reader: Reader): string {
  if (kind !== "undo") return describeChange(change, reader, step?.from) || "changed";
  const back = changed === 1 ? "put back as it was" : "put back as they were";
  return step ? `${back}: ${describeStatus(step)}` : back;
}

/**
 * What others did, as clauses before and after the name of what they changed: "analysed documents of" 12 contacts;
 * "set" 12 contacts "New → Closed".
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
  const name = actor === "website" ? `Website (${role})` : who;
  if (!step) return { who: name, before: operation === "delete" ? "deleted" : `${what} of`, after: "" };
  if (others.length === 0) return { who: name, before: "set", after: describeStatus(step) };
  return {
    who: name,
    before: `${what} of`,
    after: `and set ${changed === 1 ? "it" : "them"} ${describeStatus(step)}`,
  };
}
