"use server";
import { z } from "zod";
import { type Loaded, load } from "@/lib/desk/load";
import { getViewer } from "@/lib/desk/viewer";
import { parseFilter } from "@/lib/filter/url";
import { requireStaff } from "@/lib/staff/session";
import { type Count, countExactly } from "./counts";
import { type InsightPaths, listInsightPaths } from "./insight-paths";

/** The paths one can filter by, for whoever opens their list. Any staff may. */
export async function browseInsightPaths(): Promise<Loaded<InsightPaths>> {
  await requireStaff();
  return load(listInsightPaths(), "/contacts");
}

const query = z.string().max(20_000);

/** Counts the contacts of a printed filter to the last one. Any staff may. Refuses a filter of which it would drop a part. */
export async function countAllMatching(input: unknown): Promise<Loaded<Count>> {
  const staff = await requireStaff();
  const parsed = query.safeParse(input);
  const { filter, problems } = parseFilter(new URLSearchParams(parsed.data));
  if (!parsed.success || problems.length > 0) return { ok: false, message: "This filter cannot be counted." };
  return load(
    getViewer(staff).then((viewer) => countExactly(filter, viewer)),
    "/contacts",
  );
}
