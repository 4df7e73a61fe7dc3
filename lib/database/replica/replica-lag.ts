/**
 * How far the primary's write-ahead log had come: `at` in ms of this process' clock, `written` in bytes from its
 * beginning.
 */
export type Mark = { at: number; written: number };

/** Marks kept while a replica is behind: one a second for a quarter of an hour. */
const most = 900;

/**
 * Measures how many seconds a replica is behind, from remembered positions of the primary's log. The replica cannot say
 * it itself: it only knows when its last applied write was committed. On an idle primary that age grows for ever.
 */
export function createLagMeter(): { measure(now: Mark, replayed: number): number } {
  /** The first is the latest mark that the replica has reached. Those after it are still ahead of it. */
  const marks: Mark[] = [];
  return {
    /**
     * How many seconds ago the primary was where the replica is now; 0 where the replica has everything.
     * @param replayed bytes of the log that the replica has applied
     */
    measure(now, replayed) {
      if (marks.at(-1)?.written !== now.written) marks.push(now);
      if (replayed >= now.written) {
        marks.splice(0, marks.length, now);
        return 0;
      }
      while (marks[1] && marks[1].written <= replayed) marks.shift();
      // For a replica that is behind for longer, every second mark is enough.
      if (marks.length > most) marks.splice(1, marks.length - 1, ...marks.slice(1).filter((_mark, index) => index % 2));
      const [reached = now, ahead] = marks;
      const part = ahead ? Math.max(0, (replayed - reached.written) / (ahead.written - reached.written)) : 0;
      return (now.at - (reached.at + part * ((ahead?.at ?? reached.at) - reached.at))) / 1_000;
    },
  };
}
