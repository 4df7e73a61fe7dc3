import { createMemo } from "@/lib/runtime/memo";
import { tryLimits } from "./limits";

/**
 * Time to live in seconds. After it the database is asked again, because another server may have changed the answer.
 */
export const memorySeconds = 60;

/**
 * A memo of what the database said about attempts: at most `size` facts, the oldest dropped first. It only saves
 * queries; the database decides.
 * @param now milliseconds, for tests
 */
export function createMemory(size: number, now: () => number = Date.now) {
  const memo = createMemo<number>({ milliseconds: memorySeconds * 1_000, most: size, now });

  return {
    /** Seconds to wait for a key; 0 if it is not known to be used up. */
    waitFor(key: string): number {
      const until = memo.get(key);
      return until === undefined ? 0 : Math.max(1, Math.ceil((until - now()) / 1_000));
    },

    /** Notes that a key is used up for this many seconds. */
    rememberWait(key: string, seconds: number): void {
      memo.set(key, now() + seconds * 1_000, Math.min(seconds, memorySeconds) * 1_000);
    },

    /** Whether somebody has signed in on a device or from a network lately; null if not known. */
    isFamiliar(key: string): boolean | null {
      const familiar = memo.get(`familiar ${key}`);
      return familiar === undefined ? null : familiar > 0;
    },

    rememberFamiliar(key: string, familiar: boolean): void {
      memo.set(`familiar ${key}`, familiar ? 1 : 0);
    },

    forgetFamiliar(key: string): void {
      memo.forget(`familiar ${key}`);
    },

    /** Notes that a password from an address was wrong, for as long as that counts against the address. */
    rememberFailure(address: string): void {
      memo.set(`failed ${address}`, 1, tryLimits.address.minutes * 60_000);
    },

    hasFailed(address: string): boolean {
      return memo.get(`failed ${address}`) !== undefined;
    },

    /** Drops what is known about a key, so that the database is asked again. */
    forget(key: string): void {
      memo.forget(key);
    },

    get size(): number {
      return memo.size;
    },
  };
}

export type Memory = ReturnType<typeof createMemory>;
