import { describeChange, type Reader } from "@/lib/change/words";
import { describeHistory } from "@/lib/contact/history";
import type { BatchEntry, OtherEntry } from "./entries";

/** What a batch did, as a clause that follows what it did it to: "set to Closed", "put back as they were". */
export function describeBatch({ kind, change, changed }: BatchEntry, reader: Reader): string {
  if (kind === "undo") return changed === 1 ? "put back as it was" : "put back as they were";
  return describeChange(change, reader) || "changed";
}

/** What others did, as a clause that follows them: "analysed documents of 12 contacts". */
export function describeOther({ actor, staffName, operation, fields, role }: OtherEntry): {
  who: string;
  what: string;
} {
  const { who, what } = describeHistory({
    operation,
    actor,
    staffName,
    undo: false,
    fields: fields.filter((field) => field !== "status"),
    statusFrom: null,
    statusTo: null,
  });
  const deed = fields.includes("status") ? "set the status" : what;
  return { who: actor === "website" ? `Website (${role})` : who, what: deed };
}
