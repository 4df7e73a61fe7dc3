import type pg from "pg";
import { takeStep } from "../steps";

/** Rows that one transaction moves: some tens of milliseconds, for which the website's writes wait. */
const moveAtOnce = 2_000;

/**
 * Moves some of a part's rows to another, and gives how many. Who writes to the table waits until that is done: a change of a row that
 * is just moved would find nothing to change.
 * @param condition SQL over the part's columns
 */
export async function moveSome(
  client: pg.Client,
  { from, to, condition = "true" }: { from: string; to: string; condition?: string },
  report: (line: string) => void,
): Promise<number> {
  const literal = (text: string) => client.escapeLiteral(text);
  const relation = (name: string) => `${literal(client.escapeIdentifier(name))}::regclass`;
  const rows = await takeStep(
    client,
    {
      title: `Rows moved from ${from} to ${to}`,
      statements: [
        "lock table analytics_events in share row exclusive mode",
        `select move_rows(${relation(from)}, ${relation(to)}, ${literal(condition)}, ${moveAtOnce})::float8 as moved`,
      ],
    },
    report,
  );
  return rows[0]?.moved ?? 0;
}
