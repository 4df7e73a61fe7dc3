"use server";
import { describeDatabaseError } from "@/lib/database/errors";
import { requireStaff } from "@/lib/staff/session";
import { type InsightPaths, listInsightPaths } from "./insight-paths";

/** The paths one can filter by, for whoever opens their list. Any staff may. */
export async function browseInsightPaths(): Promise<({ ok: true } & InsightPaths) | { ok: false; message: string }> {
  await requireStaff();
  try {
    return { ok: true, ...(await listInsightPaths()) };
  } catch (error) {
    const { code, message } = describeDatabaseError(error);
    if (code === "unexpected") console.error(error);
    return { ok: false, message };
  }
}
