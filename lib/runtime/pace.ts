/** Keys whose pace is remembered; those that have not sent anything for a while are forgotten first. */
const mostRemembered = 1_000;

/**
 * Holds each key to a pace. `delay` gives the ms that a key must wait after so many bytes, to have sent no more than
 * `bytesPerSecond` since it began.
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
