import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import type { ContactFilter, Sort } from "@/lib/filter/filter";
import type { Viewer } from "@/lib/filter/viewer";
import { type CursorPosition, printCursor } from "./cursor";
import { byKeyNames, type PageCut, positionsSql } from "./page-sql";
import { purposeOf } from "./purpose";
import { orders } from "./sorts";

/**
 * The cursor of a contact in an order, whether or not a filter lists it; null if there is no such contact.
 * @throws DatabaseError
 */
export async function findCursor(sort: Sort, id: string): Promise<string | null> {
  const { sections, keys } = orders[sort];
  const section = sections.map(({ condition }, index) => Prisma.sql`when ${condition} then ${index}::int`);
  const [position] = await queryRows<CursorPosition>(Prisma.sql`
    select case ${Prisma.join(section, " ")} end as section,
      array[${Prisma.join(keys.map(({ expression }) => Prisma.sql`(${expression})::text`))}] as keys, c.id
    from contact_submissions c
    where c.id = ${id}`);
  return position ? printCursor(sort, position) : null;
}

/**
 * The id of the first contact that a filter lists after a position, or the last one before it; null at the end of the
 * list. The position need not belong to a listed contact, because one that has just left the list has neighbours too.
 * @throws DatabaseError
 */
export async function findNeighbour(
  filter: ContactFilter,
  viewer: Viewer,
  position: CursorPosition,
  direction: "next" | "previous",
): Promise<string | null> {
  const cut: PageCut = { position, backward: direction === "previous" };
  const sections = cut.backward ? Prisma.sql`desc` : Prisma.sql`asc`;
  const [found] = await queryRows<{ id: string }>(
    Prisma.sql`
    with page as materialized (${positionsSql(filter, viewer, cut, 1)})
    select c.id from page c order by c.section ${sections}, ${byKeyNames(orders[filter.sort], cut)} limit 1`,
    purposeOf(filter),
  );
  return found?.id ?? null;
}
