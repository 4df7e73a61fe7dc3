"use server";
import type { z } from "zod";
import { load } from "@/lib/desk/load";
import { deskWords } from "@/lib/desk/wording";
import { requireStaff } from "@/lib/staff/session/session";
import type { NoteFailure, NoteResult, NoteVersion } from "./note";
import { changeNoteDeleted, changeNoteText, createNote } from "./notes";
import { listNoteVersions } from "./queries";
import { newNote, noteChoice, noteDeletion, noteEdit } from "./request";

/** Adds a note to a contact. Any staff may. Sent again with the same id it is the same note. */
export async function addNote(input: unknown): Promise<NoteResult> {
  const staff = await requireStaff();
  const note = newNote.safeParse(input);
  return note.success ? createNote(staff.id, note.data) : refuse(note.error);
}

/** Edits the person's own note, if it is still as they saw it. Nobody edits another's, whatever their role. */
export async function setNoteText(input: unknown): Promise<NoteResult> {
  const staff = await requireStaff();
  const edit = noteEdit.safeParse(input);
  return edit.success ? changeNoteText(staff.id, edit.data) : refuse(edit.error);
}

/** Deletes the person's own note, or restores it. */
export async function setNoteDeleted(input: unknown): Promise<NoteResult> {
  const staff = await requireStaff();
  const deletion = noteDeletion.safeParse(input);
  return deletion.success ? changeNoteDeleted(staff.id, deletion.data) : refuse(deletion.error);
}

/** What a note said before it was edited, the latest first. Changes nothing. */
export async function browseNoteVersions(input: unknown): Promise<{ ok: true; versions: NoteVersion[] } | NoteFailure> {
  await requireStaff();
  const note = noteChoice.safeParse(input);
  if (!note.success) return refuse(note.error);
  const loaded = await load(listNoteVersions(note.data.id), "/contacts");
  return loaded.ok ? { ok: true, versions: loaded.value } : { ok: false, code: "busy", message: loaded.message };
}

/**
 * The message says what was wrong with the text. It is a general one for anything else, because no page of ours sends
 * that.
 */
function refuse({ issues: [issue] }: z.ZodError): NoteFailure {
  const said = issue?.code === "custom" && issue.path[0] === "text";
  const message = said ? issue.message : deskWords.unreadable;
  return { ok: false, code: "invalid", message };
}
