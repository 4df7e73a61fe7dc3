import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { RunQuery } from "@/lib/database/query";
import type { ContactFilter } from "@/lib/filter/filter";
import {
  businessValue,
  complexityNumber,
  confidenceValue,
  documentsNumber,
  languageValue,
  problemValue,
  typeRows,
} from "@/lib/filter/sql/insight-values";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { findOrder } from "@/lib/list/best-match";
import { conditionOf } from "@/lib/list/sorts";
import type { ColumnKey } from "./columns";

/** The SQL of each column as text, by its key. Null if nothing is stored. */
const expressions: Record<ColumnKey, Prisma.Sql> = {
  id: Prisma.sql`c.id as id`,
  timestamp: Prisma.sql`${instant(Prisma.sql`c."timestamp"`)} as "timestamp"`,
  name: Prisma.sql`c.name as name`,
  email: Prisma.sql`c.email as email`,
  company: Prisma.sql`c.company as company`,
  service: Prisma.sql`c.service as service`,
  budget: Prisma.sql`c.budget as budget`,
  message: Prisma.sql`c.message as message`,
  status: Prisma.sql`c.status as status`,
  assignee: Prisma.sql`(select s.name from staff s where s.id = c.assignee_id) as assignee`,
  snoozed_until: Prisma.sql`${instant(Prisma.sql`c.snoozed_until`)} as snoozed_until`,
  spam_reason: Prisma.sql`c.spam_reason as spam_reason`,
  duplicate_of: Prisma.sql`c.duplicate_of as duplicate_of`,
  source: Prisma.sql`c.source as source`,
  page: Prisma.sql`c.page_url as page`,
  types: Prisma.sql`(select string_agg(found.value, '; ' order by found.value) from ${typeRows} found) as types`,
  language: Prisma.sql`nullif(${languageValue}, '') as language`,
  confidence: Prisma.sql`nullif(${confidenceValue}, '') as confidence`,
  business: Prisma.sql`nullif(${businessValue}, '') as business`,
  documents: Prisma.sql`nullif(trim_scale(${documentsNumber}), -1)::text as documents`,
  complexity: Prisma.sql`trim_scale(${complexityNumber})::text as complexity`,
  insights: Prisma.sql`nullif(${problemValue}, '') as insights`,
  document_insights: Prisma.sql`c.document_insights::text as document_insights`,
  user_agent: Prisma.sql`c.user_agent as user_agent`,
  document_processing_enabled: Prisma.sql`c.document_processing_enabled::text as document_processing_enabled`,
  search_capabilities: Prisma.sql`c.search_capabilities::text as search_capabilities`,
  version: Prisma.sql`c.version::text as version`,
  first_contacted_at: Prisma.sql`${instant(Prisma.sql`c.first_contacted_at`)} as first_contacted_at`,
  created_at: Prisma.sql`${instant(Prisma.sql`c.created_at`)} as created_at`,
  updated_at: Prisma.sql`${instant(Prisma.sql`c.updated_at`)} as updated_at`,
  last_updated: Prisma.sql`${instant(Prisma.sql`c.last_updated`)} as last_updated`,
};

/**
 * SQL: ISO 8601 with the offset of the transaction's time zone. UTC is used if the offset is not a whole minute, as
 * before zones were standardised. Infinity and years outside 1 to 9999 stay as PostgreSQL prints them, because ISO has
 * no form for them.
 */
function instant(stored: Prisma.Sql): Prisma.Sql {
  // For a column of an adopted table that has no zone; see `beginSnapshot`.
  const column = Prisma.sql`${stored}::timestamptz`;
  return Prisma.sql`case
    when ${column} >= '0001-01-02' and ${column} < '9999-12-30' then
      case when extract(timezone from ${column})::int % 60 = 0
        then to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.USTZH:TZM')
        else to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') end
    else ${column}::text end`;
}

/**
 * Most contacts in a chunk. Other requests wait while a chunk is printed, so it must be small. Beside an export of a
 * million the list's p95 was 1.4 to 1.5 times its usual value; with chunks of 250 up to 2.1 times.
 */
const chunkRows = 100;

/** Most bytes of text in a chunk, unless a single contact has more. Messages and insights can be megabytes. */
const chunkBytes = 512 * 1024;

export type ExportRow = Record<string, string | null>;

/** An export's snapshot: how many contacts match its filter, and the day at the desk. */
export type Snapshot = { matching: number; day: string };

/**
 * Sets a transaction's time zone to the desk's, or to UTC where the website's times have no zone: they are read as UTC,
 * and a comparison with such a time uses the transaction's zone. Also makes the server check, even during a statement,
 * whether the client is still connected.
 */
export async function beginSnapshot(run: RunQuery, timeZone: string): Promise<void> {
  await run(
    Prisma.sql`select
      set_config('TimeZone', case when exists (
        select from pg_attribute where attrelid = 'contact_submissions'::regclass and atttypid = 'timestamp'::regtype
      ) then 'UTC' else ${timeZone}::text end, true),
      set_config('client_connection_check_interval', '250', true)`,
  );
}

/** Counts the filter's contacts in the snapshot. */
export async function countInSnapshot(run: RunQuery, filter: ContactFilter, viewer: Viewer): Promise<Snapshot> {
  const [row] = await run<Snapshot>(Prisma.sql`
    select count(*)::int as matching, to_char(now(), 'YYYY-MM-DD') as day
    from contact_submissions c where ${predicate(filter, viewer)}`);
  return row ?? { matching: 0, day: "" };
}

/**
 * The snapshot's contacts in the filter's order, in chunks small enough for memory. An SQL cursor walks their ids,
 * which are narrow to sort. It is not a protocol cursor, because the statement time limit then applies to each fetch,
 * not to all of them together.
 */
export async function* readRows(
  run: RunQuery,
  { filter, columns }: { filter: ContactFilter; columns: ColumnKey[] },
  viewer: Viewer,
): AsyncGenerator<ExportRow[]> {
  const condition = predicate(filter, viewer);
  const { sections, keys, descending } = await findOrder(filter, viewer, undefined, run);
  const direction = descending ? Prisma.sql`desc` : Prisma.sql`asc`;
  const by = keys.map((key) => Prisma.sql`${key.expression} ${direction}`);
  for (const section of sections) {
    await run(Prisma.sql`
      declare matches no scroll cursor for
      select c.id, ${sizeOf(columns)} as size from contact_submissions c
      where ${conditionOf(section)} and ${condition}
      order by ${Prisma.join(by)}, c.id ${direction}`);
    for (;;) {
      const found = await run<Match>(Prisma.sql`fetch forward 1000 from matches`);
      if (found.length === 0) break;
      for (const ids of cutChunks(found)) yield await run<ExportRow>(rowsSql(ids, columns));
    }
    await run(Prisma.sql`close matches`);
  }
}

type Match = { id: string; size: number };

/**
 * SQL: about how many bytes a contact has as text, without reading what is stored out of line. Compressed JSON is
 * larger as text, hence the factor.
 */
function sizeOf(columns: ColumnKey[]): Prisma.Sql {
  const insights = columns.includes("document_insights")
    ? Prisma.sql`pg_column_size(c.document_insights) * 8`
    : Prisma.sql`0`;
  return Prisma.sql`(octet_length(c.message) + coalesce(octet_length(c.page_url), 0) + coalesce(octet_length(c.user_agent), 0)
    + coalesce(${insights}, 0))::float8`;
}

function cutChunks(matches: Match[]): string[][] {
  const chunks: string[][] = [];
  let bytes = 0;
  for (const { id, size } of matches) {
    const chunk = chunks.at(-1);
    if (chunk && chunk.length < chunkRows && bytes + size <= chunkBytes) {
      chunk.push(id);
      bytes += size;
    } else {
      chunks.push([id]);
      bytes = size;
    }
  }
  return chunks;
}

function rowsSql(ids: string[], columns: ColumnKey[]): Prisma.Sql {
  return Prisma.sql`
    select ${Prisma.join(columns.map((key) => expressions[key]))}
    from unnest(${ids}::text[]) with ordinality as wanted (id, at)
    join contact_submissions c on c.id = wanted.id
    order by wanted.at`;
}
