/** A small seeded source of chance (sfc32, Chris Doty-Humphrey's PractRand): the same seed gives the same sample everywhere. */
export type Random = {
  /** A number in [0, 1). */
  next: () => number;
  /** A whole number from `low` to `high`, both included. */
  integer: (low: number, high: number) => number;
  /** True in the given share of calls. */
  chance: (share: number) => boolean;
  /** One element of a list that is not empty. */
  pick: <T>(list: readonly T[]) => T;
  /** One value, by weight. */
  weighted: <T>(entries: readonly (readonly [T, number])[]) => T;
  /** Hexadecimal digits. */
  hex: (digits: number) => string;
};

/** Folds a text to 32 bits (FNV-1a), so that a seed can be a word. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A source of chance of its own for each (seed, index, stream): row 700,000 needs no row before it. */
export function createRandom(seed: number, index = 0, stream = 0): Random {
  let a = seed | 0;
  let b = index | 0;
  let c = stream | 0;
  let counter = 1;
  const bits = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();
  const next = () => bits() / 4294967296;
  const pick = <T>(list: readonly T[]): T => {
    const value = list[Math.floor(next() * list.length)];
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  };
  return {
    next,
    pick,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (share) => next() < share,
    weighted: (entries) => {
      let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of entries) {
        rest -= weight;
        if (rest < 0) return value;
      }
      const last = entries.at(-1);
      if (!last) throw new Error("nothing to weigh");
      return last[0];
    },
    hex: (digits) => {
      let text = "";
      while (text.length < digits) text += bits().toString(16).padStart(8, "0");
      return text.slice(0, digits);
    },
  };
}

/** A version 4 UUID from the given source. */
export function randomUuid(random: Random): string {
  const h = random.hex(32);
  const variant = "89ab"[Number.parseInt(h.charAt(16), 16) & 3];
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20)}`;
}
