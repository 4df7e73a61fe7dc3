import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { getMeasures, readMoment } from "@/lib/runtime/measures";
import { listPoolPoints, mergePoolPoints, readPool, watchPool } from "@/lib/server/measures/pool-history";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("an hour is kept: a point each ten seconds, with the most within it and who was refused", async () => {
  let active = 1;
  readMoment("active", () => active);
  readMoment("limit", () => 10);
  watchPool();
  watchPool();
  await vi.advanceTimersByTimeAsync(4_000);
  active = 9;
  await vi.advanceTimersByTimeAsync(1_000);
  active = 2;
  getMeasures().rejections.inc({ reason: "pool" }, 3);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(readPool()).toEqual({ active: 2, open: 0, waiting: 0, limit: 10 });
  expect(listPoolPoints()).toMatchObject([
    { active: 9, waiting: 0, refused: 3, limit: 10 },
    { active: 2, waiting: 0, refused: 0, limit: 10 },
  ]);
  await vi.advanceTimersByTimeAsync(2 * 3_600_000);
  const points = listPoolPoints();
  expect(points).toHaveLength(360);
  expect((points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0)).toBe(359 * 10_000);
});

test("of several processes the same ten seconds are summed, also where one was late or began later", () => {
  const point = (at: number, active: number, refused = 0) => ({ at, active, waiting: 1, refused, limit: 5 });
  const merged = mergePoolPoints([
    [point(10_000, 1), point(20_100, 2, 7), point(29_900, 3, 1), point(40_000, 4)],
    // Late across a border, so that one ten seconds have none of its points and another two.
    [point(19_990, 5), point(30_010, 1, 2), point(39_990, 4, 3), point(50_500, 2)],
  ]);
  expect(merged.map(({ active }) => active)).toEqual([6, 8, 7, 8, 6]);
  expect(merged.map(({ refused }) => refused)).toEqual([0, 8, 5, 0, 0]);
  expect(merged.map(({ limit }) => limit)).toEqual([10, 10, 10, 10, 10]);
});
