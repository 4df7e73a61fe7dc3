import type pg from "pg";
import { takeStep } from "../steps";

/** Rows moved in one transaction. It takes some tens of milliseconds, for which the website's writes wait. */
const moveAtOnce = 2_000;

/**
 * Moves some rows of one part to another, and gives their number. Writers to the table wait until it is done, because
 * an update of a row that is being moved would find nothing to update.
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
