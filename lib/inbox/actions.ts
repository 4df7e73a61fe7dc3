"use server";
import { type Loaded, load } from "@/lib/desk/load";
import { requireStaff } from "@/lib/staff/session";
import { type InsightPaths, listInsightPaths } from "./insight-paths";

/** The paths one can filter by, for whoever opens their list. Any staff may. */
export async function browseInsightPaths(): Promise<Loaded<InsightPaths>> {
  await requireStaff();
  return load(listInsightPaths(), "/contacts");
}
