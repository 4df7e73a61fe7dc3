import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { hasMigration } from "@/lib/database/migrate/schema-state";
import { notSpecifiedLower } from "@/lib/database/not-given-sql";

/** A text of a contact without what is around it. The schema of the version before knows blanks only. */
export function trimmed(text: Prisma.Sql): Prisma.Sql {
  return hasMigration("0920_trim_text.sql") ? Prisma.sql`trim_text(${text})` : Prisma.sql`btrim(${text})`;
}

/** The address of a contact `alias` as addresses are compared: trimmed, in any case. Null where none was given. */
export function addressOf(alias: Prisma.Sql): Prisma.Sql {
  const address = trimmed(Prisma.sql`left(${alias}.email, 255)`);
  return Prisma.sql`nullif(nullif(lower(${address}), ''), ${notSpecifiedLower})`;
}

/**
 * The contacts with an address, as `(…) o` with `id` and `timestamp`. The index of addresses (sql/0170) has them as
 * they are stored. A small one (sql/0925) has those that are stored with blanks or invisible characters around them.
 * No contact is in both. Without 0925 only the first are found, because the others would cost a scan.
 */
export function contactsOfAddress(address: Prisma.Sql): Prisma.Sql {
  const asStored = Prisma.sql`
    select c.id, c."timestamp" from contact_submissions c where lower(left(c.email, 255)) = ${address}`;
  if (!hasMigration("0925_contacts_by_trimmed_email.sql")) return Prisma.sql`(${asStored}) o`;
  return Prisma.sql`(
    ${asStored}
    union all
    select c.id, c."timestamp" from contact_submissions c
    where lower(trim_text(left(c.email, 255))) = ${address} and left(c.email, 255) <> trim_text(left(c.email, 255))) o`;
}
