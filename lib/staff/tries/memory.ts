import { tryLimits } from "./limits";

/** Seconds after which what is remembered is asked of the database again: another server may have changed it. */
export const memorySeconds = 60;

type Fact = { value: number; until: number };

/**
 * What this process remembers about the database for a while: at most `size` facts, the oldest forgotten first. It only
 * saves questions; the database decides.
 * @param now milliseconds, for tests
 */
export function createMemory(size: number, now: () => number = Date.now) {
  const facts = new Map<string, Fact>();

  const read = (key: string): Fact | null => {
    const fact = facts.get(key);
    if (!fact) return null;
    if (fact.until > now()) return fact;
    facts.delete(key);
    return null;
  };

  const write = (key: string, value: number, seconds: number): void => {
    facts.delete(key);
    if (facts.size >= size) facts.delete(facts.keys().next().value ?? "");
    facts.set(key, { value, until: now() + seconds * 1000 });
  };

  return {
    /** Seconds to wait for a key, 0 when it is not known to be used up. */
    waitFor(key: string): number {
      const fact = read(key);
      return fact ? Math.max(1, Math.ceil((fact.value - now()) / 1000)) : 0;
    },

    /** Remembers that a key is used up for so many seconds. */
    rememberWait(key: string, seconds: number): void {
      write(key, now() + seconds * 1000, Math.min(seconds, memorySeconds));
    },

    /** Whether somebody has signed in on a device or from a network lately; null when it was not asked lately. */
    isFamiliar(key: string): boolean | null {
      const fact = read(`familiar ${key}`);
      return fact && fact.value > 0;
    },

    rememberFamiliar(key: string, familiar: boolean): void {
      write(`familiar ${key}`, familiar ? 1 : 0, memorySeconds);
    },

    forgetFamiliar(key: string): void {
      facts.delete(`familiar ${key}`);
    },

    /** Remembers that a password from an address was wrong, for as long as that counts against the address. */
    rememberFailure(address: string): void {
      write(`failed ${address}`, 1, tryLimits.address.minutes * 60);
    },

    hasFailed(address: string): boolean {
      return read(`failed ${address}`) !== null;
    },

    /** Asks the database again about a key. */
    forget(key: string): void {
      facts.delete(key);
    },

    get size(): number {
      return facts.size;
    },
  };
}

export type Memory = ReturnType<typeof createMemory>;
