import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { type Note, type Notes, type NoteVersion, notePortion } from "./note";

/** A note's columns over contact_notes as `n`. What a deleted one said is nobody's any more but its author's, who can restore it. */
export const noteColumns = Prisma.sql`
  n.id,
  n.author_id as "authorId",
  case when n.deleted_at is null then n.text else '' end as text,
  n.version,
  n.created_at as "createdAt",
  case when n.written_at > n.created_at then n.written_at end as "editedAt",
  n.deleted_at is not null as deleted`;

/** A contact's notes, newest first, deleted ones among them without their text. @throws DatabaseError */
export async function listNotes(contactId: string): Promise<Notes> {
  const rows = await queryRows<Note>(Prisma.sql`
    select ${noteColumns}
    from contact_notes n
    where n.contact_id = ${contactId}
    order by n.created_at desc, n.id desc
    limit ${notePortion + 1}::int`);
  return { notes: rows.slice(0, notePortion), continues: rows.length > notePortion };
}

/** Versions shown of one note. */
const versionPortion = 50;

/** What a note said before, the latest first; nothing of one that is deleted. @throws DatabaseError */
export function listNoteVersions(id: string): Promise<NoteVersion[]> {
  return queryRows<NoteVersion>(Prisma.sql`
    select v.version, v.text, v.written_at as "writtenAt"
    from contact_note_versions v
    join contact_notes n on n.id = v.note_id
    where n.id = ${id}::uuid and n.deleted_at is null
    order by v.version desc
    limit ${versionPortion}::int`);
}
