import { z } from "zod";
import { type Status, statusOrder } from "@/lib/contact/status";

/** The most contacts of one call: more than a page, and one statement well within its time limit. */
export const contactsPerCall = 1_000;

const contactId = z
  .string()
  .max(255)
  .refine((id) => !/\0|\p{Surrogate}/u.test(id), "not an id that can be stored");

const key = z.guid().transform((text) => text.toLowerCase());

const contacts = z
  .array(z.strictObject({ id: contactId, version: z.int().min(1).max(2_147_483_647) }))
  .min(1)
  .max(contactsPerCall)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, "a contact occurs twice");

/** What setStatus accepts: the client's idempotency key, the status, and each contact with the version that was seen. */
export const statusRequest = z.strictObject({
  key,
  status: z.enum(statusOrder as [Status, ...Status[]]),
  contacts,
});

/** What undoChange accepts: the client's idempotency key and the batch to undo. */
export const undoRequest = z.strictObject({ key, batch: key });

export type StatusRequest = z.infer<typeof statusRequest>;
export type UndoRequest = z.infer<typeof undoRequest>;
