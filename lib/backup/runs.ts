import "server-only";
import { hostname } from "node:os";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, queryRows } from "@/lib/database/query";
import type { CheckOutcome } from "./restore/prove";

/** Milliseconds between two signs of life of whoever makes a backup. */
export const leaseBeat = 20_000;

/** Seconds without one after which a run is taken for ended. */
const leaseLength = 120;

/** Minutes after a failure before the schedule tries again: what failed may heal, and must not be tried without end. */
const restAfterFailure = 30;

/** A try to make a backup, as it is told of. */
export type BackupRun = {
  id: string;
  dueAt: Date | null;
  scheduled: boolean;
  startedAt: Date;
  startedBy: string;
  endedAt: Date | null;
  name: string | null;
  bytes: number | null;
  /** Seconds that the dump took, and its check. */
  makeSeconds: number | null;
  checkSeconds: number | null;
  state: "running" | "failed" | "made" | NonNullable<CheckOutcome["state"]>;
  reason: string | null;
};

/** Why nobody can begin a run now: the one for this instant is done, one is under way, or one has just failed. */
export type RunRefusal = { ok: false; reason: "taken" | "under way" | "resting" };

/**
 * Begins a run, which one alone can: of everybody who asks for the same instant the first, and nobody while another is under way.
 * One whose process has fallen silent is ended first. After a failure only a person may begin another at once.
 * @throws DatabaseError
 */
export function beginRun(dueAt: Date | null): Promise<{ ok: true; id: string } | RunRefusal> {
  return inTransaction("interactive", async (run) => {
    await run(Prisma.sql`
      update backup_runs
      set ended_at = now(), reason = 'Its process ended before it was done.',
        due_at = case when name is not null then due_at end,
        retry_at = case when name is null then now() + ${restAfterFailure}::int * interval '1 minute' end
      where ended_at is null and seen_at < now() - ${leaseLength}::int * interval '1 second'`);
    const [begun] = await run<{ id: string }>(Prisma.sql`
      insert into backup_runs (due_at, scheduled, started_by)
      select ${dueAt}::timestamptz, ${dueAt !== null}, ${`${hostname()} ${process.pid}`}
      where ${dueAt}::timestamptz is null or not ${isResting}
      on conflict do nothing
      returning id`);
    if (begun) return { ok: true, id: begun.id };
    const [found] = await run<{ taken: boolean; resting: boolean }>(Prisma.sql`
      select exists (select from backup_runs where due_at = ${dueAt}::timestamptz and ended_at is not null) as taken, ${isResting} as resting`);
    if (found?.taken) return { ok: false, reason: "taken" };
    return { ok: false, reason: dueAt && found?.resting ? "resting" : "under way" };
  });
}

const isResting = Prisma.sql`exists (select from backup_runs where retry_at > clock_timestamp())`;

/** Says that a run is still being made. Gives false where it was taken for ended. @throws DatabaseError */
export async function extendRun(id: string): Promise<boolean> {
  return inTransaction("interactive", async (run) => {
    const rows = await run(Prisma.sql`
      update backup_runs set seen_at = clock_timestamp() where id = ${id}::uuid and ended_at is null returning id`);
    return rows.length > 0;
  });
}

/** That the dump of a run is whole. @throws DatabaseError */
export async function recordMade(id: string, name: string, bytes: number): Promise<void> {
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update backup_runs set name = ${name}, bytes = ${bytes}::bigint, made_at = clock_timestamp()
      where id = ${id}::uuid and ended_at is null`),
  );
}

/**
 * Ends a run. One that made nothing is tried again by the schedule: after a while, or at once where it was only given up.
 * @throws DatabaseError
 */
export async function endRun(
  id: string,
  { check, reason, givenUp = false }: { check: CheckOutcome["state"] | null; reason: string | null; givenUp?: boolean },
): Promise<void> {
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update backup_runs
      set ended_at = now(), check_state = ${check}, reason = left(${reason}, 2000),
        due_at = case when name is not null then due_at end,
        retry_at = case
          when name is null and not ${givenUp}::boolean
          then now() + ${restAfterFailure}::int * interval '1 minute'
        end
      where id = ${id}::uuid and ended_at is null`),
  );
}

/** What a later check of a backup found, where a run is known that made it. @throws DatabaseError */
export async function recordCheck(name: string, outcome: CheckOutcome): Promise<void> {
  // That could not be checked says nothing of the backup.
  if (outcome.state === "unchecked") return;
  const reason = outcome.state === "proved" ? null : outcome.reason;
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update backup_runs set check_state = ${outcome.state}, reason = left(${reason}, 2000)
      where name = ${name} and ended_at is not null`),
  );
}

/** Whether a backup that was begun on the same day (UTC) was proved. @throws DatabaseError */
export async function wasProvedToday(): Promise<boolean> {
  const rows = await queryRows(Prisma.sql`
    select from backup_runs
    where check_state = 'proved' and (started_at at time zone 'UTC')::date = (now() at time zone 'UTC')::date
    limit 1`);
  return rows.length > 0;
}

/** The latest runs, the newest first. @throws DatabaseError */
export function listRuns(count: number): Promise<BackupRun[]> {
  return queryRows<BackupRun>(
    Prisma.sql`
      select id, due_at as "dueAt", scheduled, started_at as "startedAt", started_by as "startedBy", ended_at as "endedAt", name,
        bytes::float8 as bytes,
        extract(epoch from made_at - started_at)::float8 as "makeSeconds",
        case when check_state is not null then extract(epoch from ended_at - made_at)::float8 end as "checkSeconds",
        case
          when ended_at is null then 'running'
          when name is null then 'failed'
          else coalesce(check_state, 'made')
        end as state,
        reason
      from backup_runs
      order by started_at desc
      limit ${count}::int`,
    "health",
  );
}

/** What the alerts ask: when the last backup was begun that is whole, and the last that was proved; how the last run ended. */
export type StoredFigures = {
  madeAt: Date | null;
  bytes: number | null;
  provedAt: Date | null;
  /** When the first run of all began: what has never been proved is as old as that. */
  firstAt: Date | null;
  failed: boolean;
};

/** The figures of the runs, as one question. */
export function selectBackupFigures(): Prisma.Sql {
  return Prisma.sql`
    select made.started_at as "madeAt", made.bytes::float8 as bytes,
      (select max(started_at) from backup_runs where check_state = 'proved') as "provedAt",
      (select min(started_at) from backup_runs) as "firstAt",
      coalesce(
        (
          select name is null or check_state is not distinct from 'refuted'
          from backup_runs where ended_at is not null order by started_at desc limit 1
        ), false) as failed
    from (values (1)) one
    left join lateral (
      select started_at, bytes from backup_runs where name is not null order by started_at desc limit 1
    ) made on true`;
}
