import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import type { ContactFilter } from "@/lib/filter/filter";
import type { Viewer } from "@/lib/filter/viewer";
import { findOrder } from "./best-match";
import { type CursorPosition, printCursor } from "./cursor";
import { positionsSql } from "./page-sql";
import { byKeyNames, type PageCut } from "./position-sql";
import { purposeOf } from "./purpose";
import { conditionOf } from "./sorts";

/**
 * The cursor of a contact in the order of a filter, whether or not the filter lists it; null if there is no such
 * contact.
 * @throws DatabaseError
 */
export async function findCursor(filter: ContactFilter, viewer: Viewer, id: string): Promise<string | null> {
  const { sections, keys, ranking } = await findOrder(filter, viewer);
  const section = sections.map((each, index) => Prisma.sql`when ${conditionOf(each)} then ${index}::int`);
  const [position] = await queryRows<CursorPosition>(Prisma.sql`
    select case ${Prisma.join(section, " ")} end as section,
      array[${Prisma.join(keys.map(({ expression }) => Prisma.sql`(${expression})::text`))}] as keys, c.id
    from contact_submissions c
    where c.id = ${id}`);
  return position ? printCursor(filter.sort, { ...position, since: ranking?.since }) : null;
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
  const order = await findOrder(filter, viewer, position.since);
  const [found] = await queryRows<{ id: string }>(
    Prisma.sql`
    with page as materialized (${positionsSql(filter, viewer, order, cut, 1)})
    select c.id from page c order by c.section ${sections}, ${byKeyNames(order, cut)} limit 1`,
    purposeOf(filter),
  );
  return found?.id ?? null;
}
