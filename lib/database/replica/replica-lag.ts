/** How far the primary's log of writes had come: `at` in ms of this process' clock, `written` in bytes from the log's beginning. */
export type Mark = { at: number; written: number };

/** Marks that are kept while a replica is behind: at one a second, of a quarter of an hour. */
const most = 900;

/**
 * Measures how many seconds a replica is behind, by remembering when the primary's log was where. Asked itself, a replica only says
 * when what it applied last was committed, which on a primary that nobody writes to grows for ever.
 */
export function createLagMeter(): { measure(now: Mark, replayed: number): number } {
  /** The first is the latest that the replica has reached, those behind it are ahead of it. */
  const marks: Mark[] = [];
  return {
    /**
     * Seconds ago the primary was where the replica is; 0 where the replica has everything.
     * @param replayed bytes of the log that the replica has applied
     */
    measure(now, replayed) {
      if (marks.at(-1)?.written !== now.written) marks.push(now);
      if (replayed >= now.written) {
        marks.splice(0, marks.length, now);
        return 0;
      }
      while (marks[1] && marks[1].written <= replayed) marks.shift();
      // Of one that is behind for longer every second mark does as well.
      if (marks.length > most) marks.splice(1, marks.length - 1, ...marks.slice(1).filter((_mark, place) => place % 2));
      const [reached = now, ahead] = marks;
      const part = ahead ? Math.max(0, (replayed - reached.written) / (ahead.written - reached.written)) : 0;
      return (now.at - (reached.at + part * ((ahead?.at ?? reached.at) - reached.at))) / 1_000;
    },
  };
}
