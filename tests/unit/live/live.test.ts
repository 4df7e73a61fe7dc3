import { describe, expect, test } from "vitest";
import { type LiveRequest, liveHref } from "@/lib/live/href";
import { createMemory } from "@/lib/live/memory";
import type { Look } from "@/lib/live/queries";
import { parseLive } from "@/lib/live/request";

const parse = (href: string, lastEventId: string | null = null) =>
  parseLive(new URL(href, "http://desk.example").searchParams, lastEventId);

describe("what a tab asks for", () => {
  test.each<LiveRequest>([
    { list: null, contact: null, since: 1_764_000_000_000, after: null },
    { list: "", contact: "legacy 5/ümlaut?&#", since: 1, after: 2 },
    { list: "q=a+b&status=new&-type=pdf", contact: null, since: 0, after: null },
  ])("is read as it was printed: %j", (request) => {
    expect(parse(liveHref(request))).toEqual(request);
  });

  test("goes on where the browser says that it was cut", () => {
    expect(parse("/api/live?since=5&after=6", "7")?.after).toBe(7);
    expect(parse("/api/live?since=5&after=6", "nonsense")?.after).toBe(6);
  });

  test.each(["", "since=x", "since=-1", "since=1&colour=red", "since=1&contact=", "since=1&contact=%00", "since=1e9"])(
    "is refused when it is something else: %s",
    (query) => {
      expect(parse(`/api/live?${query}`)).toBeNull();
    },
  );
});

describe("what a server remembers", () => {
  const look = (at: number, arrived: [string, number][] = []): Look => ({
    at,
    changes: [],
    arrived: arrived.map(([id, time]) => ({ id, at: time })),
  });
  const since = (at: number, clock: "server" | "database" = "database") => ({ at, clock });
  const idsSince = (memory: ReturnType<typeof createMemory>, number: number, from: ReturnType<typeof since>) =>
    memory.listSince(number, from).items.flatMap((item) => ("arrived" in item ? item.arrived : []));

  test("is told to those who read before it was there, by what a look did not see and not by what a row says", () => {
    const memory = createMemory();
    memory.take(look(100_000), 100_000, 100_000);
    memory.take(look(101_000, [["late", 95_000]]), 101_000, 101_000);
    expect(idsSince(memory, 0, since(99_000))).toEqual(["late"]);
    expect(idsSince(memory, 0, since(100_000))).toEqual(["late"]);
    expect(idsSince(memory, 0, since(100_001))).toEqual([]);
  });

  test("is told once, though looks overlap", () => {
    const memory = createMemory();
    memory.take(look(100_000, [["one", 99_000]]), 100_000, 100_000);
    const { next } = memory.listSince(0, since(90_000));
    memory.take(look(101_000, [["one", 99_000]]), 101_000, 101_000);
    expect(idsSince(memory, next, since(90_000))).toEqual([]);
  });

  test("is read by a server's clock that goes wrong, as far as that can be known", () => {
    const ahead = createMemory();
    ahead.take(look(100_000, [["one", 99_000]]), 160_000, 160_010);
    expect(idsSince(ahead, 0, since(158_500, "server"))).toEqual(["one"]);
    expect(idsSince(ahead, 0, since(159_500, "server"))).toEqual([]);
    const busy = createMemory();
    busy.take(look(100_000, [["one", 99_000]]), 99_990, 103_000);
    expect(idsSince(busy, 0, since(98_900, "server"))).toEqual(["one"]);
    expect(idsSince(busy, 0, since(99_100, "server"))).toEqual([]);
  });

  test("is forgotten after two minutes, and that is known", () => {
    const memory = createMemory();
    memory.take(look(100_000, [["one", 99_000]]), 100_000, 100_000);
    expect(memory.reaches(since(80_000))).toBe(true);
    expect(memory.reaches(since(60_000))).toBe(false);
    memory.take(look(300_000), 300_000, 300_000);
    expect(idsSince(memory, 0, since(80_000))).toEqual([]);
    expect(memory.reaches(since(80_000))).toBe(false);
  });
});
