import { z } from "zod";
import { contactIdSchema } from "@/lib/contact/identifier";
import { findNoteProblem } from "./note";

const id = z.guid().transform((text) => text.toLowerCase());
const version = z.int().min(1).max(2_147_483_647);

// No limit here: findNoteProblem has the limit, and words the problem.
const text = z.string().superRefine((given, context) => {
  const message = findNoteProblem(given);
  if (message) context.addIssue({ code: "custom", message });
});

/** What addNote accepts: the note's id, which the browser made, its contact and its text. */
export const newNote = z.strictObject({ id, contactId: contactIdSchema, text });

/** What setNoteText accepts: the note, the version that was seen, and the new text. */
export const noteEdit = z.strictObject({ id, version, text });

/** What setNoteDeleted accepts. */
export const noteDeletion = z.strictObject({ id, deleted: z.boolean() });

/** What browseNoteVersions accepts. */
export const noteChoice = z.strictObject({ id });

export type NewNote = z.infer<typeof newNote>;
export type NoteEdit = z.infer<typeof noteEdit>;
export type NoteDeletion = z.infer<typeof noteDeletion>;
