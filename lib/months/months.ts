import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction, queryRows } from "@/lib/database/query";
import { logFailedRequest } from "@/lib/runtime/log";
import { workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { singleFlight } from "@/lib/runtime/single-flight";
import type { DueMonth, MonthPreview, MonthRules } from "./month-rules";

/** Months whose partitions are created in advance, so that no server need run for that long. */
const monthsAhead = 3;

/**
 * Most rows of a month that may be moved out of the default partition at once. Its writers wait meanwhile, for less
 * than a second.
 */
const mostMoved = 20_000;

/**
 * Milliseconds between two checks whether the work is due. After the work, the database's due time is set an hour
 * ahead.
 */
const lookEvery = 60_000;

/** @throws DatabaseError */
export async function getMonthRules(): Promise<MonthRules> {
  const [row] = await queryRows<MonthRules>(
    Prisma.sql`select history_months as history, events_months as events from desk_settings`,
  );
  return row ?? { history: null, events: null };
}

/** Saves the rules. They take effect a day later, so that there is time to reconsider. @throws DatabaseError */
export async function changeMonthRules({ history, events }: MonthRules): Promise<void> {
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update desk_settings
      set history_months = ${history}::int, events_months = ${events}::int, months_due_at = now() + interval '1 day'`),
  );
}

/** What rules would detach now, with rows and size. Changes nothing. @throws DatabaseError */
export async function previewMonths({ history, events }: MonthRules): Promise<MonthPreview> {
  const [divided] = await queryRows<{ divided: boolean }>(
    Prisma.sql`select relkind = 'p' as divided from pg_class where oid = 'public.analytics_events'::regclass`,
  );
  const months = await queryRows<DueMonth>(
    Prisma.sql`
      select
        case m.parent when 'contact_history' then 'history' else 'events' end as of,
        m.name,
        m.upper as until,
        (
          case m.parent
            when 'contact_history' then (
              select count(*) from contact_history
              where changed_at >= coalesce(m.lower, '-infinity') and changed_at < m.upper
            )
            else (
              select count(*) from analytics_events
              where "timestamp" >= coalesce(m.lower, '-infinity') and "timestamp" < m.upper
            )
          end
        )::float8 as rows,
        pg_total_relation_size(to_regclass('public.' || quote_ident(m.name)))::float8 as bytes
      from list_months() m
      where ${isDue(Prisma.sql`case m.parent when 'contact_history' then ${history}::int else ${events}::int end`)}
      order by 1, 3`,
    "analytics",
  );
  return { divided: divided?.divided ?? false, months };
}

/** SQL: whether all of a partition `m` is older than so many whole months. Never true if they are null. */
function isDue(months: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`m.upper <= date_trunc('month', now(), 'UTC') - make_interval(months => ${months})`;
}

/** Creates the coming months and applies the rules, if due and no other server does so. Callers need not wait. */
export function wakeMonths(): Promise<void> {
  return singleFlight("months", () => workOn("months", null, () => workFor(null, work)));
}

/** Checks once a minute, from server start on. */
export function watchMonths(): void {
  setInterval(() => void wakeMonths(), lookEvery).unref();
  void wakeMonths();
}

async function work(): Promise<void> {
  try {
    let tryAgain = false;
    for (const name of await lookAfterMonths()) tryAgain = !(await detach(name)) || tryAgain;
    if (tryAgain) await inTransaction("bulk", (run) => run(Prisma.sql`update desk_settings set months_due_at = now()`));
  } catch (error) {
    logUnlessBusy(error);
  }
}

/** Takes a month off. False if it could not: somebody reads it, as a dump does, and the others need not wait for that. */
async function detach(name: string): Promise<boolean> {
  try {
    await inTransaction("bulk", (run) => run(Prisma.sql`select detach_month(${name})`));
    return true;
  } catch (error) {
    logUnlessBusy(error);
    return false;
  }
}

function logUnlessBusy(error: unknown): void {
  if (describeDatabaseError(error).code === "busy") return;
  logFailedRequest(error, { method: "RUN", route: "months", kind: "hour" });
}

/**
 * Makes the months ahead and lists what the rules let go. It holds the settings' row, so only one of several servers does it
 * and the others skip it. If a lock is not free at once, it fails, nothing is changed, and the next look retries. Once a
 * month was made it looks again a minute later, because a month with rows in the default part is made alone.
 * @returns the names of the months to detach
 */
async function lookAfterMonths(): Promise<string[]> {
  return inTransaction("forget", async (run) => {
    const [rules] = await run<MonthRules>(Prisma.sql`
      select history_months as history, events_months as events from desk_settings
      where months_due_at <= now()
      for no key update skip locked`);
    if (!rules) return [];
    const { history, events } = rules;
    const due = await run<{ name: string }>(Prisma.sql`
      select m.name from list_months() m
      where ${isDue(Prisma.sql`case m.parent when 'contact_history' then ${history}::int else ${events}::int end`)}`);
    // The last statement before the commit, because writers may wait for it.
    await run(Prisma.sql`
      update desk_settings
      set months_due_at = now() + case make_months(${monthsAhead}::int, ${mostMoved}::int) when 0 then interval '1 hour' else '0' end`);
    return due.map(({ name }) => name);
  });
}
