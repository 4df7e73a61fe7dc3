import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { CursorPosition } from "./cursor";
import type { Order } from "./sorts";

/** Where a page begins and which way it reads. A null position is the start of the list, or its end if backward. */
export type PageCut = { position: CursorPosition | null; backward: boolean };

/** SQL: a row's position in an order, as `section`, the keys by `keyName`, and `id`. */
export function positionColumns(order: Order, section: number, withId = true): Prisma.Sql {
  const keys = order.keys.map((key, index) => Prisma.sql`${key.expression} as ${keyName(index)}`);
  return Prisma.join([Prisma.sql`${section}::int as section`, ...keys, ...(withId ? [Prisma.sql`c.id`] : [])]);
}

/** SQL: what a section's rows are ordered by, as its index has it. */
export function byKeys(order: Order, cut: PageCut): Prisma.Sql {
  const direction = directionOf(order, cut);
  return Prisma.sql`${Prisma.join(order.keys.map((key) => Prisma.sql`${key.expression} ${direction}`))}, c.id ${direction}`;
}

/** The same order, by the names of the position's columns. */
export function byKeyNames(order: Order, cut: PageCut): Prisma.Sql {
  const direction = directionOf(order, cut);
  return Prisma.sql`${Prisma.join(order.keys.map((_key, index) => Prisma.sql`${keyName(index)} ${direction}`))}, c.id ${direction}`;
}

function directionOf(order: Order, cut: PageCut): Prisma.Sql {
  return order.descending !== cut.backward ? Prisma.sql`desc` : Prisma.sql`asc`;
}

/**
 * Whether a row is beyond the position. It is one row comparison, because an index in this order answers that directly.
 */
export function keysetSql(order: Order, section: number, { position, backward }: PageCut): Prisma.Sql {
  if (position?.section !== section) return Prisma.sql`true`;
  const comparison = order.descending !== backward ? Prisma.sql`<` : Prisma.sql`>`;
  const columns = order.keys.map((key) => key.expression);
  const values = order.keys.map((key, index) => key.value(position.keys[index] ?? ""));
  return Prisma.sql`(${Prisma.join(columns)}, c.id) ${comparison} (${Prisma.join(values)}, ${position.id})`;
}

/** The name of an order's key among the columns of a position. */
export function keyName(index: number): Prisma.Sql {
  return index === 0 ? Prisma.sql`first_key` : Prisma.sql`second_key`;
}
