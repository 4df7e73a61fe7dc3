/** Milliseconds between two tries to reach a database that is away: growing, then the last again and again. */
const waits = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** The pause after so many tries in vain, from 0. */
export function waitAfter(tries: number): number {
  return waits[Math.min(tries, waits.length - 1)] ?? 30_000;
}
