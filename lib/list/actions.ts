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

/** The insight paths that one can filter by, for whoever opens their list. Any staff may. */
export async function browseInsightPaths(): Promise<Loaded<InsightPaths>> {
  await requireStaff();
  return load(listInsightPaths(), "/contacts");
}

const query = z.string().max(20_000);

/**
 * Counts exactly how many contacts match a printed filter. Any staff may. Refuses a filter that it cannot read in full,
 * because dropping a part would count other contacts.
 */
export async function countAllMatching(input: unknown): Promise<Loaded<Count>> {
  const staff = await requireStaff();
  const parsed = query.safeParse(input);
  const { filter, problems } = parseFilter(new URLSearchParams(parsed.data));
  if (!parsed.success || problems.length > 0) return { ok: false, message: "Couldn't count this filter." };
  return load(
    getViewer(staff).then((viewer) => countExactly(filter, viewer)),
    "/contacts",
  );
}

const neighbourRequest = z.strictObject({
  /** A printed filter; `beside` is the view and the columns of its address. */
  filter: query,
  beside: z.strictObject({ view: query.nullable(), columns: query.nullable() }),
  /** A cursor in the filter's order; null if the current contact was already gone. */
  position: query.nullable(),
  direction: z.enum(["next", "previous"]),
});

/**
 * The address of the first contact that a list has after a position, or the last one before it; null at the end of the
 * list. Any staff may. Refuses a filter that it cannot read in full, because that would be another list.
 */
export async function findNeighbourHref(input: unknown): Promise<Loaded<string | null>> {
  const staff = await requireStaff();
  const parsed = neighbourRequest.safeParse(input);
  if (!parsed.success) return { ok: false, message: "Couldn't read this list." };
  const { beside, position, direction } = parsed.data;
  const { filter, problems } = parseFilter(new URLSearchParams(parsed.data.filter));
  if (position === null) return { ok: true, value: null };
  const found = parseCursor(filter, position);
  if (problems.length > 0 || "problem" in found) return { ok: false, message: "Couldn't read this list." };
  const finding = async () => {
    const id = await findNeighbour(filter, await getViewer(staff), found.position, direction);
    return id === null ? null : withBeside(contactHref(id, filter), beside);
  };
  return load(finding(), "/contacts/[id]");
}
