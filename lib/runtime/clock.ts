import { ofProcess } from "./of-process";

/**
 * The desk uses the database's clock: sessions, limits and history follow it, and all servers share it. A server's own
 * clock may be wrong, so each readiness check compares the two. A browser compares nothing and uses its own clock.
 */
const clock = ofProcess("clock", () => ({ difference: null as number | null }));

/**
 * Remembers how far this server's clock is from the database's. It reads this server's clock again for the time of the
 * answer.
 * @param database the database's clock, in ms since 1970
 * @param asked this server's clock when it asked
 */
export function compareClock(database: number, asked: number): void {
  const answered = Date.now();
  // Within the round trip the difference is unknown, so the smallest possible one is kept.
  const [least, most] = [asked - database, answered - database];
  clock.difference = least > 0 ? least : most < 0 ? most : 0;
}

/**
 * Seconds by which this server's clock is ahead of the database's, negative if behind; null before the first
 * comparison.
 */
export function getClockDifference(): number | null {
  return clock.difference === null ? null : clock.difference / 1_000;
}

/** The current time by the database's clock, as of the last comparison. */
export function getNow(): Date {
  return new Date(Date.now() - (clock.difference ?? 0));
}
