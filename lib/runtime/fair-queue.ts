import { createRecentUse } from "./recent-use";

/** How much of something may be used at once, and by whom. */
export type FairLimits = {
  /** Turns that one key may have at once while no other key is there. */
  alone: number;
  /** The same while others have turns, wait, or had a turn within `lingers` ms. Same as `alone` by default. */
  shared?: number;
  /** Turns of all keys together. No bound by default. */
  total?: number;
  /** Callers of one key that may wait. More are refused at once. */
  waiting: number;
  /** Milliseconds that a caller waits at most. No bound by default. */
  patience?: number;
  /** Milliseconds for which a key still counts as there after its last turn. 0 by default. */
  lingers?: number;
  /**
   * Limits for heavy keys. A key is heavy if its turns took more than `above` ms lately (lib/runtime/recent-use.ts),
   * and more than those of another key that is there.
   * A heavy key has at most `atOnce` turns at once. With `rests`, if it has callers waiting, it rests after a turn for
   * as long as that turn took. If several of its callers wait, it begins nothing for up to `wait` ms while a lighter
   * key has a turn. A key that asks for one thing after another does not wait for this.
   */
  yields?: Yields;
};

type Yields = { above: number; window: number; atOnce: number; wait: number; rests: boolean };

/** Nobody is heavy. */
const neverYields: Yields = { above: Number.POSITIVE_INFINITY, window: 1, atOnce: 1, wait: 0, rests: false };

/** A turn, which must be released once, or the reason why there is none. */
export type Turn =
  /** `release` takes the ms that the turn used; by default, its fraction of the time that it lasted. */
  | { ok: true; release: (used?: number) => void }
  /**
   * "too many": too many of this key wait already. "too long": it waited for `patience`. "left": the caller gave up.
   */
  | { ok: false; reason: "too many" | "too long" | "left" };

export type FairQueue = {
  /**
   * Waits for a turn of `key`. Never rejects.
   * @param signal leaves the queue
   */
  take(key: string | symbol, signal?: AbortSignal): Promise<Turn>;
  /** Adds ms to what a key has used, apart from its turns. */
  charge(key: string | symbol, ms: number): void;
  /** Whether only this key is there. A key is there if it has a turn, waits, or had a turn within `lingers` ms. */
  isAlone(key: string | symbol): boolean;
  /** How many callers have a turn and how many wait: of one key, or of all. */
  count(key?: string | symbol): { running: number; waiting: number };
};

type Waiter = { settle: (turn: Turn) => void };
/** `yieldsUntil`: until when it waits for lighter keys. `restsUntil`: until when it rests after its latest turn. */
type Line = { running: number; waiting: Waiter[]; yieldsUntil?: number; restsUntil?: number };

/**
 * Shares turns fairly between keys, each of them for example a person. Callers of one key are served in their order,
 * and the keys take turns. So whoever asks for a hundred turns at once delays only themselves.
 */
export function createFairQueue(limits: FairLimits, now: () => number = () => performance.now()): FairQueue {
  const {
    alone,
    shared = alone,
    total = Number.POSITIVE_INFINITY,
    waiting: mostWaiting,
    patience = Number.POSITIVE_INFINITY,
    lingers = 0,
    yields = neverYields,
  } = limits;
  const use = createRecentUse(yields.window, now);
  /** The keys that have a turn or wait for one. The one whose latest turn began first comes first. */
  const lines = new Map<string | symbol, Line>();
  let running = 0;
  let waiting = 0;
  /** The last two keys that had a turn, the latest first. Two are enough to find the latest other key of any key. */
  let latest: { key: string | symbol; at: number }[] = [];

  function isAlone(key: string | symbol): boolean {
    if (lines.size > (lines.has(key) ? 1 : 0)) return false;
    const other = latest.find((one) => one.key !== key);
    return !other || now() - other.at >= lingers;
  }

  function mayBegin(key: string | symbol, line: Line): boolean {
    if (line.running >= (isAlone(key) ? alone : shared)) return false;
    if (!isHeavy(key)) return true;
    if (line.running >= yields.atOnce || now() < (line.restsUntil ?? 0)) return false;
    if (line.waiting.length <= 1 || yields.wait === 0 || !isLighterRunning(key)) return true;
    if (line.yieldsUntil === undefined) {
      line.yieldsUntil = now() + yields.wait;
      serveAt(line.yieldsUntil);
    }
    return now() >= line.yieldsUntil;
  }

  function isHeavy(key: string | symbol): boolean {
    const own = use.of(key);
    if (own <= yields.above) return false;
    const left = latest.find((one) => one.key !== key && now() - one.at < lingers);
    return (left && use.of(left.key) < own) || [...lines.keys()].some((other) => use.of(other) < own);
  }

  function isLighterRunning(key: string | symbol): boolean {
    const own = use.of(key);
    for (const [other, line] of lines) if (line.running > 0 && use.of(other) < own) return true;
    return false;
  }

  function begin(key: string | symbol, line: Line): Turn {
    line.running++;
    running++;
    line.yieldsUntil = undefined;
    const began = now();
    // Moved to the end, so that the others come before its next turn.
    lines.delete(key);
    lines.set(key, line);
    let left = false;
    return {
      ok: true,
      release: (took = (now() - began) / running) => {
        if (left) return;
        left = true;
        line.running--;
        running--;
        use.add(key, took);
        if (yields.rests && line.waiting.length > 0 && isHeavy(key)) {
          line.restsUntil = now() + took;
          serveAt(line.restsUntil);
        }
        latest = [{ key, at: now() }, ...latest.filter((one) => one.key !== key)].slice(0, 2);
        forgetIdle(key, line);
        serve();
      },
    };
  }

  function forgetIdle(key: string | symbol, line: Line): void {
    if (line.running === 0 && line.waiting.length === 0) lines.delete(key);
  }

  /** Serves at a time of our clock and never before, because a timer counts whole milliseconds and may fire early. */
  function serveAt(time: number): void {
    setTimeout(() => (now() < time ? serveAt(time) : serve()), Math.ceil(time - now()));
  }

  /** Gives free turns to those who wait. */
  function serve(): void {
    while (waiting > 0 && running < total) {
      const next = findNext();
      if (!next) return;
      waiting--;
      next.line.waiting.shift()?.settle(begin(next.key, next.line));
    }
  }

  /**
   * The next key to serve: the one with fewest turns, so a newcomer comes before all others. Among equals, the one
   * whose latest turn began first.
   */
  function findNext(): { key: string | symbol; line: Line } | null {
    let next: { key: string | symbol; line: Line } | null = null;
    for (const [key, line] of lines) {
      const before = !next || line.running < next.line.running;
      if (before && line.waiting.length > 0 && mayBegin(key, line)) next = { key, line };
    }
    return next;
  }

  function wait(key: string | symbol, line: Line, signal?: AbortSignal): Promise<Turn> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        settle(turn) {
          clearTimeout(timer);
          signal?.removeEventListener("abort", leave);
          resolve(turn);
        },
      };
      const giveUp = (reason: "too long" | "left") => {
        line.waiting.splice(line.waiting.indexOf(waiter), 1);
        waiting--;
        forgetIdle(key, line);
        waiter.settle({ ok: false, reason });
        // Others may have been held back because this key was there.
        serve();
      };
      const leave = () => giveUp("left");
      // A timer cannot be set for infinity: it would fire at once.
      const timer = Number.isFinite(patience) ? setTimeout(giveUp, patience, "too long") : undefined;
      signal?.addEventListener("abort", leave, { once: true });
      line.waiting.push(waiter);
      waiting++;
    });
  }

  return {
    async take(key, signal) {
      if (signal?.aborted) return { ok: false, reason: "left" };
      const line = lines.get(key) ?? { running: 0, waiting: [] };
      if (line.waiting.length === 0 && running < total && mayBegin(key, line)) return begin(key, line);
      if (line.waiting.length >= mostWaiting) return { ok: false, reason: "too many" };
      lines.set(key, line);
      return wait(key, line, signal);
    },
    charge: use.add,
    isAlone,
    count(key) {
      if (key === undefined) return { running, waiting };
      const line = lines.get(key);
      return { running: line?.running ?? 0, waiting: line?.waiting.length ?? 0 };
    },
  };
}
