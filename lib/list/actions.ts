"use server";
import { z } from "zod";
import type { Count } from "@/lib/desk/count";
import { type Loaded, load } from "@/lib/desk/load";
import { getViewer } from "@/lib/desk/viewer";
import { contactHref, parseFilter, withBeside } from "@/lib/filter/url";
import { requireStaff } from "@/lib/staff/session/session";
import { countExactly } from "./counts";
import { parseCursor } from "./cursor";
import { type InsightPaths, listInsightPaths } from "./insight-paths";
import { findNeighbour } from "./neighbour";

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

const neighbourRequest = z.strictObject({
  /** A printed filter, and what goes along with it. */
  filter: query,
  beside: z.strictObject({ view: query.nullable(), columns: query.nullable() }),
  /** A cursor of the filter's order; null where the contact it was asked of was gone already. */
  position: query.nullable(),
  direction: z.enum(["next", "previous"]),
});

/**
 * The address of the contact that a list has next after a position, or last before it; null where it ends there. Any staff may.
 * Refuses a filter of which it would drop a part: that would be another list.
 */
export async function findNeighbourHref(input: unknown): Promise<Loaded<string | null>> {
  const staff = await requireStaff();
  const parsed = neighbourRequest.safeParse(input);
  if (!parsed.success) return { ok: false, message: "This list cannot be read." };
  const { beside, position, direction } = parsed.data;
  const { filter, problems } = parseFilter(new URLSearchParams(parsed.data.filter));
  if (position === null) return { ok: true, value: null };
  const found = parseCursor(filter.sort, position);
  if (problems.length > 0 || "problem" in found) return { ok: false, message: "This list cannot be read." };
  const finding = async () => {
    const id = await findNeighbour(filter, await getViewer(staff), found.position, direction);
    return id === null ? null : withBeside(contactHref(id, filter), beside);
  };
  return load(finding(), "/contacts/[id]");
}
