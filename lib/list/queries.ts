import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { given } from "@/lib/contact/given";
import type { TriageRow } from "@/lib/contact/triage";
import { selectTriage, selectWroteAgain } from "@/lib/contact/triage-sql";
import { queryRows } from "@/lib/database/query";
import type { ContactFilter } from "@/lib/filter/filter";
import { cutBefore, findMatches, findSought } from "@/lib/filter/matches";
import { isDueSoon, isOverdue, isWaiting } from "@/lib/filter/sql/overdue";
import { listEnd } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { onOneLine, trimText } from "@/lib/text/visible-text";
import { findOrder } from "./best-match";
import type { ContactDetails, Detail } from "./columns";
import { type CursorPosition, parseCursor, printCursor } from "./cursor";
import { detailsSql } from "./details-sql";
import { positionsSql } from "./page-sql";
import { byKeyNames, keyName, type PageCut } from "./position-sql";
import { purposeOf } from "./purpose";
import type { Order } from "./sorts";
import { areFirstAll, looksThroughFirst } from "./strategy";

/** The most kinds of documents that a row names. */
const mostNamed = 6;

/** The most documents of a row whose kind is read; few contacts have more. */
const mostLookedAt = 24;

/** Characters of a message that are read to find the searched words and show them. */
const mostSearched = 20_000;

/** How many of a contact's documents have the same type. Failed ones are counted apart. */
export type DocumentKind = { type: string; failed: boolean; count: number };

/**
 * A row of the inbox. `message` is 300 characters on one line, from its beginning or from shortly before the searched
 * words. `documentKinds` has at most 6 kinds, by the ending of the file's name or, without one, by the website's
 * document type.
 */
export type ContactRow = TriageRow & {
  id: string;
  name: string;
  email: string;
  company: string | null;
  service: string | null;
  message: string;
  version: number;
  timestamp: Date;
  source: string | null;
  /** When the same address wrote again, which ended the snooze; null if it never did. */
  wroteAgainAt: Date | null;
  /** Whether its first response is late, by the viewer's limits. */
  overdue: boolean;
  /** Whether it is late, or will be soon. */
  dueSoon: boolean;
  /** Whether it waits for its first response. */
  waiting: boolean;
  /** How many document rows the contact has. */
  documents: number;
  documentKinds: DocumentKind[];
  /** Only the requested ones. */
  details?: Partial<ContactDetails>;
};

/**
 * A page of the list. `next` and `previous` are cursors, null at the end of the list. `partial`: the list may end too
 * early, because only the first contacts were searched.
 */
export type ContactPage = {
  rows: ContactRow[];
  next: string | null;
  previous: string | null;
  partial: boolean;
  problem?: string;
};

/** Contacts on a page. */
export const pageSize = 50;

/**
 * A page of the filter's contacts in its order, after or before a cursor; `before: "end"` is the last page.
 * Pages are cut by key, never by offset, so rows that arrive or change meanwhile shift nothing.
 * A cursor that cannot be used gives the first page and a `problem` in words.
 * @param details the optional values of each row, for the columns that show them
 * @throws DatabaseError
 */
export async function listContacts(
  filter: ContactFilter,
  viewer: Viewer,
  page: { after?: string; before?: string } = {},
  details: Detail[] = [],
): Promise<ContactPage> {
  const backward = Boolean(page.before) && !page.after;
  const cursor = page.after || page.before;
  let position: CursorPosition | null = null;
  if (cursor && cursor !== listEnd) {
    const parsed = parseCursor(filter, cursor);
    if ("problem" in parsed) return { ...(await listContacts(filter, viewer, {}, details)), problem: parsed.problem };
    position = parsed.position;
  }
  const sought = findSought(filter.words);
  const order = await findOrder(filter, viewer, position?.since);
  const cut = { position, backward };
  const found = await queryRows<FoundRow>(pageSql(filter, viewer, order, cut, details), purposeOf(filter));
  const more = found.length > pageSize;
  // If fewer rows than a page come before a cursor, or none after it, the list has shrunk: show its first or last page.
  if (backward && position && found.length < pageSize) return listContacts(filter, viewer, {}, details);
  if (!backward && position && found.length === 0) return listContacts(filter, viewer, { before: listEnd }, details);
  const rows = found.slice(0, pageSize);
  if (backward) rows.reverse();
  const at = (row: FoundRow | undefined) => (row ? printCursor(filter.sort, toPosition(row, order)) : null);
  const partial = !more && looksThroughFirst(filter) && !(await areFirstAll(filter, viewer));
  return {
    partial,
    rows: rows.map((row) => toRow(row, sought)),
    next: (backward ? position !== null : more) ? at(rows.at(-1)) : null,
    previous: (backward ? more : position !== null) ? at(rows[0]) : null,
  };
}

/**
 * The ids of the filter's first contacts in its order, at most `limit`. All contacts are searched, even for words for
 * which a page searches only the first ones.
 * @throws DatabaseError
 */
export async function listContactIds(filter: ContactFilter, viewer: Viewer, limit: number): Promise<string[]> {
  const cut: PageCut = { position: null, backward: false };
  const order = await findOrder(filter, viewer);
  const found = await queryRows<{ id: string }>(
    Prisma.sql`
    with page as materialized (${positionsSql(filter, viewer, order, cut, limit, true)})
    select c.id from page c order by c.section, ${byKeyNames(order, cut)} limit ${limit}::int`,
    purposeOf(filter),
  );
  return found.map(({ id }) => id);
}

/**
 * A row as the database gives it, with the beginning of its message and its first documents. Cutting those up is
 * cheaper here than in SQL.
 */
type FoundRow = Omit<ContactRow, "documentKinds"> & CursorPosition & { firstDocuments: FoundDocument[] };

/** The end of a document's file name, the website's document type, and whether its processing failed. */
type FoundDocument = [filename: string, type: string | null, failed: boolean];

function toRow(
  { section: _section, keys: _keys, message, firstDocuments, ...found }: FoundRow,
  sought: string[],
): ContactRow {
  const row = { ...found, email: trimText(found.email) };
  const line = showMatch(row, onOneLine(message), sought);
  return { ...row, message: [...line].slice(0, 300).join(""), documentKinds: countKinds(firstDocuments) };
}

/** The kinds of the documents, in the order of each kind's first document. */
function countKinds(documents: FoundDocument[]): DocumentKind[] {
  const kinds = new Map<string, DocumentKind>();
  for (const [filename, called, failed] of documents) {
    const type = /\.([A-Za-z0-9]{1,4})\s*$/.exec(filename)?.[1]?.toLowerCase() ?? called ?? "";
    const key = `${type} ${failed}`;
    kinds.set(key, { type, failed, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()].slice(0, mostNamed);
}

/**
 * The message from shortly before the first searched word that the row's name and company do not show. If the address
 * has such a word and the message has none, the address comes first.
 */
function showMatch(
  { name, company, email }: Pick<FoundRow, "name" | "company" | "email">,
  line: string,
  sought: string[],
): string {
  const has = (text: string, one: string) => findMatches(text, [one]).length > 0;
  const unsaid = sought.filter((one) => !has(`${name} ${given(company) ?? ""}`, one));
  const onlyInAddress = unsaid.some((one) => has(email, one)) && !unsaid.some((one) => has(line, one));
  return onlyInAddress ? `${email} · ${line}` : cutBefore(line, unsaid);
}

function toPosition({ section, keys, id }: FoundRow, { ranking }: Order): CursorPosition {
  return { section, keys, id, since: ranking?.since };
}

/** One statement: first the page's ids, from narrow indexes, and only then their rows and documents. */
function pageSql(filter: ContactFilter, viewer: Viewer, order: Order, cut: PageCut, details: Detail[]): Prisma.Sql {
  const sections = cut.backward ? Prisma.sql`desc` : Prisma.sql`asc`;
  const keys = order.keys.map((_key, index) => Prisma.sql`page.${keyName(index)}::text`);
  return Prisma.sql`
    with page as materialized (${positionsSql(filter, viewer, order, cut, pageSize + 1)})
    select page.id, page.section, array[${Prisma.join(keys)}] as keys,
      c.name, c.email, c.company, c.service, c.version, c."timestamp", c.source,
      ${selectTriage(Prisma.sql`c`)}, ${selectWroteAgain(Prisma.sql`c`)}, ${isOverdue(viewer)} as overdue,
      ${isDueSoon(viewer)} as "dueSoon", ${isWaiting} is true as waiting,
      left(c.message, ${filter.words ? mostSearched : 600}::int) as message, documents.found as "firstDocuments",
      case when cardinality(documents.found) < ${mostLookedAt}::int then cardinality(documents.found)
        else (select count(*)::int from documents d where d.contact_id = page.id) end as documents${detailsSql(details)}
    from page
    join contact_submissions c on c.id = page.id
    -- Without "offset 0" the planner would write the array in wherever it is used, and so make it as often.
    cross join lateral (
      select array(
        select jsonb_build_array(right(d.filename, 40), d.document_type, d.processing_status is not distinct from 'failed')
        from documents d where d.contact_id = page.id
        order by d.upload_timestamp, d.id limit ${mostLookedAt}::int) as found
      offset 0) documents
    order by page.section ${sections}, ${byKeyNames(order, cut)}
    limit ${pageSize + 1}::int`;
}
