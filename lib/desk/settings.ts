import "server-only";
import { cache } from "react";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";

export type DeskSettings = {
  name: string;
  /** The IANA zone in which days begin and times are shown. */
  timeZone: string;
};

/** The desk's settings, read once per request. @throws DatabaseError */
export const getDeskSettings = cache(async (): Promise<DeskSettings> => {
  const [row] = await queryRows<DeskSettings>(Prisma.sql`select name, time_zone as "timeZone" from desk_settings`);
  return row ?? { name: "Contact Desk", timeZone: "UTC" };
});
