import { describe, expect, test } from "vitest";
import { HashingBusyError } from "@/lib/staff/password/hashing-busy";
import { createTurns, type TurnLimits } from "@/lib/staff/tries/turns";

type Lane = "familiar" | "anywhere";

/** A queue whose work ends when the test says so. */
function openQueue(
  limits: TurnLimits<Lane> = { atOnce: 2, ofOneKey: 4, lanes: { familiar: { waiting: 6 }, anywhere: { waiting: 12 } } },
) {
  const inTurn = createTurns<Lane>(limits);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const refused: string[] = [];
  return {
    begun,
    refused,
    ask(key: string, lane: Lane = "anywhere") {
      const work = () => {
        begun.push(key);
        return new Promise<void>((resolve) => ends.push(resolve));
      };
      return inTurn({ lane, key }, work).catch((error) => {
        expect(error).toBeInstanceOf(HashingBusyError);
        refused.push(key);
      });
    },
    /** Ends the work that began first, so often, each time until the next has begun. */
    async finish(times: number) {
      await new Promise((resolve) => setImmediate(resolve));
      for (let n = 0; n < times; n++) {
        ends.shift()?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

describe("a flood from one address", () => {
  test.each([60, 500])("of %i has a few turns, and everybody else's turn is the next", async (connections) => {
    const queue = openQueue();
    for (let n = 0; n < connections; n++) void queue.ask("attacker");
    await queue.finish(0);
    void queue.ask("person");
    await queue.finish(2);
    expect(queue.begun).toEqual(["attacker", "attacker", "attacker", "person"]);
    expect(queue.refused).toHaveLength(connections - 2 - 4);
    expect(queue.refused).not.toContain("person");
  });
});

describe("a flood from many addresses", () => {
  test("gives each its turn, whoever came first with more", async () => {
    const queue = openQueue();
    for (const key of ["a", "a", "a", "a", "b", "b", "c"]) void queue.ask(key);
    await queue.finish(5);
    expect(queue.begun).toEqual(["a", "a", "a", "b", "c", "a", "b"]);
  });

  test("that fills the queue makes room for one who asks less, and refuses the latest of who asks most", async () => {
    const queue = openQueue({ atOnce: 1, ofOneKey: 4, lanes: { familiar: { waiting: 6 }, anywhere: { waiting: 6 } } });
    for (const key of ["a", "a", "a", "a", "b", "b", "b"]) void queue.ask(key);
    void queue.ask("person");
    await queue.finish(0);
    expect(queue.refused).toEqual([expect.stringMatching(/^[ab]$/)]);
    await queue.finish(7);
    expect(queue.begun.slice(0, 4).sort()).toEqual(["a", "a", "b", "person"]);
  });

  test("with no more than one each fills it, and then a stranger more is refused", async () => {
    const queue = openQueue({ atOnce: 1, ofOneKey: 4, lanes: { familiar: { waiting: 6 }, anywhere: { waiting: 6 } } });
    for (let n = 0; n < 7; n++) void queue.ask(`address ${n}`);
    void queue.ask("stranger");
    await queue.finish(0);
    expect(queue.refused).toEqual(["stranger"]);
  });

  test("does not touch the lane of those who are familiar: theirs is every other turn", async () => {
    const queue = openQueue();
    for (let n = 0; n < 14; n++) void queue.ask(`address ${n}`);
    void queue.ask("person", "familiar");
    void queue.ask("colleague", "familiar");
    await queue.finish(4);
    expect(queue.begun.slice(2)).toEqual(["person", "address 2", "colleague", "address 3"]);
  });

  test("leaves turns free that only familiar people get, at once", async () => {
    const queue = openQueue({
      atOnce: 2,
      ofOneKey: 4,
      lanes: { familiar: { waiting: 6 }, anywhere: { waiting: 12, leavesFree: 1 } },
    });
    for (let n = 0; n < 9; n++) void queue.ask(`address ${n}`);
    await queue.finish(0);
    expect(queue.begun).toEqual(["address 0"]);
    void queue.ask("person", "familiar");
    void queue.ask("colleague", "familiar");
    await queue.finish(0);
    expect(queue.begun).toEqual(["address 0", "person"]);
    await queue.finish(3);
    expect(queue.begun.slice(2)).toEqual(["colleague", "address 1"]);
  });

  test("does not starve where familiar people flood", async () => {
    const queue = openQueue();
    for (let n = 0; n < 8; n++) void queue.ask(`person ${n}`, "familiar");
    void queue.ask("newcomer");
    await queue.finish(2);
    expect(queue.begun).toContain("newcomer");
  });
});

test("work that fails hands its turn on, and an empty queue starts at once", async () => {
  const inTurn = createTurns({ atOnce: 1, ofOneKey: 1, lanes: { only: { waiting: 1 } } });
  const caller = { lane: "only", key: "a" } as const;
  const failing = inTurn(caller, () => Promise.reject(new Error("it failed")));
  const next = inTurn(caller, async () => "done");
  await expect(failing).rejects.toThrow("it failed");
  expect(await next).toBe("done");
  expect(await inTurn(caller, async () => "again")).toBe("again");
});
