import "server-only";
import { cache } from "react";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/database/client";
import { inTransaction } from "@/lib/database/query";

export type DeskSettings = {
  name: string;
  /** The IANA zone in which days begin and times are shown. */
  timeZone: string;
};

/** The desk's settings, read once per request. @throws DatabaseError */
export const getDeskSettings = cache(async (): Promise<DeskSettings> => {
  // Not findUnique: Prisma gathers concurrent ones into an `in`, which a boolean key does not know.
  const stored = await db.deskSettings.findFirst({ select: { name: true, timeZone: true } });
  return stored ?? { name: "Contact Desk", timeZone: "UTC" };
});

/** The zones one can choose, by IANA name, UTC first. What Node and PostgreSQL both know is checked when one is set. */
export function listTimeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}

/** Sets the desk's settings; false, and nothing set, for a zone that this server or the database does not know. */
export async function changeDeskSettings({ name, timeZone }: DeskSettings): Promise<boolean> {
  if (!isTimeZone(timeZone)) return false;
  return inTransaction("interactive", async (run) => {
    const rows = await run(Prisma.sql`
      update desk_settings set name = ${name}, time_zone = ${timeZone}
      where exists (select from pg_timezone_names z where z.name = ${timeZone})
      returning id`);
    return rows.length > 0;
  });
}

function isTimeZone(zone: string): boolean {
  // Offsets such as "+02:00" are zones to Intl, but know no summer time.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
