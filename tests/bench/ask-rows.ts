import { describeDatabaseError } from "@/lib/database/errors";
import { timeLimits } from "@/lib/database/limits";
import type { ContactFilter } from "@/lib/filter/filter";
import { listContacts } from "@/lib/list/queries";
import { viewerIn } from "../viewer";
import { capture, type Statement } from "./capture";
import { DifferentRows, requireSame } from "./line";
import { databaseTimesByTurns, type Timing, toTiming, unlessSlow } from "./measure";
import type { World } from "./world";

/**
 * `gaveUp`: the application's own time limit came first, and that is its time. `partial`: it looked through the first contacts
 * only, and said so; there is no ideal for that.
 */
export type Compared = { ours: Timing; ideal: Timing | null; rows: number; gaveUp: boolean; partial: boolean };

type Options = { after?: string; times?: number };

/**
 * A page of the list by the application, beside the best of the candidates, which must give the same ids in order.
 * Where they differ it is asked again: somebody may have written in between.
 */
export async function compareRows(
  world: World,
  filter: ContactFilter,
  candidates: Statement[],
  options: Options = {},
): Promise<Compared> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await compareOnce(world, filter, candidates, options);
    } catch (error) {
      if (describeDatabaseError(error).code === "too_slow") {
        return { ours: toTiming([timeLimits.interactive]), ideal: null, rows: 0, gaveUp: true, partial: false };
      }
      if (!(error instanceof DifferentRows) || attempt === 3) throw error;
    }
  }
}

async function compareOnce(
  { client, zone, repeat }: World,
  filter: ContactFilter,
  candidates: Statement[],
  { after, times = repeat }: Options,
): Promise<Compared> {
  const { result, statements } = await capture(() => listContacts(filter, viewerIn(zone), { after }));
  const ids = result.rows.map(({ id }) => id);
  const good: Statement[] = [];
  for (const candidate of result.partial ? [] : candidates) {
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
  return { ours: ours ?? toTiming([]), ideal, rows: ids.length, gaveUp: false, partial: result.partial };
}

/** What there is to say of compared rows beside their times. */
export function noteOf({ ideal, rows, gaveUp, partial }: Compared): string {
  if (gaveUp) return "the application gave up at its time limit";
  if (partial) return `${rows} rows of the first contacts, said so`;
  return ideal ? `${rows} rows` : `${rows} rows; no candidate answers within a second`;
}

/** Whether rows meet the bar of a page: 1.5 times the ideal and 2 ms, and 50 ms at most. */
export function meetsPageBar({ ours, ideal }: Compared): boolean {
  return ours.p50 <= 50 && (ideal === null || ours.p50 <= 1.5 * ideal.p50 + 2);
}
