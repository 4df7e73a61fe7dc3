/** Milliseconds between two tries to reach a database that is away. They grow, then the last one repeats. */
const waits = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** The pause after this many failed tries, counted from 0. */
export function waitAfter(tries: number): number {
  return waits[Math.min(tries, waits.length - 1)] ?? 30_000;
}
