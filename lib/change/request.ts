import { z } from "zod";
import { contactIdSchema } from "@/lib/contact/identifier";
import { type Status, statusOrder } from "@/lib/contact/status";
import { longestReason } from "@/lib/contact/triage";
import { isStorable } from "@/lib/database/values";
import { trimText } from "@/lib/text/visible-text";

/** The most contacts of one call: more than a page, and one statement well within its time limit. */
export const contactsPerCall = 1_000;

const key = z.guid().transform((text) => text.toLowerCase());

const contacts = z
  .array(z.strictObject({ id: contactIdSchema, version: z.int().min(1).max(2_147_483_647) }))
  .min(1)
  .max(contactsPerCall)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, "a contact occurs twice");

const reason = z
  .string()
  .overwrite(trimText)
  .min(1)
  .max(longestReason)
  .refine(isStorable, "not a text that can be stored");

/** An instant that PostgreSQL can store: it has no year 0, and no fractions without end. */
const instant = z.iso
  .datetime()
  .max(40)
  .refine((text) => !text.startsWith("0000"), "not an instant that can be stored");

/** What a change may set: at least one field, and none that contradicts another. */
const assignments = z
  .strictObject({
    status: z.enum(statusOrder as [Status, ...Status[]]).optional(),
    assigneeId: key.nullable().optional(),
    snoozedUntil: instant.nullable().optional(),
    spamReason: reason.nullable().optional(),
    duplicateOf: contactIdSchema.nullable().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "nothing is set")
  .refine(
    ({ status = "spam", spamReason, duplicateOf }) =>
      typeof spamReason !== "string" || (status === "spam" && typeof duplicateOf !== "string"),
    "only spam has a reason",
  )
  .refine(
    ({ status = "closed", duplicateOf }) => typeof duplicateOf !== "string" || status === "closed",
    "a duplicate is closed",
  );

/**
 * What setTriage accepts: the client's idempotency key, what to set, and each contact with the version that was seen.
 */
export const changeRequest = z.strictObject({ key, change: assignments, contacts });

/** What undoChange accepts: the client's idempotency key and the batch to undo. */
export const undoRequest = z.strictObject({ key, batch: key });

/** What startBulk accepts: the client's idempotency key, the frozen set, and what to set on all of it. */
export const bulkRequest = z.strictObject({
  key,
  set: key,
  change: assignments.refine(({ duplicateOf }) => typeof duplicateOf !== "string", "many are no duplicate of one"),
});

/** What startHandover accepts: the client's idempotency key, whose contacts, and who gets them; null is nobody. */
export const handoverRequest = z
  .strictObject({ key, from: key, to: key.nullable() })
  .refine(({ from, to }) => from !== to, "theirs already");

/** What the actions on one batch accept. */
export const batchRequest = z.strictObject({ batch: key });

/** What freezeContacts accepts: a printed filter. */
export const freezeRequest = z.strictObject({ filter: z.string().max(20_000) });

export type HandoverRequest = z.infer<typeof handoverRequest>;
export type BulkRequest = z.infer<typeof bulkRequest>;
export type ChangeRequest = z.infer<typeof changeRequest>;
export type UndoRequest = z.infer<typeof undoRequest>;
