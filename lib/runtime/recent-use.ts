/** How many keys are remembered. The one not seen for longest is dropped first. */
const mostRemembered = 1_000;

export type RecentUse = { add(key: string | symbol, ms: number): void; of(key: string | symbol): number };

/** How many ms each key has used lately. Use from `window` ms ago counts for about a third (e to the -1). */
export function createRecentUse(window: number, now: () => number): RecentUse {
  const used = new Map<string | symbol, { ms: number; at: number }>();

  function of(key: string | symbol): number {
    const use = used.get(key);
    return use ? use.ms * Math.exp((use.at - now()) / window) : 0;
  }

  return {
    of,
    add(key, ms) {
      const use = { ms: of(key) + ms, at: now() };
      used.delete(key);
      used.set(key, use);
      const [oldest] = used.keys();
      if (used.size > mostRemembered && oldest !== undefined) used.delete(oldest);
    },
  };
}
