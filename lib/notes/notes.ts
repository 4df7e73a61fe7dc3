import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { DatabaseError } from "@/lib/database/errors";
import { inTransaction, type Models, type RunQuery } from "@/lib/database/query";
import { getNow } from "@/lib/runtime/clock";
import type { Note, NoteResult } from "./note";
import { toNote } from "./queries";
import type { NewNote, NoteDeletion, NoteEdit } from "./request";
import { noteProblems } from "./words";

/**
 * Saves a note, only once however often it is sent, because the browser makes its id. If it is sent again with another
 * text, the result is `taken` and holds what was saved first.
 */
export function createNote(staffId: string, { id, contactId, text }: NewNote): Promise<NoteResult> {
  return settle(async (models, run) => {
    // Waits for whoever is forgetting the contact: a note on one that is gone would be found by nobody again.
    const [found] = await run(Prisma.sql`select from contact_submissions where id = ${contactId} for key share`);
    if (found) {
      const data = { id, contactId, authorId: staffId, text };
      const [added] = await models.contactNote.createManyAndReturn({ data, skipDuplicates: true });
      if (added) return { ok: true, note: toNote(added) };
    }
    const stored = await findNote(models, id, text, 0);
    if (!stored) return gone;
    const { note, contactId: where, said } = stored;
    if (note.authorId !== staffId || where !== contactId) return notOwn;
    if (said) return { ok: true, note };
    return { ok: false, code: "taken", message: noteProblems.savedBefore, note };
  });
}

/**
 * Edits a person's own note, if it is still as they saw it; a note that they deleted is restored. Sent again, it is the
 * same edit. The text before it is kept.
 */
export function changeNoteText(staffId: string, { id, version, text }: NoteEdit): Promise<NoteResult> {
  return settle(async (models) => {
    const [changed] = await models.contactNote.updateManyAndReturn({
      where: { id, authorId: staffId, version },
      data: { text, deletedAt: null },
    });
    if (changed) return { ok: true, note: toNote(changed) };
    const stored = await findNote(models, id, text, version);
    if (!stored) return gone;
    const { note, said } = stored;
    if (note.authorId !== staffId) return notOwn;
    if (said) return { ok: true, note };
    const message = note.deleted ? noteProblems.deletedElsewhere : noteProblems.changedElsewhere;
    return { ok: false, code: "stale", message, note };
  });
}

/** Deletes a person's own note, or restores it. The text is kept. */
export function changeNoteDeleted(staffId: string, { id, deleted }: NoteDeletion): Promise<NoteResult> {
  return settle(async (models) => {
    const [changed] = await models.contactNote.updateManyAndReturn({
      // A note that is deleted already keeps the time of its deletion.
      where: { id, authorId: staffId, deletedAt: deleted ? null : { not: null } },
      data: { deletedAt: deleted ? getNow() : null },
    });
    if (changed) return { ok: true, note: toNote(changed) };
    const stored = await findNote(models, id, "", 0);
    if (!stored) return gone;
    return stored.note.authorId === staffId ? { ok: true, note: stored.note } : notOwn;
  });
}

const gone: NoteResult = {
  ok: false,
  code: "gone",
  message: noteProblems.gone,
};
const notOwn: NoteResult = { ok: false, code: "forbidden", message: noteProblems.notOwn };

/** A note, its contact, and whether it has had this `text` since the version that was seen. */
async function findNote(
  models: Models,
  id: string,
  text: string,
  seen: number,
): Promise<{ note: Note; contactId: string; said: boolean } | null> {
  const row = await models.contactNote.findFirst({
    where: { id },
    include: { versions: { where: { version: { gt: seen }, text }, select: { version: true }, take: 1 } },
  });
  if (!row) return null;
  const said = (row.text === text && row.deletedAt === null) || row.versions.length > 0;
  return { note: toNote(row), contactId: row.contactId, said };
}

/**
 * The most attempts at one write. Each write may be repeated, also after a connection that was lost while committing.
 */
const attempts = 3;

async function settle(work: (models: Models, run: RunQuery) => Promise<NoteResult>): Promise<NoteResult> {
  let uncertain = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction("interactive", (run, models) => work(models, run));
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      uncertain ||= error.uncertain;
      if (attempt < attempts && (error.uncertain || error.code === "retry")) continue;
      if (uncertain) {
        const message = noteProblems.connectionLost;
        return { ok: false, code: "unknown", message };
      }
      if (error.code === "unexpected") throw error;
      return { ok: false, code: "busy", message: error.message };
    }
  }
}
