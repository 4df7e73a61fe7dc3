import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type RunQuery } from "@/lib/database/query";
import { printFilter } from "@/lib/filter/url";
import { getNow } from "@/lib/runtime/clock";
import { getLog } from "@/lib/runtime/log";
import type { ExportRequest } from "./request";

/** Limits for one person: exports running at a time, and exports begun within an hour. */
export const exportLimits = { running: 2, hourly: 30 } as const;

/** How an export ended; see sql/0300. */
export type Outcome = "finished" | "left" | "failed" | "refused";

export type Recorded = { ok: true; id: string } | { ok: false; retryAfter: number };

/**
 * Records that a person begins an export, before any byte of it is sent. If they have reached the hourly limit, returns
 * in how many seconds the next may begin. It counts under a lock, so that several servers share the limit.
 * @throws DatabaseError
 */
export function recordExport(staffId: string, { filter, columns }: ExportRequest): Promise<Recorded> {
  return inTransaction("interactive", async (run, models) => {
    await run(Prisma.sql`select 1 from pg_advisory_xact_lock(hashtextextended(${`exports of ${staffId}`}, 0))`);
    const [full] = await run<{ seconds: number }>(Prisma.sql`
      select ceil(extract(epoch from started_at + interval '1 hour' - clock_timestamp()))::int as seconds
      from contact_exports
      where staff_id = ${staffId}::uuid and started_at > clock_timestamp() - interval '1 hour'
        and outcome is distinct from 'refused'
      order by started_at desc
      offset ${exportLimits.hourly - 1}::int limit 1`);
    if (full) return { ok: false, retryAfter: Math.max(full.seconds, 1) };
    const { id } = await models.contactExport.create({
      data: { staffId, filter: printFilter(filter).toString(), columns },
      select: { id: true },
    });
    return { ok: true, id };
  });
}

/**
 * Takes one of a person's slots for running exports, inside the export's own transaction. The slot is freed when that
 * transaction ends, so a crashed server never keeps it. False if all are taken.
 */
export async function takeExportSlot(run: RunQuery, staffId: string): Promise<boolean> {
  for (let slot = 1; slot <= exportLimits.running; slot++) {
    const [row] = await run<{ taken: boolean }>(Prisma.sql`
      select pg_try_advisory_xact_lock(hashtextextended(${`export ${slot} of ${staffId}`}, 0)) as taken`);
    if (row?.taken) return true;
  }
  return false;
}

/** Records how an export ended. Never throws, because the response has ended by then; a failure is logged instead. */
export async function recordEnd(
  id: string,
  end: { outcome: Outcome; matching: number | null; written: number },
): Promise<void> {
  try {
    await inTransaction("interactive", (_run, models) =>
      models.contactExport.updateMany({ where: { id }, data: { ...end, endedAt: getNow() } }),
    );
  } catch {
    getLog().error({ event: "export_end_not_recorded", export: id, ...end });
  }
}
