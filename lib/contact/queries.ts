import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import type { ContactDocument } from "@/lib/documents/document";
import { onOneLine, trimText } from "@/lib/text/visible-text";
import {
  type Contact,
  documentPortion,
  type HistoryEntry,
  historyPortion,
  type LoadedContact,
  largestText,
  messagePortion,
  type OtherSubmission,
  type OtherSubmissions,
  submissionPortion,
  type Whole,
} from "./contact";
import { addressOf, contactsOfAddress } from "./same-address";
import { listSteps, type StepRow, stepColumns } from "./steps";
import { selectTriage, selectWroteAgain } from "./triage-sql";

/**
 * The most submissions of one address that are read, because a spam wave must not make a page slow. Beyond it, the
 * latest are only the latest of those that were read.
 */
const submissionCountLimit = 10_000;

/**
 * Everything the page of one contact shows; null where there is none. Changes nothing.
 * @param whole the long text to load beyond its first portion
 * @throws DatabaseError
 */
export async function loadContact(id: string, whole: Whole = null): Promise<LoadedContact | null> {
  const [contact, history, others] = await Promise.all([
    getContact(id, whole),
    listHistory(id),
    listOtherSubmissions(id),
  ]);
  if (!contact) return null;
  const shown = history.slice(0, historyPortion);
  return { contact, history: shown, historyContinues: history.length > shown.length, others, whole };
}

type ContactRow = Omit<Contact, "documents" | "documentSize"> & { documents: string; documentSize: number | null };
type DocumentJson = Omit<ContactDocument, "uploadedAt" | "processedAt" | "indexedAt"> & {
  uploadedAt: number;
  processedAt: number | null;
  indexedAt: number | null;
};

/** A contact and its documents in one statement: a join would repeat a long message for each document. */
export async function getContact(id: string, whole: Whole = null): Promise<Contact | null> {
  const messageLimit = whole === "message" ? largestText : messagePortion;
  const [row] = await queryRows<ContactRow>(Prisma.sql`
    select c.id, c.name, c.email, c.company, c.service, c.budget,
      left(c.message, ${messageLimit}::int) as message, length(c.message) as "messageLength",
      ${selectTriage(Prisma.sql`c`)}, ${selectWroteAgain(Prisma.sql`c`)},
      (select o.name from contact_submissions o where o.id = c.duplicate_of) as "originalName",
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) order by r."timestamp" desc), '[]')
        from (select r.id, r.name, r."timestamp" from contact_submissions r where r.duplicate_of = c.id
          order by r."timestamp" desc limit 20) r) as duplicates,
      c.version, c."timestamp", c.source,
      left(c.user_agent, 2000) as "userAgent", left(c.page_url, 2000) as "pageUrl",
      c.first_contacted_at as "firstContactedAt",
      left(i.text, ${largestText}::int) as insights, coalesce(length(i.text), 0) as "insightsLength",
      d.documents, d.count as "documentCount", d.size as "documentSize"
    from contact_submissions c
    cross join lateral (select c.document_insights::text as text) i
    cross join lateral (
      select
        coalesce(json_agg(json_build_object(
          'id', x.id, 'filename', x.filename, 'size', x.size::float8, 'contentType', x.content_type,
          'documentType', x.document_type, 'description', left(x.description, 2000),
          'tags', left(x.tags::text, 4000), 'status', x.processing_status,
          'failure', case when jsonb_typeof(x.processing_metadata -> 'error') = 'string'
            then left(x.processing_metadata ->> 'error', 300) end,
          'uploadedAt', extract(epoch from x.upload_timestamp) * 1000,
          'processedAt', extract(epoch from x.processing_timestamp) * 1000,
          'indexedAt', extract(epoch from x.indexed_timestamp) * 1000,
          'complexity', case when x.complexity_score between -1e6 and 1e6 then x.complexity_score::float8 + 0 end,
          'stored', coalesce(x.s3_key, '') <> '' or coalesce(x.efs_path, '') <> ''
        ) order by x.upload_timestamp, x.id) filter (where x.number <= ${documentPortion}::int), '[]')::text as documents,
        count(*)::int as count, sum(greatest(x.size, 0))::float8 as size
      from (
        select *, row_number() over (order by upload_timestamp, id) as number
        from documents where contact_id = c.id
      ) x
    ) d
    where c.id = ${id}`);
  if (!row) return null;
  const documents = (JSON.parse(row.documents) as DocumentJson[]).map((document) => ({
    ...document,
    uploadedAt: new Date(document.uploadedAt),
    processedAt: document.processedAt === null ? null : new Date(document.processedAt),
    indexedAt: document.indexedAt === null ? null : new Date(document.indexedAt),
  }));
  return { ...row, email: trimText(row.email), documents, documentSize: row.documentSize ?? 0 };
}

/**
 * What happened to a contact, newest first. It gives one row more than is shown, to tell whether there are older ones.
 */
export async function listHistory(id: string): Promise<HistoryEntry[]> {
  const rows = await queryRows<Omit<HistoryEntry, "steps"> & StepRow & { fields: string[] }>(Prisma.sql`
    select h.id::text, h.changed_at as "changedAt", h.operation, h.actor, s.id as "actorId", s.name as "staffName",
      coalesce(b.kind = 'undo', false) as undo, b.id as "batchId", ${stepColumns},
      exists (select from contact_history o where o.batch_id = h.batch_id and o.contact_id <> h.contact_id) as together,
      exists (select from change_batches u where u.undoes = b.id) as undone
    from contact_history h
    left join staff s on s.id = h.actor_id
    left join change_batches b on b.id = h.batch_id
    where h.contact_id = ${id}
    order by h.changed_at desc, h.id desc
    limit ${historyPortion + 1}::int`);
  return rows.map((row) => ({
    id: row.id,
    changedAt: row.changedAt,
    operation: row.operation,
    actor: row.actor,
    actorId: row.actorId,
    staffName: row.staffName,
    undo: row.undo,
    fields: row.fields,
    statusFrom: row.statusFrom,
    statusTo: row.statusTo,
    steps: listSteps(row),
    batchId: row.batchId,
    together: row.together,
    undone: row.undone,
  }));
}

/** The latest other contacts from the same address, trimmed and in any case, and how many there are. */
export async function listOtherSubmissions(id: string): Promise<OtherSubmissions> {
  const rows = await queryRows<OtherSubmission & { total: number }>(Prisma.sql`
    with this as materialized (
      select ${addressOf(Prisma.sql`c`)} as address from contact_submissions c where c.id = ${id}
    ), others as materialized (
      select o.id, o."timestamp"
      from ${contactsOfAddress(Prisma.sql`(select address from this)`)}
      where o.id <> ${id}
      limit ${submissionCountLimit + 1}::int
    ), latest as (
      select id from others order by "timestamp" desc, id desc limit ${submissionPortion}::int
    )
    select o.id, o.name, o."timestamp", o.service, o.status,
      left(o.message, 120) as message,
      (select count(*)::int from others) as total
    from latest join contact_submissions o using (id)
    order by o."timestamp" desc, o.id desc`);
  const total = rows[0]?.total ?? 0;
  return {
    rows: rows.map(({ total: _, ...row }) => ({ ...row, message: onOneLine(row.message) })),
    count: Math.min(total, submissionCountLimit),
    exact: total <= submissionCountLimit,
  };
}
