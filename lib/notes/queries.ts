import "server-only";
import { type ContactNote, Prisma } from "@/generated/prisma/client";
import { queryRows, readModels } from "@/lib/database/query";
import { type Note, type Notes, type NoteVersion, notePortion } from "./note";

/** A stored note as it is shown. The text of a deleted note is shown to nobody, but its author can restore it. */
export function toNote({ id, authorId, text, version, createdAt, writtenAt, deletedAt }: ContactNote): Note {
  const deleted = deletedAt !== null;
  const editedAt = writtenAt > createdAt ? writtenAt : null;
  return { id, authorId, text: deleted ? "" : text, version, createdAt, editedAt, deleted };
}

/** A contact's notes, newest first, deleted ones among them without their text. @throws DatabaseError */
export async function listNotes(contactId: string): Promise<Notes> {
  // SQL, because every contact's page asks, and Prisma's models cost twice as much (docs/decisions/20-prisma.md).
  const rows = await queryRows<ContactNote>(Prisma.sql`
    select n.id, n.contact_id as "contactId", n.author_id as "authorId", n.text, n.version, n.created_at as "createdAt",
      n.written_at as "writtenAt", n.deleted_at as "deletedAt"
    from contact_notes n
    where n.contact_id = ${contactId}
    order by n.created_at desc, n.id desc
    limit ${notePortion + 1}::int`);
  return { notes: rows.slice(0, notePortion).map(toNote), continues: rows.length > notePortion };
}

/** Versions shown of one note. */
const versionPortion = 50;

/** The earlier texts of a note, the latest first; none for a deleted note. @throws DatabaseError */
export function listNoteVersions(id: string): Promise<NoteVersion[]> {
  return readModels((models) =>
    models.contactNoteVersion.findMany({
      where: { noteId: id, note: { deletedAt: null } },
      select: { version: true, text: true, writtenAt: true },
      orderBy: { version: "desc" },
      take: versionPortion,
    }),
  );
}
