import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Run } from "@/lib/database/query";
import { printFilter } from "@/lib/filter/url";
import { getNow } from "@/lib/runtime/clock";
import { getLog } from "@/lib/runtime/log";
import type { ExportRequest } from "./request";

/** Exports of one person: how many may run at a time, and how many may begin within an hour. */
export const exportLimits = { running: 2, hourly: 30 } as const;

/** How an export ended; see sql/0300. */
export type Outcome = "finished" | "left" | "failed" | "refused";

export type Recorded = { ok: true; id: string } | { ok: false; retryAfter: number };

/**
 * Writes down that a person begins an export, before a byte of it leaves; or says in how many seconds the next may begin,
 * where they have had as many within the hour as one can. Counted under a lock, so that two servers share the limit.
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
 * Takes one of a person's places for running exports, within the export's own transaction: it is given back when that
 * ends, however it ends, and so never by a server that is no more. False where all are taken.
 */
export async function takePlace(run: Run, staffId: string): Promise<boolean> {
  for (let place = 1; place <= exportLimits.running; place++) {
    const [row] = await run<{ taken: boolean }>(Prisma.sql`
      select pg_try_advisory_xact_lock(hashtextextended(${`export ${place} of ${staffId}`}, 0)) as taken`);
    if (row?.taken) return true;
  }
  return false;
}

/** Writes down how an export ended. Never throws: the file is with its reader by then, and a line in the log remains. */
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
