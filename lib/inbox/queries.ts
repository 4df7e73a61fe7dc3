import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/predicate";
import { listEnd, type Place, parseCursor, printCursor } from "./cursor";
import { type Order, orders } from "./sorts";

/** A row of the inbox. `message` is its first 300 characters on one line; at most 6 of its documents are named. */
export type ContactRow = {
  id: string;
  name: string;
  email: string;
  company: string | null;
  service: string | null;
  message: string;
  status: string | null;
  version: number;
  timestamp: Date;
  source: string | null;
  /** How many document rows the contact has. */
  documents: number;
  documentTypes: { type: string; failed: boolean }[];
};

/** A page of the list; `next` and `previous` are cursors, null where the list ends. */
export type ContactPage = { rows: ContactRow[]; next: string | null; previous: string | null; problem?: string };

/** A number of contacts; where it is not exact there are more than that. */
export type Count = { count: number; exact: boolean };

/** Contacts on a page. */
export const pageSize = 50;

/** Counting stops here: an exact count of a large set costs a scan of it. */
export const countLimit = 10_000;

/**
 * A page of the filter's contacts in its order, after or before a cursor; `before: "end"` is the last page.
 * Pages are cut by key, never by offset: rows that arrive or change meanwhile shift nothing.
 * A cursor that cannot be used gives the first page and a `problem` in words.
 * @throws DatabaseError
 */
export async function listContacts(
  filter: ContactFilter,
  timeZone: string,
  page: { after?: string; before?: string } = {},
): Promise<ContactPage> {
  const backward = Boolean(page.before) && !page.after;
  const cursor = page.after || page.before;
  let place: Place | null = null;
  if (cursor && cursor !== listEnd) {
    const parsed = parseCursor(filter.sort, cursor);
    if ("problem" in parsed) return { ...(await listContacts(filter, timeZone)), problem: parsed.problem };
    place = parsed.place;
  }
  const found = await queryRows<FoundRow>(pageSql(filter, timeZone, { place, backward }));
  const more = found.length > pageSize;
  // Fewer rows before a cursor than a page has, or none after it: the list has shrunk. Its first or last page is meant.
  if (backward && place && found.length < pageSize) return listContacts(filter, timeZone);
  if (!backward && place && found.length === 0) return listContacts(filter, timeZone, { before: listEnd });
  const rows = found.slice(0, pageSize);
  if (backward) rows.reverse();
  const at = (row: FoundRow | undefined) => (row ? printCursor(filter.sort, toPlace(row)) : null);
  return {
    rows: rows.map(({ section: _section, keys: _keys, ...row }) => row),
    next: (backward ? place !== null : more) ? at(rows.at(-1)) : null,
    previous: (backward ? more : place !== null) ? at(rows[0]) : null,
  };
}

/**
 * How many contacts the filter has, exact up to 10,000.
 * @throws DatabaseError
 */
export async function countContacts(filter: ContactFilter, timeZone: string): Promise<Count> {
  const [found] = await queryRows<{ count: number }>(Prisma.sql`
    select count(*)::int as count
    from (select from contact_submissions c where ${predicate(filter, timeZone)} limit ${countLimit + 1}::int) counted`);
  const count = found?.count ?? 0;
  return { count: Math.min(count, countLimit), exact: count <= countLimit };
}

/**
 * How many contacts there are at all, exact up to 10,000.
 * @throws DatabaseError
 */
export function countAllContacts(): Promise<Count> {
  return countContacts(emptyFilter, "UTC");
}

type FoundRow = ContactRow & Place;

function toPlace({ section, keys, id }: FoundRow): Place {
  return { section, keys, id };
}

type Cut = { place: Place | null; backward: boolean };

/** The page's ids first, from narrow indexes, and only then its rows and their documents: one statement. */
function pageSql(filter: ContactFilter, timeZone: string, cut: Cut): Prisma.Sql {
  const order = orders[filter.sort];
  const start = cut.place?.section ?? (cut.backward ? order.sections.length - 1 : 0);
  const direction = order.descending !== cut.backward ? Prisma.sql`desc` : Prisma.sql`asc`;
  const sections = cut.backward ? Prisma.sql`desc` : Prisma.sql`asc`;
  const byKeys = order.keys.map((_key, index) => Prisma.sql`page.${keyName(index)} ${direction}`);
  return Prisma.sql`
    with page as materialized (${sectionsSql(order, start, predicate(filter, timeZone), cut)})
    select page.id, page.section, array[${Prisma.join(order.keys.map((_key, index) => Prisma.sql`page.${keyName(index)}::text`))}] as keys,
      c.name, c.email, c.company, c.service, c.status, c.version, c."timestamp", c.source,
      left(btrim(regexp_replace(left(c.message, 600), '\\s+', ' ', 'g')), 300) as message,
      coalesce(documents.count, 0) as documents, coalesce(documents.types, '[]') as "documentTypes"
    from page
    join contact_submissions c on c.id = page.id
    left join lateral (
      select max(found.count)::int as count,
        jsonb_agg(jsonb_build_object('type', found.type, 'failed', found.failed) order by found.position) as types
      from (
        select d.document_type as type, d.processing_status is not distinct from 'failed' as failed,
          count(*) over () as count, row_number() over (order by d.upload_timestamp, d.id) as position
        from documents d where d.contact_id = page.id
        order by position limit 6) found
    ) documents on true
    order by page.section ${sections}, ${Prisma.join(byKeys)}, page.id ${direction}
    limit ${pageSize + 1}::int`;
}

/** The first places of a section and, unless they fill the page, of those after it. */
function sectionsSql(order: Order, section: number, condition: Prisma.Sql, cut: Cut): Prisma.Sql {
  const direction = order.descending !== cut.backward ? Prisma.sql`desc` : Prisma.sql`asc`;
  const columns = order.keys.map((key, index) => Prisma.sql`${key.expression} as ${keyName(index)}`);
  const by = order.keys.map((key) => Prisma.sql`${key.expression} ${direction}`);
  const keyset = cut.place?.section === section ? afterPlace(order, cut.place, cut.backward) : Prisma.sql`true`;
  const here = Prisma.sql`
    select ${section}::int as section, ${Prisma.join(columns)}, c.id
    from contact_submissions c
    where ${order.sections[section]} and ${condition} and ${keyset}
    order by ${Prisma.join(by)}, c.id ${direction}
    limit ${pageSize + 1}::int`;
  const next = section + (cut.backward ? -1 : 1);
  if (!order.sections[next]) return here;
  // Without columns of `rest` in it the condition is asked once, before `rest` is read at all.
  return Prisma.sql`
    with here as materialized (${here})
    select * from here
    union all
    select * from (${sectionsSql(order, next, condition, cut)}) rest where (select count(*) from here) <= ${pageSize}::int`;
}

/** Beyond a place, by one row comparison, which an index in this order answers by itself. */
function afterPlace(order: Order, place: Place, backward: boolean): Prisma.Sql {
  const comparison = order.descending !== backward ? Prisma.sql`<` : Prisma.sql`>`;
  const columns = order.keys.map((key) => key.expression);
  const values = order.keys.map((key, index) => key.value(place.keys[index] ?? ""));
  return Prisma.sql`(${Prisma.join(columns)}, c.id) ${comparison} (${Prisma.join(values)}, ${place.id})`;
}

function keyName(index: number): Prisma.Sql {
  return index === 0 ? Prisma.sql`first_key` : Prisma.sql`second_key`;
}
