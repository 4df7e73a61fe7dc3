import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { notSpecified } from "@/lib/database/not-given-sql";
import { queryRows } from "@/lib/database/query";
import { type Loaded, load } from "@/lib/desk/load";
import { onOneLine } from "@/lib/text/visible-text";
import type { LoadedContact } from "./contact";
import { type Candidate, comparedLength, type Duplicate, nearness, rankDuplicates } from "./duplicates";
import { addressOf, contactsOfAddress } from "./same-address";

/** The most contacts compared of each kind, because every step of the search must be bounded. */
const nearby = 100;
const fellows = 50;
const addressed = 1_000;
const hashes = 50;

/**
 * Contacts that this one may be a duplicate of, the likeliest first. Those are of the same address, trimmed and in any
 * case, with the same file, or with nearly the same message. Messages are compared with those of the same address or
 * company, and with those sent just before and after. No index finds merely similar texts among a million in time, and
 * one for it would slow every INSERT of the website. Contacts that are duplicates already are left out.
 * @throws DatabaseError
 */
export async function listDuplicates(id: string): Promise<Duplicate[]> {
  const rows = await queryRows<Candidate & { own: string }>(Prisma.sql`
    with this as materialized (
      select
        c.id,
        c."timestamp",
        ${addressOf(Prisma.sql`c`)} as address,
        nullif(nullif(c.company, ''), ${notSpecified}) as company,
        left(c.message, ${comparedLength}::int) as message
      from contact_submissions c
      where c.id = ${id}
    ), addressed as materialized (
      select o.id, o."timestamp"
      from ${contactsOfAddress(Prisma.sql`(select address from this)`)}
      limit ${addressed}::int
    ), near_address as (
      select a.id
      from addressed a cross join this t
      order by abs(extract(epoch from a."timestamp" - t."timestamp"))
      limit ${fellows + 1}::int
    ), files as materialized (
      select o.contact_id as id, min(o.filename) as filename
      from (
        select distinct d.file_hash
        from documents d
        where d.contact_id = ${id} and d.file_hash is not null and d.file_hash <> '' and d.size > 0
        limit ${hashes}::int
      ) d
      cross join lateral (
        select o.contact_id, o.filename
        from documents o
        where o.file_hash = d.file_hash and o.file_hash is not null and o.file_hash <> '' and o.contact_id <> ${id}
        order by o.file_hash, o.contact_id desc
        limit ${fellows}::int
      ) o
      group by 1
      order by 1 desc
      limit ${fellows}::int
    ), compared as (
      select b.id from this t cross join lateral (
        select c.id from contact_submissions c
        where (c."timestamp", c.id) < (t."timestamp", t.id) order by c."timestamp" desc, c.id desc limit ${nearby}::int
      ) b
      union
      select a.id from this t cross join lateral (
        select c.id from contact_submissions c
        where (c."timestamp", c.id) > (t."timestamp", t.id) order by c."timestamp", c.id limit ${nearby}::int
      ) a
      union
      select b.id from this t cross join lateral (
        select c.id from contact_submissions c
        where coalesce(c.company, '') collate desk_people = t.company and c.id < t.id
        order by coalesce(c.company, '') collate desk_people desc, c.id desc limit ${fellows}::int
      ) b
      union
      select a.id from this t cross join lateral (
        select c.id from contact_submissions c
        where coalesce(c.company, '') collate desk_people = t.company and c.id > t.id
        order by coalesce(c.company, '') collate desk_people, c.id limit ${fellows}::int
      ) a
    ), candidates as (
      select id from near_address union select id from files union select id from compared
    )
    select
      o.id,
      o.name,
      o."timestamp",
      o.status,
      left(o.message, 120) as message,
      coalesce(${addressOf(Prisma.sql`o`)} = t.address, false) as "sameAddress",
      f.filename as file,
      left(o.message, ${comparedLength}::int) as text,
      abs(extract(epoch from o."timestamp" - t."timestamp") * 1000)::float8 as distance,
      t.message as own
    from candidates k
    join contact_submissions o on o.id = k.id
    cross join this t
    left join files f on f.id = o.id
    where o.id <> t.id and o.duplicate_of is null
      and (
        ${addressOf(Prisma.sql`o`)} = t.address
        or f.id is not null
        or length(left(o.message, ${comparedLength}::int))
          between length(t.message) * ${nearness}::float8 * 0.9 and length(t.message) / ${nearness}::float8 / 0.9
      )`);
  return rankDuplicates(
    rows[0]?.own ?? "",
    rows.map(({ own: _, ...candidate }) => ({ ...candidate, message: onOneLine(candidate.message) })),
  );
}

/**
 * The same for a contact's page, which must not fail with it. Nothing is searched if the contact is a duplicate
 * already.
 */
export function findDuplicates({ contact }: LoadedContact, route: string): Promise<Loaded<Duplicate[]>> {
  if (contact.duplicateOf !== null) return Promise.resolve({ ok: true, value: [] });
  return load(listDuplicates(contact.id), route);
}
