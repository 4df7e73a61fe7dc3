import type { ContactFilter } from "@/lib/filter/filter";
import { listContacts } from "@/lib/inbox/queries";
import { capture, type Statement } from "./capture";
import { requireSame } from "./line";
import { databaseTimesByTurns, type Timing, toTiming, unlessSlow } from "./measure";
import type { World } from "./world";

export type Compared = { ours: Timing; ideal: Timing | null; rows: number };

/** A page of the list by the application, beside the best of the candidates, which must give the same ids in order. */
export async function compareRows(
  world: World,
  filter: ContactFilter,
  candidates: Statement[],
  { after, times = world.repeat }: { after?: string; times?: number } = {},
): Promise<Compared> {
  const { client, zone } = world;
  const { result, statements } = await capture(() => listContacts(filter, zone, { after }));
  const ids = result.rows.map(({ id }) => id);
  const good: Statement[] = [];
  for (const candidate of candidates) {
    const rows = await unlessSlow(client, () => client.query<{ id: string }>(candidate.text, candidate.values));
    if (rows === null) continue;
    requireSame(
      ids,
      rows.rows.map(({ id }) => id),
    );
    good.push(candidate);
  }
  const [ours, ...others] = await databaseTimesByTurns(client, [statements, ...good.map((each) => [each])], times);
  const [ideal = null] = others.sort((a, b) => a.p50 - b.p50);
  return { ours: ours ?? toTiming([]), ideal, rows: ids.length };
}

/** Whether rows meet the bar of a page: 1.5 times the ideal and 2 ms, and 50 ms at most. */
export function meetsPageBar({ ours, ideal }: Compared): boolean {
  return ours.p50 <= 50 && (ideal === null || ours.p50 <= 1.5 * ideal.p50 + 2);
}
