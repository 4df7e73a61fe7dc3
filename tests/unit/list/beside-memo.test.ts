import { expect, test } from "vitest";
import { parseFilter } from "@/lib/filter/url";
import { createBesideMemo, type ListOnScreen } from "@/lib/list/beside-memo";
import { viewerIn } from "../../viewer";

let clock = 0;
const rememberBeside = createBesideMemo(() => clock);
let asked = 0;
let ok = true;
const ask = () => ({ counted: Promise.resolve({ ok, count: ++asked }) });
const list = (version = 1, filter = "status=new"): ListOnScreen => ({
  viewer: viewerIn("UTC"),
  filter: parseFilter(new URLSearchParams(filter)).filter,
  rows: [{ id: "a", version }],
});
const remember = async (of: ListOnScreen, again: boolean, now: number) => {
  clock = now;
  return (await rememberBeside(of, again, ask).counted).count;
};

test("a contact opened beside a list does not have it counted again, until a row of it has changed or some seconds have passed", async () => {
  expect(await remember(list(), false, 0)).toBe(1);
  expect(await remember(list(), true, 9_999)).toBe(1);
  expect(await remember(list(2), true, 9_999)).toBe(2);
  expect(await remember(list(1, "status=spam"), true, 9_999)).toBe(3);
  expect(await remember(list(), true, 10_000)).toBe(4);
});

test("somebody else, another zone and another filter are other lists", async () => {
  const counted = await remember(list(), false, 15_000);
  const { viewer } = list();
  expect(await remember({ ...list(), viewer: { ...viewer, staffId: "other" } }, true, 15_001)).toBeGreaterThan(counted);
  expect(await remember({ ...list(), viewer: viewerIn("Asia/Kathmandu") }, true, 15_001)).toBeGreaterThan(counted);
  expect(await remember(list(), true, 15_002)).toBe(counted);
});

test("a relative day is another list after midnight, and a fixed one is not", async () => {
  const tomorrow = (filter: string) => ({ ...list(1, filter), viewer: { ...viewerIn("UTC"), today: "2026-11-23" } });
  for (const [filter, isOther] of [
    ["from=today", true],
    ["from=2026-11-22", false],
  ] as const) {
    const counted = await remember(list(1, filter), false, 17_000);
    expect((await remember(tomorrow(filter), true, 17_001)) > counted, filter).toBe(isOther);
  }
});

test("what is due today is another list after midnight, when no limit of what is overdue has moved", async () => {
  const { viewer } = list();
  const counted = await remember(list(), false, 18_000);
  const tomorrow = { ...viewer, dueToday: { ...viewer.dueToday, before: viewer.dueToday.by } };
  expect(await remember({ ...list(), viewer: tomorrow }, true, 18_001)).toBeGreaterThan(counted);
});

test("a list that is asked for itself is counted anew", async () => {
  const before = await remember(list(), false, 20_000);
  expect(await remember(list(), false, 20_001)).toBe(before + 1);
  expect(await remember(list(), true, 20_002)).toBe(before + 1);
});

test("what failed is asked for again", async () => {
  ok = false;
  const failed = await remember(list(), false, 30_000);
  ok = true;
  await expect.poll(() => remember(list(), true, 30_001)).toBeGreaterThan(failed);
});

test("only so many lists are remembered, the latest", async () => {
  for (let version = 0; version < 600; version++) await remember(list(version), true, 40_000);
  const latest = asked;
  expect(await remember(list(599), true, 40_001)).toBe(latest);
  expect(await remember(list(0), true, 40_001)).toBe(latest + 1);
});
