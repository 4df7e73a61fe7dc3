import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { notSpecifiedLower } from "@/lib/database/not-given-sql";

/** The address of a contact `alias` as addresses are compared: trimmed, in any case. Null where none was given. */
export function addressOf(alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`nullif(nullif(lower(trim_text(left(${alias}.email, 255))), ''), ${notSpecifiedLower})`;
}

/**
 * The contacts with an address, as `(…) o` with `id` and `timestamp`. The index of addresses (sql/0170) has them as
 * they are stored. A small one (sql/0925) has those that are stored with blanks or invisible characters around them.
 * No contact is in both.
 */
export function contactsOfAddress(address: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    select c.id, c."timestamp" from contact_submissions c where lower(left(c.email, 255)) = ${address}
    union all
    select c.id, c."timestamp" from contact_submissions c
    where lower(trim_text(left(c.email, 255))) = ${address} and left(c.email, 255) <> trim_text(left(c.email, 255))) o`;
}
