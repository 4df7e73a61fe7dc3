import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Run, readModels } from "@/lib/database/query";
import type { ContactFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import { parseFilter, printFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { listContactIds } from "@/lib/list/queries";
import { getNow } from "@/lib/runtime/clock";
import { ahead, claimSeconds, queueLimit } from "./queue";

/** A queue as it was frozen: how many contacts it holds, and whether more matched than it can hold. */
export type Queue = { id: string; total: number; more: boolean };

/** A contact's place in its queue, from 1. */
export type Claim = { id: string; position: number };

/** Until when what is claimed now is the person's. */
const until = Prisma.sql`clock_timestamp() + make_interval(secs => ${claimSeconds}::int)`;

/** How long a queue is kept after its start, and how many of a person's. */
const queueKept = Prisma.sql`interval '2 days'`;
export const mostQueues = 20;

/**
 * Freezes a queue: the filter's contacts in its order as they are now. The same id again gives the queue that was frozen first.
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
      values (${id}::uuid, ${viewer.staffId}::uuid, ${String(printFilter(filter))}, ${ids.slice(0, queueLimit)}::text[])
      on conflict (id) do nothing`);
    return run<{ total: number }>(Prisma.sql`
      select cardinality(contact_ids) as total from triage_queues
      where id = ${id}::uuid and staff_id = ${viewer.staffId}::uuid`);
  });
  return { id, total: stored?.total ?? 0, more: ids.length > queueLimit };
}

/** Looks for free contacts until none was taken meanwhile: each time somebody else has got on, so a few are enough. */
const mostLooks = 5;

/**
 * What a person wants of their queue: contacts from a position on that still match it, without those at some positions; and
 * besides these the `kept` ones, whatever has become of them, which are on the screen or one key away from it.
 */
export type Wanted = { position: number; except: number[]; kept: string[] };

/**
 * The first contacts in a queue's order that are the person's from a position on, one more than are held ahead: what they have
 * already and what nobody has. Whatever else they had but the kept ones is given up. Null where there is no such queue of theirs.
 *
 * Two who ask at once get different ones: a free contact is locked, or skipped where somebody else has locked it, and claimed
 * by a second statement, which sees what was claimed before the lock was had. So nobody waits for another person's claim, and
 * two cannot wait for each other. What is theirs already is asked for without that lock, or the contact on their screen could
 * be skipped while somebody else tries for it.
 * @throws DatabaseError
 */
export async function claimFrom(queueId: string, viewer: Viewer, wanted: Wanted): Promise<Claim[] | null> {
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
    // `free` takes as many as are missing beside those of the person that come before the first of it. What then turns out to
    // be too far ahead is given up below: the person has gone back.
    const look = () =>
      run<Claim & { own: boolean }>(Prisma.sql`
      with places as materialized (
        select place.id, place.position::int
        from triage_queues q
        cross join unnest(q.contact_ids) with ordinality as place (id, position)
        where q.id = ${queueId}::uuid and place.position >= ${position}::int
          and place.position <> all (${except}::int[])
      ),
      mine as (
        update triage_claims k
        set claimed_until = ${until}
        from places p
        join contact_submissions c on c.id = p.id
        where k.contact_id = p.id and k.staff_id = ${staffId}::uuid and k.claimed_until > clock_timestamp()
          and ${predicate(filter, viewer)}
        returning p.id, p.position
      ),
      free as materialized (
        select c.id, p.position
        from places p
        join contact_submissions c on c.id = p.id
        where ${unclaimed} and (select count(*) from mine m where m.position < p.position) <= ${ahead}::int
        order by p.position
        limit greatest(0, ${ahead + 1}::int - (
          select count(*) from mine m
          where m.position < (
            select min(p.position) from places p join contact_submissions c on c.id = p.id where ${unclaimed})))
        for no key update of c skip locked
      )
      select id, position, true as own from mine
      union all
      select id, position, false from free
      order by position`);
    let claims: Claim[] = [];
    for (let tries = 0; tries < mostLooks; tries++) {
      const found = await look();
      const free = found.flatMap(({ id, own }) => (own ? [] : id));
      const claimed = await claimLocked(run, staffId, free);
      claims = found
        .filter(({ id, own }) => own || claimed.has(id))
        .slice(0, ahead + 1)
        .map(({ id, position }) => ({ id, position }));
      // Somebody claimed them between the look and the lock. The next look sees that, and passes over them.
      if (claimed.size === free.length) break;
    }
    const held = [...claims.map(({ id }) => id), ...kept];
    await run(Prisma.sql`
      delete from triage_claims where staff_id = ${staffId}::uuid and contact_id <> all (${held}::text[])`);
    return claims;
  });
}

/** Makes contacts the person's for the usual time that are theirs or nobody's. */
async function claimKept(run: Run, staffId: string, ids: string[]): Promise<void> {
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
 * Claims those of some contacts that nobody has claimed; gives which. This transaction has locked the contacts, as whoever claims
 * does, so what others claimed before is committed and seen here. An expired claim that its person is about to drop is left out.
 */
async function claimLocked(run: Run, staffId: string, ids: string[]): Promise<Set<string>> {
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

/** Locks a person's claims in one order, so that two of their windows wait for each other in turn. */
async function lockOwn(run: Run, staffId: string): Promise<void> {
  await run(Prisma.sql`
    select from triage_claims where staff_id = ${staffId}::uuid order by contact_id for update`);
}

/** Keeps a person's claims alive and gives the contacts that are still theirs. @throws DatabaseError */
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

/** Gives up all of a person's claims: they have left triage. @throws DatabaseError */
export async function dropClaims(staffId: string): Promise<void> {
  await inTransaction("interactive", async (run, models) => {
    await lockOwn(run, staffId);
    await models.triageClaim.deleteMany({ where: { staffId } });
  });
}

/** The names of others who are in triage now, in their order. @throws DatabaseError */
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
