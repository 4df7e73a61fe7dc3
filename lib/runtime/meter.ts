/** What one of those who share something has used of it, in ms. */
export type Use = {
  /** Since it began, or since it was last taken. */
  take(): number;
  /** The same, and it uses no more from now on. */
  end(): number;
};

export type Meter = { begin(): Use };

/**
 * Divides what is used of one thing among those who are using it at the time, in equal parts.
 * @param read how many ms of it have been used until now, by whomever
 */
export function createMeter(read: () => number): Meter {
  let sharing = 0;
  /** What each has used that has been there from the beginning. */
  let each = 0;
  let last = read();

  /** Before somebody comes, goes or asks. */
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
