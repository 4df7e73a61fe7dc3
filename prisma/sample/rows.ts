import type { ClientBase } from "pg";
import { triageColumns, triageFields } from "@/lib/contact/triage";
import { firstContactedAt } from "./changes";
import type { SampleContact, SamplePlan } from "./contacts";
import { type Cell, copyRows, printInstant } from "./copy";
import { sampleEvents } from "./events";
import { followChanges } from "./triage";

function contactCells(contact: SampleContact): readonly Cell[] {
  const lastUpload = contact.documents.at(-1);
  const analysed = lastUpload ? (lastUpload.processedAt ?? lastUpload.uploadedAt) : null;
  const first = firstContactedAt(contact.changes);
  const decided = followChanges(contact.changes).at(-1)?.after;
  const created = contact.at + 40;
  const updated = Math.max(created, analysed ?? 0, contact.changes.at(-1)?.at ?? 0);
  return [
    contact.id,
    contact.name,
    contact.email,
    contact.company,
    contact.service,
    contact.budget,
    contact.message,
    printInstant(contact.at),
    contact.status,
    contact.source,
    contact.userAgent,
    contact.pageUrl,
    contact.processing,
    contact.search,
    contact.insights,
    analysed === null ? null : printInstant(analysed),
    printInstant(created),
    printInstant(updated),
    1 + contact.changes.length,
    first === null ? null : printInstant(first),
    ...[decided?.assigneeId, decided?.snoozedUntil, decided?.spamReason, decided?.duplicateOf].map(
      (cell) => cell ?? null,
    ),
  ];
}

function* documentCells(contacts: SampleContact[]): Generator<readonly Cell[]> {
  for (const contact of contacts) {
    for (const document of contact.documents) {
      const uploaded = printInstant(document.uploadedAt);
      yield [
        document.id,
        contact.id,
        document.filename,
        document.size,
        document.contentType,
        document.documentType,
        document.description,
        JSON.stringify(document.tags),
        uploaded,
        document.status,
        document.bucket,
        document.key,
        document.hash,
        document.metadata === null ? null : JSON.stringify(document.metadata),
        document.processedAt === null ? null : printInstant(document.processedAt),
        document.complexity,
        document.indexedAt === null ? null : printInstant(document.indexedAt),
        uploaded,
        printInstant(Math.max(document.uploadedAt, document.indexedAt ?? document.processedAt ?? 0)),
      ];
    }
  }
}

function* changeCells(contacts: SampleContact[]): Generator<readonly Cell[]> {
  for (const contact of contacts) {
    let version = 1;
    for (const { change, before, after } of followChanges(contact.changes)) {
      version += 1;
      const set = triageFields.filter((field) => before[field] !== after[field]);
      yield [
        printInstant(change.at),
        contact.id,
        "update",
        "staff",
        change.staff,
        "contact_desk",
        version,
        `{${set.map((field) => triageColumns[field]).join(",")}}`,
        ...triageFields.flatMap((field) => [before[field], after[field]]),
      ];
    }
  }
}

function* noteCells(contacts: SampleContact[]): Generator<readonly Cell[]> {
  for (const contact of contacts) {
    for (const { id, author, text, at } of contact.notes) {
      yield [id, contact.id, author, text, printInstant(at), printInstant(at)];
    }
  }
}

/** Writes contacts with all that hangs on them; the ranks are those of `contacts` in the plan, `views` page views each. */
export async function copyContacts(
  client: ClientBase,
  plan: SamplePlan,
  contacts: SampleContact[],
  firstRank: number,
  views: number,
): Promise<void> {
  await copyRows(
    client,
    `copy contact_submissions (id, name, email, company, service, budget, message, "timestamp", status, source, user_agent, page_url,
       document_processing_enabled, search_capabilities, document_insights, last_updated, created_at, updated_at, version, first_contacted_at,
       assignee_id, snoozed_until, spam_reason, duplicate_of) from stdin`,
    contacts.map(contactCells),
  );
  await copyRows(
    client,
    `copy documents (id, contact_id, filename, size, content_type, document_type, description, tags, upload_timestamp, processing_status, s3_bucket, s3_key,
       file_hash, processing_metadata, processing_timestamp, complexity_score, indexed_timestamp, created_at, updated_at) from stdin`,
    documentCells(contacts),
  );
  await copyRows(
    client,
    `copy contact_history (changed_at, contact_id, operation, actor, actor_id, database_role, version_to, fields, status_from, status_to,
       assignee_from, assignee_to, snoozed_from, snoozed_to, spam_reason_from, spam_reason_to, duplicate_of_from, duplicate_of_to) from stdin`,
    changeCells(contacts),
  );
  await copyRows(
    client,
    `copy contact_notes (id, contact_id, author_id, text, created_at, written_at) from stdin`,
    noteCells(contacts),
  );
  function* events() {
    for (const [i, contact] of contacts.entries()) yield* sampleEvents(plan, firstRank + i, contact, views);
  }
  await copyRows(
    client,
    `copy analytics_events (id, event_type, event_data, "timestamp", created_at) from stdin`,
    events(),
  );
}
