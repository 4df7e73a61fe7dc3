import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction, queryRows, type RunQuery, readModels } from "@/lib/database/query";
import { logFailedRequest } from "@/lib/runtime/log";
import { workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { singleFlight } from "@/lib/runtime/single-flight";
import { wakeFileRemoval } from "./files";
import { forgetContacts, writeAct } from "./forgetting";
import { retentionSchema } from "./retention-input";
import type { RetentionPreview, RetentionRule } from "./retention-rules";

/** Contacts that one transaction removes. It takes about a second, during which nobody else can change them. */
const chunkSize = 500;

/** Milliseconds between two checks whether a Monday has come. */
const lookEvery = 60_000;

/** The stored rules. Empty if retention is off. @throws DatabaseError */
export async function listRetentionRules(): Promise<RetentionRule[]> {
  const row = await readModels((models) => models.deskSettings.findFirst({ select: { retention: true } }));
  return retentionSchema.safeParse(row?.retention).data ?? [];
}

/**
 * Saves the rules. They first apply on the next Monday, so that there is time to see what they will do.
 * @throws DatabaseError
 */
export async function changeRetention(rules: RetentionRule[]): Promise<void> {
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update desk_settings
      set retention = ${rules.length > 0 ? JSON.stringify(rules) : null}::jsonb, retention_week = ${thisMonday}`),
  );
}

/** SQL: the Monday on which this week began, in the desk's zone. */
const thisMonday = Prisma.sql`date_trunc('week', now() at time zone time_zone)::date`;

/** What rules would remove on the next Monday, if nothing changes until then. Changes nothing. @throws DatabaseError */
export async function previewRetention(rules: RetentionRule[]): Promise<RetentionPreview> {
  const parts = await queryRows<RetentionRule & { count: number; nextRun: string }>(
    Prisma.sql`
      with desk as (select time_zone, ${thisMonday} + 7 as next from desk_settings)
      select r.status, r.days, to_char(desk.next, 'YYYY-MM-DD') as "nextRun", (
        select count(*)::int from contact_submissions c
        where ${isDue(Prisma.sql`desk.next`)}
      ) as count
      from desk left join jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r (status text, days integer) on true
      order by r.status`,
    "analytics",
  );
  const counted = parts.filter(({ status }) => status !== null);
  return {
    nextRun: parts[0]?.nextRun ?? "",
    total: counted.reduce((sum, { count }) => sum + count, 0),
    parts: counted.map(({ status, days, count }) => ({ status, days, count })),
  };
}

/**
 * SQL: whether a contact `c` is due by a rule `r` on a Monday. Excluded are contacts snoozed beyond it, those without a
 * finite time, and those already emptied.
 */
function isDue(monday: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`c.status = r.status
    and isfinite(c."timestamp") and c."timestamp" < (${monday} - r.days)::timestamp at time zone time_zone
    and (c.snoozed_until is null or c.snoozed_until <= ${monday}::timestamp at time zone time_zone)
    and not (c.name = '(…)' and c.email = '' and c.message = '')`;
}

/** Applies the rules once per week, if that is still to be done. Callers need not wait. */
export function wakeRetention(): Promise<void> {
  return singleFlight("retention", () => workOn("retention", null, () => workFor(null, work)));
}

/** Checks once a minute, from server start on. A Monday on which no server ran is made up for. */
export function watchRetention(): void {
  setInterval(() => void wakeRetention(), lookEvery).unref();
}

async function work(): Promise<void> {
  let removed = false;
  try {
    while (await runRetentionChunk()) removed = true;
  } catch (error) {
    if (describeDatabaseError(error).code !== "busy") {
      logFailedRequest(error, { method: "RUN", route: "retention", kind: "chunk" });
    }
  }
  if (removed) void wakeFileRemoval();
}

/**
 * Removes the next chunk of due contacts, as forgetting does, with one act per chunk. It holds a lock on the settings'
 * row meanwhile. So of several servers one works and the others skip it, and if it dies another continues.
 * @returns false if nothing is left to do, or another server does it
 */
export function runRetentionChunk(): Promise<boolean> {
  return inTransaction("forget", async (run) => {
    const [due] = await run<{ rules: unknown; monday: string }>(Prisma.sql`
      select retention as rules, to_char(${thisMonday}, 'YYYY-MM-DD') as monday from desk_settings
      where retention is not null and retention_week < ${thisMonday}
      for no key update skip locked`);
    const rules = retentionSchema.safeParse(due?.rules).data;
    if (!due || !rules) return false;
    const contacts = await listDue(run, rules, due.monday);
    // The week is marked done only when nothing is due. A smaller chunk is no sign of that: somebody may have just
    // changed some of its contacts.
    if (contacts.length > 0) {
      await run(Prisma.sql`select set_config('desk.actor', 'system', true)`);
      const act = await writeAct(run, { staffId: null, kind: "retention", personKey: null });
      await forgetContacts(run, act, contacts, null, []);
      return true;
    }
    await run(Prisma.sql`update desk_settings set retention_week = ${due.monday}::date`);
    return false;
  });
}

/**
 * Lists and locks due contacts, in the order in which all changes lock. A contact that somebody is changing is checked
 * again after that change.
 */
async function listDue(run: RunQuery, rules: RetentionRule[], monday: string): Promise<string[]> {
  const rows = await run<{ id: string }>(Prisma.sql`
    select c.id
    from desk_settings, jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r (status text, days integer)
    cross join contact_submissions c
    where ${isDue(Prisma.sql`${monday}::date`)}
    order by c.id
    limit ${chunkSize}::int
    for update of c`);
  return rows.map(({ id }) => id);
}
