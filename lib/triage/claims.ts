import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type RunQuery, readModels } from "@/lib/database/query";
import { resolveDays } from "@/lib/filter/days";
import type { ContactFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import { parseFilter, printFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { listContactIds } from "@/lib/list/queries";
import { getNow } from "@/lib/runtime/clock";
import { ahead, claimSeconds, queueLimit } from "./queue";

/** A queue as it was frozen: how many contacts it holds, and whether more matched than it can hold. */
export type Queue = { id: string; total: number; more: boolean };

/** A contact of a queue, and its position in it, from 1. */
export type QueuedContact = { id: string; position: number };

/** When a claim that is made or extended now expires. */
const until = Prisma.sql`clock_timestamp() + make_interval(secs => ${claimSeconds}::int)`;

/** How long a queue is kept after its start, and how many per person. */
const queueKept = Prisma.sql`interval '2 days'`;
export const mostQueues = 20;

/**
 * Freezes a queue: the filter's contacts in its order as they are now. Relative days are frozen too, because a session
 * may last beyond midnight. The same id again gives the queue that was frozen first.
 * @throws DatabaseError
 */
export async function startQueue(id: string, filter: ContactFilter, viewer: Viewer): Promise<Queue> {
  const ids = await listContactIds(filter, viewer, queueLimit + 1);
  const [stored] = await inTransaction("interactive", async (run) => {
    await run(Prisma.sql`
      delete from triage_queues
      where staff_id = ${viewer.staffId}::uuid and id <> ${id}::uuid
        and (created_at < now() - ${queueKept} or id in (
          select id from triage_queues
          where staff_id = ${viewer.staffId}::uuid
          order by created_at desc, id
          offset ${mostQueues - 1}::int))`);
    await run(Prisma.sql`
      insert into triage_queues (id, staff_id, filter, contact_ids)
      values (${id}::uuid, ${viewer.staffId}::uuid, ${String(printFilter(resolveDays(filter, viewer)))}, ${ids.slice(0, queueLimit)}::text[])
      on conflict (id) do nothing`);
    return run<{ total: number }>(Prisma.sql`
      select cardinality(contact_ids) as total from triage_queues
      where id = ${id}::uuid and staff_id = ${viewer.staffId}::uuid`);
  });
  return { id, total: stored?.total ?? 0, more: ids.length > queueLimit };
}

/**
 * The most attempts to claim free contacts. An attempt falls short only if somebody else has claimed some of them
 * meanwhile, so a few are enough.
 */
const mostLooks = 5;

/**
 * What a person wants of their queue: the contacts from a position on that still match it, without those at the
 * `except` positions. The `kept` contacts are on the screen or one key away from it, so they stay the person's whatever
 * their state.
 */
export type Wanted = { position: number; except: number[]; kept: string[] };

/**
 * Claims the first contacts of a queue from a position on: those that the person has already and those that nobody has.
 * They are one more than are held ahead. The person's other claims are released, except the kept ones. Null if the
 * person has no such queue.
 *
 * Two people who ask at once get different contacts. A free contact is locked, or skipped if somebody else has locked
 * it. A second statement then claims it, because that statement sees what was claimed before the lock was obtained. So
 * nobody waits for another person's claim, and two cannot deadlock. The person's own contacts are read without that
 * lock. Otherwise the contact on their screen could be skipped while somebody else tries for it.
 * @throws DatabaseError
 */
export async function claimFrom(queueId: string, viewer: Viewer, wanted: Wanted): Promise<QueuedContact[] | null> {
  const { staffId } = viewer;
  const { position, except, kept } = wanted;
  return inTransaction("interactive", async (run) => {
    const [queue] = await run<{ filter: string }>(Prisma.sql`
      select filter from triage_queues where id = ${queueId}::uuid and staff_id = ${staffId}::uuid`);
    if (!queue) return null;
    const { filter } = parseFilter(new URLSearchParams(queue.filter));
    await lockOwn(run, staffId);
    if (kept.length > 0) await claimKept(run, staffId, kept);
    const unclaimed = Prisma.sql`${predicate(filter, viewer)} and not exists (
      select from triage_claims k where k.contact_id = c.id and k.claimed_until > clock_timestamp())`;
    // `free` takes as many as are missing, after the person's own contacts that come before the first free one. Own
    // contacts that are then too far ahead are released below, because the person has gone back.
    const look = () =>
      run<QueuedContact & { own: boolean }>(Prisma.sql`
      with queued as materialized (
        select item.id, item.position::int
        from triage_queues q
        cross join unnest(q.contact_ids) with ordinality as item (id, position)
        where q.id = ${queueId}::uuid and item.position >= ${position}::int
          and item.position <> all (${except}::int[])
      ),
      mine as (
        update triage_claims k
        set claimed_until = ${until}
        from queued p
        join contact_submissions c on c.id = p.id
        where k.contact_id = p.id and k.staff_id = ${staffId}::uuid and k.claimed_until > clock_timestamp()
          and ${predicate(filter, viewer)}
        returning p.id, p.position
      ),
      free as materialized (
        select c.id, p.position
        from queued p
        join contact_submissions c on c.id = p.id
        where ${unclaimed} and (select count(*) from mine m where m.position < p.position) <= ${ahead}::int
        order by p.position
        limit greatest(0, ${ahead + 1}::int - (
          select count(*) from mine m
          where m.position < (
            select min(p.position) from queued p join contact_submissions c on c.id = p.id where ${unclaimed})))
        for no key update of c skip locked
      )
      select id, position, true as own from mine
      union all
      select id, position, false from free
      order by position`);
    let claims: QueuedContact[] = [];
    for (let tries = 0; tries < mostLooks; tries++) {
      const found = await look();
      const free = found.flatMap(({ id, own }) => (own ? [] : id));
      const claimed = await claimLocked(run, staffId, free);
      claims = found
        .filter(({ id, own }) => own || claimed.has(id))
        .slice(0, ahead + 1)
        .map(({ id, position }) => ({ id, position }));
      // If some are missing, somebody claimed them between the look and the lock. The next look sees that and skips
      // them.
      if (claimed.size === free.length) break;
    }
    const held = [...claims.map(({ id }) => id), ...kept];
    await run(Prisma.sql`
      delete from triage_claims where staff_id = ${staffId}::uuid and contact_id <> all (${held}::text[])`);
    return claims;
  });
}

/** Claims those of the contacts that are free, and extends the claims that the person has on them. */
async function claimKept(run: RunQuery, staffId: string, ids: string[]): Promise<void> {
  await run(Prisma.sql`
    update triage_claims
    set claimed_until = ${until}
    where contact_id = any (${ids}::text[]) and staff_id = ${staffId}::uuid and claimed_until > clock_timestamp()`);
  const free = await run<{ id: string }>(Prisma.sql`
    select c.id
    from contact_submissions c
    where c.id = any (${ids}::text[])
      and not exists (
        select from triage_claims k where k.contact_id = c.id and k.claimed_until > clock_timestamp())
    for no key update of c skip locked`);
  await claimLocked(
    run,
    staffId,
    free.map(({ id }) => id),
  );
}

/**
 * Claims those of some contacts that nobody has claimed, and gives their ids. This transaction has locked the contacts,
 * as every claim does, so what others claimed before is committed and seen here. An expired claim whose row is locked
 * is skipped, because its person is about to drop it.
 */
async function claimLocked(run: RunQuery, staffId: string, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const claimed = await run<{ id: string }>(Prisma.sql`
    with expired as materialized (
      select contact_id from triage_claims
      where contact_id = any (${ids}::text[]) and claimed_until <= clock_timestamp()
      for update skip locked
    )
    insert into triage_claims as k (contact_id, staff_id, claimed_until)
    select w.id, ${staffId}::uuid, ${until}
    from unnest(${ids}::text[]) as w (id)
    where w.id in (select contact_id from expired)
      or not exists (select from triage_claims other where other.contact_id = w.id)
    order by w.id
    on conflict (contact_id) do update set staff_id = excluded.staff_id, claimed_until = excluded.claimed_until
      where k.claimed_until <= clock_timestamp()
    returning k.contact_id as id`);
  return new Set(claimed.map(({ id }) => id));
}

/** Locks a person's claims in one order, so that two of their windows wait for each other instead of deadlocking. */
async function lockOwn(run: RunQuery, staffId: string): Promise<void> {
  await run(Prisma.sql`
    select from triage_claims where staff_id = ${staffId}::uuid order by contact_id for update`);
}

/** Heartbeat: extends a person's claims, and gives the contacts that are still theirs. @throws DatabaseError */
export async function keepClaims(staffId: string): Promise<string[]> {
  const kept = await inTransaction("interactive", async (run) => {
    await lockOwn(run, staffId);
    return run<{ id: string }>(Prisma.sql`
      update triage_claims set claimed_until = ${until}
      where staff_id = ${staffId}::uuid and claimed_until > clock_timestamp()
      returning contact_id as id`);
  });
  return kept.map(({ id }) => id);
}

/** Releases all of a person's claims, because they have left triage. @throws DatabaseError */
export async function dropClaims(staffId: string): Promise<void> {
  await inTransaction("interactive", async (run, models) => {
    await lockOwn(run, staffId);
    await models.triageClaim.deleteMany({ where: { staffId } });
  });
}

/** The names of others who are in triage now, at most 10, in alphabetical order. @throws DatabaseError */
export async function listOthers(staffId: string): Promise<string[]> {
  const others = await readModels((models) =>
    models.staff.findMany({
      where: { id: { not: staffId }, claims: { some: { claimedUntil: { gt: getNow() } } } },
      select: { name: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 10,
    }),
  );
  return others.map(({ name }) => name);
}
