/** What one user of a shared thing has used of it, in ms. */
export type Use = {
  /** Used since it began or since the last `take`. */
  take(): number;
  /** The same, and ends the use. */
  end(): number;
};

export type Meter = { begin(): Use };

/**
 * Divides the use of one thing equally among those who use it at the same time.
 * @param read ms of it used so far, by all together
 */
export function createMeter(read: () => number): Meter {
  let sharing = 0;
  /** What somebody has used who was there from the beginning. */
  let each = 0;
  let last = read();

  /** Called before somebody begins, ends or asks. */
  function advance(): number {
    const now = read();
    if (sharing > 0) each += (now - last) / sharing;
    last = now;
    return each;
  }

  return {
    begin() {
      let from = advance();
      sharing++;
      let ended = false;
      const take = () => {
        if (ended) return 0;
        const used = advance() - from;
        from = each;
        return used;
      };
      return {
        take,
        end() {
          const used = take();
          if (!ended) sharing--;
          ended = true;
          return used;
        },
      };
    },
  };
}
