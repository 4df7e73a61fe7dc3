import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type RunQuery } from "@/lib/database/query";
import { printDisposition, safeFileName } from "@/lib/documents/disposition";
import { fileProblems } from "@/lib/documents/file";
import type { StoredLocation } from "@/lib/documents/location";
import { paceReading } from "@/lib/documents/readers";
import { openFile } from "@/lib/documents/store";
import { streamZip, type ZipEntry } from "@/lib/documents/zip";
import { answerPlainly } from "@/lib/export/answer";
import { SettingError } from "@/lib/settings/settings";
import { writeAct } from "./forgetting";
import type { Person } from "./person";
import { printPersonKey } from "./person-key";
import { getPerson } from "./queries";

type Wanted = { contact: string; staffId: string; signal: AbortSignal };

/**
 * The HTTP answer with all that the desk stores about the person who sent a contact, as one ZIP. It holds JSON, and the
 * person's files as they come from the store. The act is recorded before a byte is sent. A file that the store cannot
 * deliver is listed in files.json with the reason.
 * @throws DatabaseError
 */
export async function answerArchive({ contact, staffId, signal }: Wanted): Promise<Response> {
  const person = await getPerson(contact);
  if (!person) return answerPlainly(404, "There is no such contact.");
  const known = await collectKnown(person, staffId);
  return new Response(streamZip(listEntries(known, staffId, signal)), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": printDisposition("attachment", `person ${contact}.zip`),
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store, no-transform",
      "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}

type ArchivedDocument = StoredLocation & { id: string; filename: string };

/** JSON texts by file name, and the locations of the documents' files. */
type Known = { texts: Record<string, string>; documents: ArchivedDocument[] };

function collectKnown(person: Person, staffId: string): Promise<Known> {
  const ids = Prisma.sql`${person.contacts}::text[]`;
  return inTransaction("export", async (run) => {
    const act = await writeAct(run, { staffId, kind: "archive", personKey: printPersonKey(person) });
    const documents = await run<ArchivedDocument>(Prisma.sql`
      select id::text, filename, s3_bucket as bucket, s3_key as key, efs_path as "efsPath" from documents
      where contact_id = any (${ids}) order by contact_id, upload_timestamp, id`);
    const { address, names } = person;
    return {
      documents,
      texts: {
        "person.json": JSON.stringify({ address, names, contacts: person.contacts, act }, null, 2),
        "contacts.json": await readJson(
          run,
          Prisma.sql`
            select to_jsonb(c) - 'assignee_id' || jsonb_build_object('assignee', s.name) as row
            from contact_submissions c left join staff s on s.id = c.assignee_id
            where c.id = any (${ids}) order by c."timestamp", c.id`,
        ),
        "documents.json": await readJson(
          run,
          Prisma.sql`
            select to_jsonb(d) - '{s3_bucket,s3_key,efs_path}'::text[] as row from documents d
            where contact_id = any (${ids}) order by contact_id, upload_timestamp, id`,
        ),
        "notes.json": await readJson(
          run,
          Prisma.sql`
            select to_jsonb(n) - 'author_id' || jsonb_build_object('author', s.name, 'earlier', (
                select coalesce(jsonb_agg(to_jsonb(v) - 'note_id' order by v.version), '[]')
                from contact_note_versions v where v.note_id = n.id)) as row
            from contact_notes n join staff s on s.id = n.author_id
            where n.contact_id = any (${ids}) order by n.created_at, n.id`,
        ),
        "history.json": await readJson(
          run,
          Prisma.sql`
            select to_jsonb(h) - '{actor_id,database_role,assignee_from,assignee_to}'::text[]
              || jsonb_build_object('by', s.name) as row
            from (select * from contact_history union all select * from detached_history) h
            left join staff s on s.id = h.actor_id
            where h.contact_id = any (${ids}) order by h.changed_at, h.id`,
        ),
        "events.json": await readJson(
          run,
          Prisma.sql`
            select row from (
              select to_jsonb(e) as row from analytics_events e union all select to_jsonb(e) from detached_events e
            ) e
            where row -> 'event_data' ->> 'contact_id' = any (${ids})
            order by row ->> 'timestamp', row ->> 'id'`,
        ),
      },
    };
  });
}

/** Rows as one JSON list. PostgreSQL prints them, so numbers and instants stay as stored. */
async function readJson(run: RunQuery, rows: Prisma.Sql): Promise<string> {
  const found = await run<{ text: string }>(Prisma.sql`select jsonb_pretty(row) as text from (${rows}) each`);
  return `[\n${found.map(({ text }) => text).join(",\n")}\n]\n`;
}

/** The archive's files one by one. Each is read from the store only when its turn comes. */
async function* listEntries(known: Known, staffId: string, signal: AbortSignal): AsyncGenerator<ZipEntry> {
  const lastModified = new Date();
  for (const [name, input] of Object.entries(known.texts)) yield { name, lastModified, input };
  const files: { id: string; file: string | null; problem?: string }[] = [];
  for (const [at, document] of known.documents.entries()) {
    const opened = await open(document, signal);
    if (!opened.ok) {
      files.push({ id: document.id, file: null, problem: fileProblems[opened.problem].words });
      continue;
    }
    const name = `files/${String(at + 1).padStart(3, "0")} ${safeFileName(document.filename)}`;
    files.push({ id: document.id, file: name });
    yield { name, lastModified, input: paceReading(staffId, opened.file.body) };
  }
  yield { name: "files.json", lastModified, input: `${JSON.stringify(files, null, 2)}\n` };
}

async function open(document: ArchivedDocument, signal: AbortSignal): ReturnType<typeof openFile> {
  try {
    return await openFile(document, signal);
  } catch (error) {
    if (error instanceof SettingError) return { ok: false, problem: "not_configured" };
    throw error;
  }
}
