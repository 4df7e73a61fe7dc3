import type { ContactFilter } from "@/lib/filter/filter";
import { listContacts } from "@/lib/inbox/queries";
import { capture, type Statement } from "./capture";
import { requireSame } from "./line";
import { databaseTime, databaseTimes, type Timing, unlessSlow } from "./measure";
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
  await databaseTime(client, statements);
  const ours = await databaseTimes(client, statements, times);
  let ideal: Timing | null = null;
  for (const candidate of candidates) {
    const timing = await unlessSlow(client, async () => {
      const { rows } = await client.query<{ id: string }>(candidate.text, candidate.values);
      requireSame(
        ids,
        rows.map(({ id }) => id),
      );
      return databaseTimes(client, [candidate], times);
    });
    if (timing && (ideal === null || timing.p50 < ideal.p50)) ideal = timing;
  }
  return { ours, ideal, rows: ids.length };
}

/** Whether rows meet the bar of a page: 1.5 times the ideal and 2 ms, and 50 ms at most. */
export function meetsPageBar({ ours, ideal }: Compared): boolean {
  return ours.p50 <= 50 && (ideal === null || ours.p50 <= 1.5 * ideal.p50 + 2);
}
