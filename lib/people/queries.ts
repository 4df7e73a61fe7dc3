import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { isNotGiven } from "@/lib/database/not-given";
import { notSpecified, notSpecifiedLower } from "@/lib/database/not-given-sql";
import { queryRows, type RunQuery } from "@/lib/database/query";
import { trimText } from "@/lib/text/visible-text";
import type { Candidate, Person, PersonAct } from "./person";
import { keyOf } from "./person-key";

/** Most people that one search shows. */
const mostCandidates = 50;

/**
 * People who match what somebody typed: a whole address, name or contact id, in any case. Latest contact first.
 * @throws DatabaseError
 */
export async function findPeople(typed: string): Promise<Candidate[]> {
  const text = trimText(typed);
  return queryRows<Candidate>(
    Prisma.sql`
      select
        (array_agg(id order by "timestamp" desc, id))[1] as contact,
        (array_agg(nullif(nullif(trim_text(email), ''), ${notSpecified}) order by "timestamp" desc, id))[1] as address,
        array_agg(distinct name) as names,
        count(*)::int as contacts,
        max("timestamp") as "lastAt"
      from contact_submissions
      where ${personKey} in (
        select ${personKey} from contact_submissions
        where id = ${text} or lower(trim_text(email)) = lower(${text}) or lower(trim_text(name)) = lower(${text}))
      group by ${personKey}
      order by 5 desc
      limit ${mostCandidates}::int`,
    "analytics",
  );
}

/** SQL: contacts with the same address belong to one person. Each contact without an address is its own person. */
const personKey = Prisma.sql`coalesce(nullif(nullif(lower(trim_text(email)), ''), ${notSpecifiedLower}), id)`;

/** The person who sent a contact. Null if there is no such contact. @throws DatabaseError */
export async function getPerson(contact: string): Promise<Person | null> {
  return toPerson(contact, await queryRows<PersonRow>(selectPerson([contact]), "analytics"));
}

/** Reads the person again in the caller's transaction, because they may have written again. Null if nothing is left. */
export async function readPersonAgain(run: RunQuery, { contact, contacts }: Person): Promise<Person | null> {
  return toPerson(contact, await run<PersonRow>(selectPerson(contacts)));
}

type PersonRow = { id: string; name: string; email: string };

function selectPerson(contacts: string[]): Prisma.Sql {
  return Prisma.sql`
    select id, name, email from contact_submissions
    where ${personKey} in (select ${personKey} from contact_submissions where id = any (${contacts}::text[]))
    order by "timestamp", id`;
}

function toPerson(contact: string, rows: PersonRow[]): Person | null {
  const last = rows.at(-1);
  if (!last) return null;
  const address = trimText(last.email);
  return {
    contact,
    address: isNotGiven(address) ? null : address,
    names: [...new Set(rows.map(({ name }) => name))],
    contacts: rows.map(({ id }) => id),
  };
}

/** When a person with this address was last forgotten. Null if there is no record of it. @throws DatabaseError */
export async function findForgotten(typed: string): Promise<Date | null> {
  const [act] = await queryRows<{ doneAt: Date }>(Prisma.sql`
    select done_at as "doneAt" from person_acts
    where person_key = ${keyOf(typed)} and kind = 'forgotten'
    order by done_at desc
    limit 1`);
  return act?.doneAt ?? null;
}

/** The latest acts: who did what, and how many files are still to be removed. @throws DatabaseError */
export function listPersonActs(): Promise<PersonAct[]> {
  return queryRows<PersonAct>(Prisma.sql`
    select
      a.id,
      a.kind,
      s.name as staff,
      a.done_at as "doneAt",
      a.counts,
      coalesce(f.files, 0) as "filesLeft",
      f.problem
    from person_acts a
    left join staff s on s.id = a.staff_id
    left join lateral (
      select count(*)::int as files, max(problem) as problem from forgotten_files where act_id = a.id
    ) f on true
    order by a.done_at desc
    limit 50`);
}
