import type pg from "pg";

/**
 * Asks a statement that waits for no lock, again and again, until `goesOn` says no. Gives the longest answer in
 * milliseconds: what a busy machine makes every statement wait. Without it, a test of "nobody waits for a second" fails
 * where the machine itself stands still.
 */
export async function measureStalls(client: pg.Client, goesOn: () => boolean): Promise<number> {
  let longest = 0;
  while (goesOn()) {
    const started = performance.now();
    await client.query("select pg_sleep(0.01)");
    longest = Math.max(longest, performance.now() - started);
  }
  return longest;
}
