import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";

export type Cell = string | number | boolean | null;

const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One line of PostgreSQL's COPY text format. */
export function printCopyLine(cells: readonly Cell[]): string {
  const texts = cells.map((cell) =>
    cell === null ? "\\N" : String(cell).replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character),
  );
  return `${texts.join("\t")}\n`;
}

/** A timestamptz in text; milliseconds since 1970, UTC. */
export function printInstant(at: number): string {
  return new Date(at).toISOString();
}

/** Writes rows into a table; the statement names the columns in the cells' order and is one of ours, never input. */
export async function copyRows(client: ClientBase, statement: string, rows: Iterable<readonly Cell[]>): Promise<void> {
  function* batches() {
    let batch = "";
    for (const row of rows) {
      batch += printCopyLine(row);
      if (batch.length > 65_536) {
        yield batch;
        batch = "";
      }
    }
    if (batch !== "") yield batch;
  }
  await pipeline(Readable.from(batches()), client.query(copyFrom(statement)));
}
