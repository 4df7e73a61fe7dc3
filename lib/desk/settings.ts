import "server-only";
import { cache } from "react";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, queryRows } from "@/lib/database/query";
import { type ChangeResult, refuse } from "@/lib/staff/change-result";
import { parseTargets, parseWeek } from "./response-input";
import type { ResponseRules } from "./response-targets";

export type DeskSettings = ResponseRules & {
  name: string;
  /** The IANA zone in which days begin and times are shown. */
  timeZone: string;
  /** Increases by one with each save. */
  version: number;
};

type StoredSettings = {
  name: string;
  timeZone: string;
  businessWeek: unknown;
  responseTargets: unknown;
  version: number;
};

/** The desk's settings, read once per request. @throws DatabaseError */
export const getDeskSettings = cache(async (): Promise<DeskSettings> => {
  // The columns are listed by name, because every page needs these settings, even while the database lacks a new
  // column. Plain SQL, because a Prisma model costs three times as much (docs/decisions/20-prisma.md).
  const [stored] = await queryRows<StoredSettings>(Prisma.sql`
    select name, time_zone as "timeZone", business_week as "businessWeek", response_targets as "responseTargets", version
    from desk_settings`);
  return {
    name: stored?.name ?? "Contact Desk",
    timeZone: stored?.timeZone ?? "UTC",
    week: parseWeek(stored?.businessWeek),
    targets: parseTargets(stored?.responseTargets),
    version: stored?.version ?? 0,
  };
});

/** The zones on offer, by IANA name, UTC first. Saving one checks that Node and PostgreSQL both know it. */
export function listTimeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}

/**
 * Sets the desk's settings. Nothing is saved if somebody else has saved since `version`, or if this server or the
 * database does not know the zone. @throws DatabaseError
 */
export async function changeDeskSettings({
  name,
  timeZone,
  week,
  targets,
  version,
}: DeskSettings): Promise<ChangeResult<{ version: number }>> {
  const noZone = refuse("invalid", "That is not a time zone.", "timeZone");
  if (!isTimeZone(timeZone)) return noZone;
  return inTransaction("interactive", async (run, models) => {
    const [known] = await run(Prisma.sql`select from pg_timezone_names z where z.name = ${timeZone}`);
    if (!known) return noZone;
    const [saved] = await models.deskSettings.updateManyAndReturn({
      where: { version },
      data: { name, timeZone, businessWeek: week, responseTargets: targets, version: { increment: 1 } },
      select: { version: true },
    });
    return saved ? { ok: true, version: saved.version } : refuse("taken", overtaken);
  });
}

const overtaken = "Someone else has saved the settings. Nothing was overwritten. Reload to see them.";

function isTimeZone(zone: string): boolean {
  // Intl accepts offsets such as "+02:00" as zones, but they have no summer time.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
