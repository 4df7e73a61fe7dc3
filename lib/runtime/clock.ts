import { ofProcess } from "./of-process";

/**
 * The database's clock is the desk's: sessions, limits and history go by it, and all servers share it. A server's own may be wrong,
 * so it is compared at each look at readiness. In a browser nothing is compared, and its own clock holds.
 */
const clock = ofProcess("clock", () => ({ difference: null as number | null }));

/**
 * Remembers how far this server's clock is from the database's.
 * @param database what the database's clock showed, in ms since 1970
 * @param asked what this server's clock showed when it asked; it is asked again here
 */
export function compareClock(database: number, asked: number): void {
  const answered = Date.now();
  // Within what the answer took, nobody knows.
  const [least, most] = [asked - database, answered - database];
  clock.difference = least > 0 ? least : most < 0 ? most : 0;
}

/** Seconds by which this server's clock is ahead of the database's, or behind it where negative; null where they were not compared. */
export function getClockDifference(): number | null {
  return clock.difference === null ? null : clock.difference / 1_000;
}

/** This moment by the database's clock, as of the last comparison. */
export function getNow(): Date {
  return new Date(Date.now() - (clock.difference ?? 0));
}
