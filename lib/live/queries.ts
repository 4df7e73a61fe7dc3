import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { listSteps, type StepRow, stepColumns } from "@/lib/contact/steps";
import { parseInstant } from "@/lib/database/instants";
import type { RunQuery } from "@/lib/database/query";
import type { ContactFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import type { LiveChange } from "./news";

/**
 * Seconds by which each look overlaps the previous one. Rows are not committed in the order of their times. Rows of a
 * transaction up to this long are found by the look after its commit. Rows of longer ones appear when the list is next
 * loaded.
 */
export const overlap = 30;

/** Most changes, and most arrivals, that one look reads: the newest. */
export const mostRows = 500;

/** Seconds after its last heartbeat for which a tab counts as having a contact open. */
export const presenceSeconds = 25;

/** The result of a look. Instants in ms of the database's clock. */
export type Look = {
  at: number;
  changes: (LiveChange & { at: number })[];
  arrived: { id: string; at: number }[];
};

/**
 * Changes and arrivals since the last look, including the overlap before it. On the first look, those of the overlap.
 * It is one statement with two index range scans, because it runs every second.
 * @param after where the last look ended, in ms of the database's clock; the overlap is subtracted. Null for the first
 * look.
 */
export async function lookForNews(run: RunQuery, after: number | null): Promise<Look> {
  const from = Prisma.sql`coalesce(to_timestamp(${after}::float8 / 1000), now()) - make_interval(secs => ${overlap}::int)`;
  const [look] = await run<Omit<Look, "changes"> & { changes: StoredChange[] }>(Prisma.sql`
    select
      extract(epoch from now())::float8 * 1000 as at,
      (
        select coalesce(json_agg(found), '[]')
        from (
          select h.id, h.contact_id as contact, h.operation, h.version_to as version, h.actor, h.actor_id as "actorId",
            ${stepColumns},
            extract(epoch from h.changed_at)::float8 * 1000 as at
          from contact_history h
          where h.changed_at > ${from} and h.changed_at <= now()
          order by h.changed_at desc
          limit ${mostRows}::int
        ) found
      ) as changes,
      (
        select coalesce(json_agg(found), '[]')
        from (
          select c.id, extract(epoch from c.created_at)::float8 * 1000 as at
          from contact_submissions c
          where c.created_at > ${from} and c.created_at <= now()
          order by c.created_at desc
          limit ${mostRows}::int
        ) found
      ) as arrived`);
  if (!look) throw new Error("A statement without a condition gave no row.");
  return { ...look, changes: look.changes.map(toChange) };
}

/** As JSON returns it: instants are texts. */
type StoredChange = Omit<Look["changes"][number], "steps"> &
  Omit<StepRow, "fields" | "snoozedUntilFrom" | "snoozedUntilTo"> & {
    fields: string[];
    snoozedUntilFrom: string | null;
    snoozedUntilTo: string | null;
  };

function toChange(row: StoredChange): Look["changes"][number] {
  const { id, at, contact, operation, version, actor, actorId, fields, statusFrom, statusTo } = row;
  const [snoozedUntilFrom, snoozedUntilTo] = [row.snoozedUntilFrom, row.snoozedUntilTo].map(
    (text) => text && parseInstant(text.replace("T", " ")),
  ) as [Date | null, Date | null];
  const steps = operation === "delete" ? [] : listSteps({ ...row, snoozedUntilFrom, snoozedUntilTo });
  return { id, at, contact, operation, version, actor, actorId, fields, statusFrom, statusTo, steps };
}

/** A list that somebody has on the screen. Its viewer's day is that of the look, because a stream outlasts days. */
export type WatchedList = { filter: ContactFilter; viewer: Viewer };

/** Which of these contacts match which lists now, by the list's key. Only these contacts are read. */
export async function matchLists(
  run: RunQuery,
  ids: string[],
  lists: ReadonlyMap<string, WatchedList>,
): Promise<Map<string, Set<string>>> {
  const matches = new Map([...lists.keys()].map((key) => [key, new Set<string>()]));
  if (ids.length === 0 || lists.size === 0) return matches;
  const asked = [...lists.values()].map(
    ({ filter, viewer }, index) => Prisma.sql`case when ${predicate(filter, viewer)} then ${index}::int end`,
  );
  const found = [...matches.values()];
  for (const some of inStatements(asked)) {
    const rows = await run<{ id: string; lists: number[] }>(Prisma.sql`
      select c.id, array_remove(array[${Prisma.join(some)}], null) as lists
      from contact_submissions c
      where c.id = any(${ids}::text[])`);
    for (const row of rows) for (const index of row.lists) found[index]?.add(row.id);
  }
  return matches;
}

/** Most parameters of one statement. The protocol allows 65,535, and one filter may have some thousands. */
const mostValues = 30_000;

/** Splits the conditions into as many statements as needed: nearly always one. */
function inStatements(conditions: Prisma.Sql[]): Prisma.Sql[][] {
  const statements: Prisma.Sql[][] = [];
  let room = 0;
  for (const condition of conditions) {
    room -= condition.values.length;
    if (room < 0 || statements.length === 0) {
      statements.push([]);
      room = mostValues - condition.values.length;
    }
    statements.at(-1)?.push(condition);
  }
  return statements;
}

/** A tab with a contact open in it. */
export type Presence = { tab: string; contact: string; staffId: string };

/** Presence heartbeat: records which contacts the tabs of this server have open, and removes tabs that have left. */
export async function recordPresence(run: RunQuery, presence: Presence[], left: string[]): Promise<void> {
  const tabs = presence.map(({ tab }) => tab);
  await run(Prisma.sql`
    with gone as (
      delete from contact_viewers
      where tab in (
        select tab from contact_viewers
        where tab = any(${left}::uuid[])
          or (seen_at < now() - make_interval(mins => 1) and tab <> all(${tabs}::uuid[]))
        for update skip locked
      )
    )
    insert into contact_viewers as v (tab, contact_id, staff_id, seen_at)
    select w.tab, w.contact, w.staff, now()
    from unnest(
      ${tabs}::uuid[],
      ${presence.map(({ contact }) => contact)}::text[],
      ${presence.map(({ staffId }) => staffId)}::uuid[]
    ) as w (tab, contact, staff)
    join staff s on s.id = w.staff
    on conflict (tab) do update set contact_id = excluded.contact_id, seen_at = excluded.seen_at`);
}

/** Who has these contacts open, on any server: each person once, ordered by id. */
export async function listPresence(run: RunQuery, contacts: string[]): Promise<Map<string, string[]>> {
  const rows = await run<{ contact: string; staff: string[] }>(Prisma.sql`
    select contact_id as contact, array_agg(distinct staff_id::text order by staff_id::text) as staff
    from contact_viewers
    where contact_id = any(${contacts}::text[]) and seen_at > now() - make_interval(secs => ${presenceSeconds}::int)
    group by contact_id`);
  return new Map(rows.map(({ contact, staff }) => [contact, staff]));
}
