/** How many keys are remembered. The one that has sent nothing for longest is dropped first. */
const mostRemembered = 1_000;

/**
 * Limits each key to a rate. `delay` gives the ms that a key must wait after sending so many bytes, to keep within
 * `bytesPerSecond`.
 */
export function createPace(bytesPerSecond: number, now: () => number = () => performance.now()) {
  const freeAt = new Map<string, number>();
  return {
    delay(key: string, bytes: number): number {
      const free = Math.max(freeAt.get(key) ?? 0, now()) + (bytes / bytesPerSecond) * 1_000;
      freeAt.delete(key);
      freeAt.set(key, free);
      const [oldest] = freeAt.keys();
      if (freeAt.size > mostRemembered && oldest !== undefined) freeAt.delete(oldest);
      return free - now();
    },
  };
}
