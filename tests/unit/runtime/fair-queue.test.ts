import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFairQueue, type FairLimits, type FairQueue, type Turn } from "@/lib/runtime/fair-queue";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const limits: FairLimits = { alone: 3, shared: 1, total: 4, waiting: 5, patience: 1_000, lingers: 500 };

/** Takes a turn and remembers what came of it; undefined while it waits. */
function ask(queue: FairQueue, key: string, signal?: AbortSignal) {
  const asked: { key: string; turn?: Turn } = { key };
  queue.take(key, signal).then((turn) => {
    asked.turn = turn;
  });
  return asked;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

const release = ({ turn }: { turn?: Turn }) => {
  if (!turn?.ok) throw new Error("It has no turn.");
  turn.release();
};

const outcome = ({ turn }: { turn?: Turn }) => (turn === undefined ? "waits" : turn.ok ? "runs" : turn.reason);

describe("a fair queue", () => {
  test("lets one key alone have more than among others", async () => {
    const queue = createFairQueue(limits);
    const greedy = Array.from({ length: 5 }, () => ask(queue, "greedy"));
    await settle();
    expect(greedy.map(outcome)).toEqual(["runs", "runs", "runs", "waits", "waits"]);
    const other = ask(queue, "other");
    await settle();
    expect(outcome(other)).toBe("runs");
    for (const one of greedy.slice(0, 2)) release(one);
    await settle();
    // One of the greedy key runs beside the other, as many as the other may have.
    expect(greedy.slice(3).map(outcome)).toEqual(["waits", "waits"]);
    release(other);
    await settle();
    expect(greedy.slice(3).map(outcome)).toEqual(["waits", "waits"]);
    // Long enough after the other has left it is alone again.
    await vi.advanceTimersByTimeAsync(500);
    release(greedy[2] ?? {});
    await settle();
    expect(greedy.slice(3).map(outcome)).toEqual(["runs", "runs"]);
  });

  test("refuses at once those beyond the ones that may wait, and nobody else", async () => {
    const queue = createFairQueue(limits);
    const greedy = Array.from({ length: 10 }, () => ask(queue, "greedy"));
    const other = ask(queue, "other");
    await settle();
    expect(greedy.map(outcome).filter((said) => said === "too many")).toHaveLength(2);
    expect(outcome(other)).toBe("runs");
  });

  test("keeps nobody waiting for longer than its patience", async () => {
    const queue = createFairQueue({ ...limits, alone: 1 });
    const asked = [ask(queue, "one"), ask(queue, "one")];
    await vi.advanceTimersByTimeAsync(999);
    expect(asked.map(outcome)).toEqual(["runs", "waits"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.map(outcome)).toEqual(["runs", "too long"]);
    expect(queue.count()).toEqual({ running: 1, waiting: 0 });
  });

  test("gives the place of one who has left to the next", async () => {
    const queue = createFairQueue({ ...limits, alone: 1 });
    const leaving = new AbortController();
    const [first, second, third] = [ask(queue, "one"), ask(queue, "one", leaving.signal), ask(queue, "one")];
    leaving.abort();
    await settle();
    release(first);
    await settle();
    expect([second, third].map(outcome)).toEqual(["left", "runs"]);
    const late = ask(queue, "one", leaving.signal);
    await settle();
    expect(outcome(late)).toBe("left");
  });

  test("serves a newcomer before the next of a key that waits in a crowd", async () => {
    const queue = createFairQueue({ alone: 2, total: 2, waiting: 100, patience: 1_000 });
    const greedy = Array.from({ length: 50 }, () => ask(queue, "greedy"));
    const other = ask(queue, "other");
    await settle();
    expect(outcome(other)).toBe("waits");
    release(greedy[0] ?? {});
    await settle();
    expect([outcome(other), outcome(greedy[2] ?? {})]).toEqual(["runs", "waits"]);
  });
});

describe("somebody who has had much lately", () => {
  const yielding: FairLimits = {
    ...limits,
    alone: 1,
    patience: 10_000,
    yields: { above: 500, window: 1_000, atOnce: 1, wait: 300, rests: true },
  };
  const create = () => createFairQueue(yielding, () => Date.now());

  /** Has a turn for so long. */
  async function use(queue: FairQueue, key: string, ms: number) {
    const one = ask(queue, key);
    await vi.advanceTimersByTimeAsync(ms);
    release(one);
    await settle();
  }

  test("begins nothing while a newcomer has a turn, and then at once", async () => {
    const queue = create();
    await use(queue, "heavy", 1_000);
    const [one, heavy] = [ask(queue, "heavy"), ask(queue, "heavy"), ask(queue, "heavy")];
    const newcomer = ask(queue, "newcomer");
    await settle();
    release(one);
    await vi.advanceTimersByTimeAsync(200);
    expect(outcome(heavy)).toBe("waits");
    release(newcomer);
    await settle();
    expect(outcome(heavy)).toBe("runs");
  });

  test("waits for those who have had less no longer than it must, however many of them there are", async () => {
    const queue = create();
    await use(queue, "heavy", 1_000);
    const [one, heavy] = [ask(queue, "heavy"), ask(queue, "heavy"), ask(queue, "heavy")];
    ask(queue, "newcomer");
    await settle();
    release(one);
    await vi.advanceTimersByTimeAsync(299);
    ask(queue, "another");
    await settle();
    expect(outcome(heavy)).toBe("waits");
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome(heavy)).toBe("runs");
  });

  test("rests as long as each of their turns took while others are there", async () => {
    const queue = create();
    await use(queue, "newcomer", 10);
    await use(queue, "heavy", 450);
    const [first, second] = [ask(queue, "heavy"), ask(queue, "heavy")];
    await use(queue, "newcomer", 10);
    await vi.advanceTimersByTimeAsync(290);
    release(first);
    await vi.advanceTimersByTimeAsync(299);
    expect(outcome(second)).toBe("waits");
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome(second)).toBe("runs");
  });

  test("waits for nobody while they ask for one thing after the other", async () => {
    const queue = create();
    await use(queue, "heavy", 1_000);
    ask(queue, "newcomer");
    await settle();
    const heavy = ask(queue, "heavy");
    await settle();
    expect(outcome(heavy)).toBe("runs");
  });

  test("begins when it has rested, by clocks as they are: a timer may come a moment too early", async () => {
    vi.useRealTimers();
    const yields = { above: 100, window: 5_000, atOnce: 1, wait: 300, rests: true };
    const waits = Array.from({ length: 40 }, async () => {
      const queue = createFairQueue({ ...limits, alone: 1, lingers: 5_000, patience: 1_500, yields });
      const newcomer = await queue.take("newcomer");
      if (newcomer.ok) newcomer.release(1);
      queue.charge("heavy", 500);
      const first = await queue.take("heavy");
      const second = queue.take("heavy");
      if (first.ok) first.release(100 + Math.random() * 100);
      return (await second).ok;
    });
    expect((await Promise.all(waits)).filter((begun) => !begun)).toEqual([]);
  });

  test("does not wait for those who have had as much, nor once it was some time ago", async () => {
    const queue = create();
    await use(queue, "another", 1_000);
    await use(queue, "heavy", 1_000);
    const other = ask(queue, "another");
    await settle();
    await use(queue, "heavy", 600);
    release(other);
    await vi.advanceTimersByTimeAsync(3_000);
    ask(queue, "newcomer");
    await settle();
    const later = ask(queue, "heavy");
    await settle();
    expect(outcome(later)).toBe("runs");
  });
});

type Step =
  | { kind: "take"; key: string; leaves: boolean }
  | { kind: "release" | "leave" | "again"; which: number }
  | { kind: "pass"; ms: number };

const key = fc.constantFrom("a", "b", "c", "d");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("take" as const), key, leaves: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom("release" as const, "leave" as const, "again" as const),
      which: fc.nat(50),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(10, 400, 700) }) },
);
const anyLimits: fc.Arbitrary<FairLimits> = fc
  .record({
    shared: fc.integer({ min: 1, max: 3 }),
    more: fc.integer({ min: 0, max: 3 }),
    total: fc.integer({ min: 1, max: 6 }),
    waiting: fc.integer({ min: 0, max: 4 }),
    lingers: fc.constantFrom(0, 500),
    yields: fc.option(fc.constant({ above: 300, window: 1_000, atOnce: 1, wait: 200, rests: true }), {
      nil: undefined,
    }),
  })
  .map(({ more, ...rest }) => ({ ...rest, alone: rest.shared + more, patience: 1_000 }));

type Asked = { key: string; turn?: Turn; at: number; leaving: AbortController; released: boolean };

describe("whatever is asked of it, in whatever order", () => {
  test("the bounds hold, a key is served in its order, nobody is forgotten, and nothing is given back twice", async () => {
    await fc.assert(
      fc.asyncProperty(anyLimits, fc.array(step, { maxLength: 80 }), async (given, steps) => {
        const queue = createFairQueue(given, () => Date.now());
        const asked: Asked[] = [];
        const served: Asked[] = [];
        const running = (of?: string) =>
          asked.filter((one) => one.turn?.ok && !one.released && (of === undefined || one.key === of));
        const waiting = (of?: string) => asked.filter((one) => !one.turn && (of === undefined || one.key === of));
        const check = () => {
          expect(running().length).toBeLessThanOrEqual(given.total ?? 0);
          for (const of of ["a", "b", "c", "d"]) {
            expect(running(of).length).toBeLessThanOrEqual(given.alone);
            expect(waiting(of).length).toBeLessThanOrEqual(given.waiting);
            expect(queue.count(of)).toEqual({ running: running(of).length, waiting: waiting(of).length });
            // Nobody waits where there is room.
            const others = asked.some((one) => one.key !== of && !one.released && (!one.turn || one.turn.ok));
            if (!given.yields && waiting(of).length > 0 && running().length < (given.total ?? 0)) {
              expect(running(of).length).toBeGreaterThanOrEqual(others ? (given.shared ?? 0) : 1);
            }
            const order = served.filter((one) => one.key === of).map(({ at }) => at);
            expect(order).toEqual([...order].sort((one, other) => one - other));
          }
        };
        const take = async (of: string) => {
          const one: Asked = { key: of, at: asked.length, leaving: new AbortController(), released: false };
          asked.push(one);
          queue.take(of, one.leaving.signal).then((turn) => {
            expect(one.turn).toBeUndefined();
            one.turn = turn;
            if (turn.ok) served.push(one);
          });
          await settle();
        };
        const giveBack = (one: Asked) => {
          if (one.turn?.ok) one.turn.release();
          one.released = true;
        };
        for (const each of steps) {
          if (each.kind === "take") await take(each.key);
          else if (each.kind === "pass") await vi.advanceTimersByTimeAsync(each.ms);
          else if (each.kind === "leave") waiting()[each.which % Math.max(1, waiting().length)]?.leaving.abort();
          else if (each.kind === "again") {
            const done = asked.filter(({ released }) => released);
            const one = done[each.which % Math.max(1, done.length)];
            if (one) giveBack(one);
          } else {
            const one = running()[each.which % Math.max(1, running().length)];
            if (one) giveBack(one);
          }
          await settle();
          check();
        }
        while (running().length + waiting().length > 0) {
          for (const one of running()) giveBack(one);
          await vi.advanceTimersByTimeAsync(50);
        }
        expect(asked.filter(({ turn }) => !turn)).toEqual([]);
        expect(queue.count()).toEqual({ running: 0, waiting: 0 });
      }),
      { numRuns: 300 },
    );
  });

  test("a newcomer has its turn when as many turns have ended as there are other keys, however many each asks for", async () => {
    await fc.assert(
      fc.asyncProperty(anyLimits, fc.integer({ min: 1, max: 5 }), async (given, others) => {
        const queue = createFairQueue({ ...given, waiting: 1_000 }, () => Date.now());
        const turns: { key: string; turn?: Turn }[] = [];
        for (let each = 0; each < others * 8; each++) turns.push(ask(queue, `greedy ${each % others}`));
        await settle();
        const newcomer = ask(queue, "newcomer");
        await settle();
        for (let ended = 0; outcome(newcomer) === "waits"; ended++) {
          expect(ended).toBeLessThan(others + (given.total ?? 0));
          const at = turns.findIndex((one) => one.turn?.ok);
          release(turns.splice(at, 1)[0] ?? {});
          await settle();
        }
        expect(outcome(newcomer)).toBe("runs");
      }),
      { numRuns: 100 },
    );
  });
});
