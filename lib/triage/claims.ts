import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, queryRows } from "@/lib/database/query";
import type { ContactFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/predicate";
import { parseFilter, printFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { listContactIds } from "@/lib/inbox/queries";
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

/**
 * What a person has of their queue from a position on, filled up with contacts that still match it and that nobody has; whatever
 * else they had is given up. Null where there is no such queue of theirs.
 *
 * Two who ask at once get different ones: rows that the other is about to claim are locked and skipped, and where both had
 * looked before either wrote, the claim's key lets only one in. What is theirs already is asked for without that lock, or the
 * contact on their screen could be skipped while somebody else tries for it.
 * @param kept ids held besides: the contact decided last, which one key brings back
 * @throws DatabaseError
 */
export async function claimFrom(
  queueId: string,
  viewer: Viewer,
  position: number,
  kept: string[],
): Promise<Claim[] | null> {
  const { staffId } = viewer;
  return inTransaction("interactive", async (run) => {
    const [queue] = await run<{ filter: string }>(Prisma.sql`
      select filter from triage_queues where id = ${queueId}::uuid and staff_id = ${staffId}::uuid`);
    if (!queue) return null;
    const { filter } = parseFilter(new URLSearchParams(queue.filter));
    const claims = await run<Claim>(Prisma.sql`
      with places as materialized (
        select place.id, place.position::int
        from triage_queues q
        cross join unnest(q.contact_ids) with ordinality as place (id, position)
        where q.id = ${queueId}::uuid and place.position >= ${position}::int
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
        where ${predicate(filter, viewer)}
          and not exists (
            select from triage_claims k where k.contact_id = c.id and k.claimed_until > clock_timestamp())
        order by p.position
        limit greatest(0, ${ahead + 1}::int - (select count(*) from mine))
        for no key update of c skip locked
      ),
      claimed as (
        insert into triage_claims as k (contact_id, staff_id, claimed_until)
        select id, ${staffId}::uuid, ${until} from free order by id
        on conflict (contact_id) do update set staff_id = excluded.staff_id, claimed_until = excluded.claimed_until
          where k.claimed_until <= clock_timestamp()
        returning k.contact_id
      )
      select id, position from mine
      union all
      select free.id, free.position from claimed join free on free.id = claimed.contact_id
      order by position`);
    const held = [...claims.map(({ id }) => id), ...kept];
    await run(Prisma.sql`
      delete from triage_claims where staff_id = ${staffId}::uuid and contact_id <> all (${held}::text[])`);
    return claims;
  });
}

/** Keeps a person's claims alive and gives the contacts that are still theirs. @throws DatabaseError */
export async function keepClaims(staffId: string): Promise<string[]> {
  const kept = await inTransaction("interactive", (run) =>
    run<{ id: string }>(Prisma.sql`
      update triage_claims set claimed_until = ${until}
      where staff_id = ${staffId}::uuid and claimed_until > clock_timestamp()
      returning contact_id as id`),
  );
  return kept.map(({ id }) => id);
}

/** Gives up all of a person's claims: they have left triage. @throws DatabaseError */
export async function dropClaims(staffId: string): Promise<void> {
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`delete from triage_claims where staff_id = ${staffId}::uuid`),
  );
}

/** The names of others who are in triage now, in their order. @throws DatabaseError */
export async function listOthers(staffId: string): Promise<string[]> {
  const others = await queryRows<{ name: string }>(Prisma.sql`
    select s.name
    from staff s
    where s.id <> ${staffId}::uuid
      and exists (select from triage_claims k where k.staff_id = s.id and k.claimed_until > clock_timestamp())
    order by s.name, s.id
    limit 10`);
  return others.map(({ name }) => name);
}
