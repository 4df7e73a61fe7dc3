import "server-only";
import { hostname } from "node:os";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, queryRows } from "@/lib/database/query";
import type { CheckOutcome } from "./restore/prove";

/** Milliseconds between two heartbeats of a run. */
export const leaseBeat = 20_000;

/** A run without a heartbeat for this many seconds counts as ended. */
const leaseLength = 120;

/** Minutes before the schedule retries after a failure. The cause may pass, and retries must not be continuous. */
const restAfterFailure = 30;

/** A backup run, as it is shown. */
export type BackupRun = {
  id: string;
  dueAt: Date | null;
  scheduled: boolean;
  startedAt: Date;
  startedBy: string;
  endedAt: Date | null;
  name: string | null;
  bytes: number | null;
  /** Seconds that the dump and its check took. */
  makeSeconds: number | null;
  checkSeconds: number | null;
  state: "running" | "failed" | "made" | NonNullable<CheckOutcome["state"]>;
  reason: string | null;
};

/**
 * Why no run can begin now. "taken": the run for this instant is done. "under way": a run is in progress. "resting":
 * one has just failed.
 */
export type RunRefusal = { ok: false; reason: "taken" | "under way" | "resting" };

/**
 * Begins a run. For one due instant only the first caller succeeds, and nobody while another run is in progress. A run
 * whose heartbeat has stopped is ended first. After a failure only a person may start another at once.
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

/** Heartbeat: extends the run's lease. False if the run already counts as ended. @throws DatabaseError */
export async function extendRun(id: string): Promise<boolean> {
  return inTransaction("interactive", async (run) => {
    const rows = await run(Prisma.sql`
      update backup_runs set seen_at = clock_timestamp() where id = ${id}::uuid and ended_at is null returning id`);
    return rows.length > 0;
  });
}

/** Records that the dump of a run is complete. @throws DatabaseError */
export async function recordMade(id: string, name: string, bytes: number): Promise<void> {
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update backup_runs set name = ${name}, bytes = ${bytes}::bigint, made_at = clock_timestamp()
      where id = ${id}::uuid and ended_at is null`),
  );
}

/**
 * Ends a run. If it made nothing, the schedule retries: at once if it was only aborted, else after a pause.
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

/** Records the result of a later check on the run that made the backup, if there is one. @throws DatabaseError */
export async function recordCheck(name: string, outcome: CheckOutcome): Promise<void> {
  // "unchecked" says nothing about the backup.
  if (outcome.state === "unchecked") return;
  const reason = outcome.state === "proved" ? null : outcome.reason;
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update backup_runs set check_state = ${outcome.state}, reason = left(${reason}, 2000)
      where name = ${name} and ended_at is not null`),
  );
}

/** Whether a backup that began today (UTC) was proved. @throws DatabaseError */
export async function wasProvedToday(): Promise<boolean> {
  const rows = await queryRows(Prisma.sql`
    select from backup_runs
    where check_state = 'proved' and (started_at at time zone 'UTC')::date = (now() at time zone 'UTC')::date
    limit 1`);
  return rows.length > 0;
}

/** The latest runs, newest first. @throws DatabaseError */
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

/** The facts behind the alerts: when the last complete and the last proved backup began, and how the last run ended. */
export type StoredFigures = {
  madeAt: Date | null;
  bytes: number | null;
  provedAt: Date | null;
  /** When the first run began. If no backup was ever proved, lateness counts from here. */
  firstAt: Date | null;
  failed: boolean;
};

/** One statement that reads the figures of the runs. */
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
