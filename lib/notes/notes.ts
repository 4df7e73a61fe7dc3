import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { DatabaseError } from "@/lib/database/errors";
import { inTransaction, type Run } from "@/lib/database/query";
import type { Note, NoteResult } from "./note";
import { noteColumns } from "./queries";
import type { NewNote, NoteDeletion, NoteEdit } from "./request";

/**
 * Writes a note down, once however often it is sent: its id is the browser's. With another text than the first time it is
 * `taken`, and the answer holds what was saved then.
 */
export function createNote(staffId: string, { id, contactId, text }: NewNote): Promise<NoteResult> {
  return settle(async (run) => {
    const [added] = await run<Note>(Prisma.sql`
      with n as (
        insert into contact_notes (id, contact_id, author_id, text)
        select ${id}::uuid, c.id, ${staffId}::uuid, ${text}
        from contact_submissions c
        where c.id = ${contactId}
        on conflict (id) do nothing
        returning *
      )
      select ${noteColumns} from n`);
    if (added) return { ok: true, note: added };
    const stored = await findNote(run, id, text, 0);
    if (!stored) return gone;
    const { note, contactId: where, said } = stored;
    if (note.authorId !== staffId || where !== contactId) return notOwn;
    if (said) return { ok: true, note };
    return { ok: false, code: "taken", message: "This note was saved before, with another text.", note };
  });
}

/**
 * Makes a person's own note say something else, if it is still as they saw it; one that they deleted is there again. Sent
 * again it is the same edit. What it said before is kept.
 */
export function changeNoteText(staffId: string, { id, version, text }: NoteEdit): Promise<NoteResult> {
  return settle(async (run) => {
    const [changed] = await run<Note>(Prisma.sql`
      with n as (
        update contact_notes set text = ${text}, deleted_at = null
        where id = ${id}::uuid and author_id = ${staffId}::uuid and version = ${version}
        returning *
      )
      select ${noteColumns} from n`);
    if (changed) return { ok: true, note: changed };
    const stored = await findNote(run, id, text, version);
    if (!stored) return gone;
    const { note, said } = stored;
    if (note.authorId !== staffId) return notOwn;
    if (said) return { ok: true, note };
    const message = note.deleted
      ? "You deleted this note meanwhile, in another window."
      : "You saved another text meanwhile, in another window.";
    return { ok: false, code: "stale", message, note };
  });
}

/** Deletes a person's own note, or restores it. Nothing is lost by it. */
export function changeNoteDeleted(staffId: string, { id, deleted }: NoteDeletion): Promise<NoteResult> {
  return settle(async (run) => {
    const [changed] = await run<Note>(Prisma.sql`
      with n as (
        update contact_notes
        set deleted_at = case when ${deleted}::boolean then coalesce(deleted_at, now()) end
        where id = ${id}::uuid and author_id = ${staffId}::uuid
        returning *
      )
      select ${noteColumns} from n`);
    if (changed) return { ok: true, note: changed };
    return (await findNote(run, id, "", 0)) ? notOwn : gone;
  });
}

const gone: NoteResult = {
  ok: false,
  code: "gone",
  message: "This is not there any more. Your text is kept in this browser.",
};
const notOwn: NoteResult = { ok: false, code: "forbidden", message: "Only who wrote a note can change it." };

/** A note, where it is, and whether it has said `text` since the version that was seen. */
async function findNote(
  run: Run,
  id: string,
  text: string,
  seen: number,
): Promise<{ note: Note; contactId: string; said: boolean } | null> {
  const [row] = await run<Note & { contactId: string; said: boolean }>(Prisma.sql`
    select ${noteColumns}, n.contact_id as "contactId",
      n.text = ${text} and n.deleted_at is null or exists (
        select from contact_note_versions v where v.note_id = n.id and v.version > ${seen}::int and v.text = ${text}
      ) as said
    from contact_notes n
    where n.id = ${id}::uuid`);
  if (!row) return null;
  const { contactId, said, ...note } = row;
  return { note, contactId, said };
}

/** Attempts at one write: each of them may be repeated, also after a connection that was lost while committing. */
const attempts = 3;

async function settle(work: (run: Run) => Promise<NoteResult>): Promise<NoteResult> {
  let uncertain = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction("interactive", work);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      uncertain ||= error.uncertain;
      if (attempt < attempts && (error.uncertain || error.code === "retry")) continue;
      if (uncertain) {
        const message = "The connection broke while saving. Your text is kept here; send it again, it is saved once.";
        return { ok: false, code: "unknown", message };
      }
      if (error.code === "unexpected") throw error;
      return { ok: false, code: "busy", message: error.message };
    }
  }
}
