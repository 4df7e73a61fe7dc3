import { createMemo } from "@/lib/runtime/memo";
import { tryLimits } from "./limits";

/** Seconds after which what is remembered is asked of the database again: another server may have changed it. */
export const memorySeconds = 60;

/**
 * What this process remembers about the database for a while: at most `size` facts, the oldest forgotten first. It only
 * saves questions; the database decides.
 * @param now milliseconds, for tests
 */
export function createMemory(size: number, now: () => number = Date.now) {
  const memo = createMemo<number>({ milliseconds: memorySeconds * 1_000, most: size, now });

  return {
    /** Seconds to wait for a key, 0 when it is not known to be used up. */
    waitFor(key: string): number {
      const until = memo.get(key);
      return until === undefined ? 0 : Math.max(1, Math.ceil((until - now()) / 1_000));
    },

    /** Remembers that a key is used up for so many seconds. */
    rememberWait(key: string, seconds: number): void {
      memo.set(key, now() + seconds * 1_000, Math.min(seconds, memorySeconds) * 1_000);
    },

    /** Whether somebody has signed in on a device or from a network lately; null when it was not asked lately. */
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

    /** Remembers that a password from an address was wrong, for as long as that counts against the address. */
    rememberFailure(address: string): void {
      memo.set(`failed ${address}`, 1, tryLimits.address.minutes * 60_000);
    },

    hasFailed(address: string): boolean {
      return memo.get(`failed ${address}`) !== undefined;
    },

    /** Asks the database again about a key. */
    forget(key: string): void {
      memo.forget(key);
    },

    get size(): number {
      return memo.size;
    },
  };
}

export type Memory = ReturnType<typeof createMemory>;
