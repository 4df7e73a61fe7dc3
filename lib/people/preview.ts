import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type RunQuery } from "@/lib/database/query";
import { patternOf } from "@/lib/filter/sql/words";
import type { Person, PersonPreview } from "./person";
import { listForms, listWords } from "./words";

/** Most contacts and documents that a preview lists individually. */
const shown = 20;

/**
 * Everything that the desk stores about a person, counted as `forgetPerson` would remove it. Changes nothing.
 * @param withNames whether their name is removed from others' records as well as their address
 * @throws DatabaseError
 */
export function previewPerson(person: Person, withNames: boolean): Promise<PersonPreview> {
  const words = listForms(listWords(person, withNames));
  return inTransaction(
    "forget",
    async (run) => {
      const { contacts: ids } = person;
      const [held] = await run<Held>(countHeld(ids, words, person));
      if (!held) throw new Error("Nothing was counted.");
      const references = await listReferences(run, ids);
      const mentioned = words.length > 0 ? await run<Mention>(countMentions(ids, words)) : [];
      const views = await run<{ name: string; owner: string }>(Prisma.sql`
        select v.name, s.name as owner from views v join staff s on s.id = v.owner_id
        where ${isFound(Prisma.sql`v.filter`, words)} or ${isFound(Prisma.sql`v.name`, words)}
        order by 1`);
      const latest = await run<PersonPreview["latest"][number]>(Prisma.sql`
        select id, "timestamp" as "sentAt", status from contact_submissions where id = any (${ids}::text[])
        order by "timestamp" desc, id limit ${shown}::int`);
      const documents = await run<PersonPreview["documents"][number]>(Prisma.sql`
        select filename, size::float8 as size from documents where contact_id = any (${ids}::text[])
        order by size desc, id limit ${shown}::int`);
      const said = mentioned.filter(({ count }) => count > 0);
      const { selections, queues, exports, isStaff, sameName, ...counts } = held;
      return {
        ...person,
        counts: {
          ...counts,
          contacts: ids.length,
          blanked: references.blanked,
          views: views.length,
          mentions: said.reduce((sum, { count }) => sum + count, 0),
        },
        latest,
        documents,
        views,
        mentioned: said,
        frozen: { selections, queues },
        exports,
        references: references.tables,
        isStaff,
        sameName,
      };
    },
    "read only",
  );
}

type Held = {
  documents: number;
  files: number;
  notes: number;
  history: number;
  events: number;
  selections: number;
  queues: number;
  exports: number;
  isStaff: boolean;
  sameName: number;
};

function countHeld(ids: string[], words: string[], { address, names }: Person): Prisma.Sql {
  return Prisma.sql`
    with own as (select ${ids}::text[] as ids)
    select
      (select count(*)::int from documents where contact_id = any (ids)) as documents,
      (
        select count(*)::int from (
          select distinct d.s3_bucket, d.s3_key, null from documents d
          where d.contact_id = any (ids) and d.s3_key <> '' and not exists (
            select from documents o
            where o.s3_key = d.s3_key and o.s3_bucket is not distinct from d.s3_bucket and o.contact_id <> all (ids))
          union
          select distinct null, null, d.efs_path from documents d
          where d.contact_id = any (ids) and d.efs_path <> '' and not exists (
            select from documents o where o.efs_path = d.efs_path and o.contact_id <> all (ids))
        ) file
      ) as files,
      (select count(*)::int from contact_notes where contact_id = any (ids)) as notes,
      (
        select count(*)::int from (
          select contact_id from contact_history union all select contact_id from detached_history
        ) h
        where contact_id = any (ids)
      ) as history,
      (
        select count(*)::int from (
          select event_data from analytics_events union all select event_data from detached_events
        ) e
        where event_data ->> 'contact_id' = any (ids) or ${isFound(Prisma.sql`event_data::text`, words)}
      ) as events,
      (select count(distinct set_id)::int from frozen_contacts where contact_id = any (ids)) as selections,
      (select count(*)::int from triage_queues where contact_ids && ids) as queues,
      (
        select count(*)::int from contact_exports
        where outcome in ('finished', 'left')
          and started_at > (select min(created_at) from contact_submissions where id = any (ids))
      ) as exports,
      exists (select from staff where lower(email) = lower(${address ?? ""})) as "isStaff",
      (
        select count(distinct lower(trim_text(email)))::int from contact_submissions
        where lower(trim_text(name)) in (select lower(trim_text(name)) from unnest(${names}::text[]) name)
          and id <> all (ids)
      ) as "sameName"
    from own`;
}

type Mention = { where: string; count: number };

/**
 * Counts the records of others that contain the words. The columns are those of `forget_contacts` (sql/0765) and
 * `forget_detached`.
 */
function countMentions(ids: string[], words: string[]): Prisma.Sql {
  const found = (columns: Prisma.Sql) => isFound(Prisma.sql`concat_ws(chr(31), ${columns})`, words);
  const isOthers = Prisma.sql`contact_id <> all (${ids}::text[])`;
  return Prisma.sql`
    select 'other contacts' as where, count(*)::int as count from contact_submissions
    where id <> all (${ids}::text[]) and ${found(
      Prisma.sql`name, email, company, service, budget, message, page_url, user_agent, source, spam_reason, document_insights`,
    )}
    union all
    select 'documents of others', count(*)::int from documents
    where ${isOthers} and ${found(Prisma.sql`filename, description, tags, processing_metadata`)}
    union all
    select 'notes on others', count(*)::int from contact_notes where ${isOthers} and ${found(Prisma.sql`text`)}
    union all
    select 'earlier versions of notes', count(*)::int from contact_note_versions v
    join contact_notes n on n.id = v.note_id
    where n.${isOthers} and ${found(Prisma.sql`v.text`)}
    union all
    select 'history of others', count(*)::int from (
      select contact_id, spam_reason_from, spam_reason_to from contact_history
      union all
      select contact_id, spam_reason_from, spam_reason_to from detached_history
    ) h
    where ${isOthers} and ${found(Prisma.sql`spam_reason_from, spam_reason_to`)}
    union all
    select 'changes', count(*)::int from change_batches where ${found(Prisma.sql`request, outcome`)}
    union all
    select 'selections', count(*)::int from frozen_sets where ${found(Prisma.sql`filter`)}
    union all
    select 'triage queues', count(*)::int from triage_queues where ${found(Prisma.sql`filter`)}
    union all
    select 'records of exports', count(*)::int from contact_exports where ${found(Prisma.sql`filter`)}
    union all
    select 'preferences of staff', count(*)::int from staff where ${found(Prisma.sql`preferences`)}`;
}

/**
 * SQL: whether a text contains one of the words as a whole word, in any case. LIKE first selects the rows to examine.
 * ILIKE is not used, because it folds the whole text again for each word and took 14 s at 100,000 contacts.
 */
function isFound(text: Prisma.Sql, words: string[]): Prisma.Sql {
  const patterns = words.map(patternOf);
  return Prisma.sql`(
    lower(${text}) like any (array(select lower(pattern) from unnest(${patterns}::text[]) pattern))
    and without_words(${text}, ${words}::text[]) <> ${text})`;
}

async function listReferences(
  run: RunQuery,
  ids: string[],
): Promise<{ tables: PersonPreview["references"]; blanked: number }> {
  const rows = await run<{ name: string; contact: string; rows: number; keeps: boolean }>(Prisma.sql`
    select regexp_replace(name, '^public\\.', '') as name, contact_id as contact, coalesce(rows, 0)::float8 as rows, keeps
    from list_contact_references(${ids}::text[])`);
  const tables = new Map<string, PersonPreview["references"][number]>();
  for (const { name, rows: count, keeps } of rows) {
    const known = tables.get(name) ?? { name, rows: 0, keeps: false };
    tables.set(name, { name, rows: known.rows + count, keeps: known.keeps || keeps });
  }
  const blanked = new Set(rows.filter(({ keeps }) => keeps).map(({ contact }) => contact)).size;
  return { tables: [...tables.values()], blanked };
}
