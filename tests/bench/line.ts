import type { Timing } from "./measure";

/** What a question came to: ours beside its ideal. */
export type Answer = {
  ours: Timing;
  /** Null where there is nothing to compare with: `note` says why. */
  ideal: Timing | null;
  unit: "ms" | "/s" | "kB" | "MB" | "of 100";
  /** The bar in words, and whether it is met; null where none is set. */
  bar: string;
  met: boolean | null;
  note?: string;
};

/** One question of the bench, of a group that can be asked for by itself. */
export type Question = { group: string; name: string; ask: () => Promise<Answer> };

/** A line of the report. `failed` says what went wrong instead of an answer. */
export type Line = { group: string; question: string } & ({ answer: Answer } | { failed: string });

/** The application gave other rows than the best statement for the same question. */
export class DifferentRows extends Error {
  override name = "DifferentRows";
}

/** @throws DifferentRows unless both are the same */
export function requireSame(ours: unknown, ideal: unknown): void {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(ideal)];
  if (a !== b) throw new DifferentRows(`Other rows than the ideal: ${a.slice(0, 120)} beside ${b.slice(0, 120)}`);
}

/** Asks a question; whatever goes wrong becomes its line. */
export async function ask({ group, name, ask }: Question): Promise<Line> {
  try {
    return { group, question: name, answer: await ask() };
  } catch (error) {
    const { name: kind, message } = error as Error;
    return { group, question: name, failed: `${kind}: ${message}`.slice(0, 300) };
  }
}

const widths = [46, 9, 9, 9, 9, 7] as const;

/** The head of the table. */
export function printHead(): string {
  return printCells(["question", "ours p50", "p95", "ideal p50", "p95", "ratio"], "bar");
}

/** A line of the table. */
export function printLine(line: Line): string {
  if ("failed" in line) return `${cut(line.question)}  FAILED  ${line.failed}`;
  const { ours, ideal, unit, bar, met, note } = line.answer;
  const ratio = ideal && ideal.p50 > 0 ? `${(ours.p50 / ideal.p50).toFixed(2)}` : "";
  const verdict = met === null ? bar : `${met ? "met " : "NOT MET"} ${bar}`;
  return printCells(
    [
      `${line.question}${unit === "ms" ? "" : `, ${unit}`}`,
      printNumber(ours.p50),
      printNumber(ours.p95),
      ideal ? printNumber(ideal.p50) : "",
      ideal ? printNumber(ideal.p95) : "",
      ratio,
    ],
    note ? `${verdict} (${note})` : verdict,
  );
}

function printCells(cells: string[], last: string): string {
  const padded = cells.map((cell, index) => (index === 0 ? cut(cell) : cell.padStart(widths[index] ?? 9)));
  return `${padded.join(" ")}  ${last}`;
}

function cut(text: string): string {
  const [width] = widths;
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}

function printNumber(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en-GB") : value.toFixed(value >= 10 ? 1 : 2);
}
