import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { getMeasures, readMoment } from "@/lib/server/measures";
import { listPoolPoints, readPool, watchPool } from "@/lib/server/pool-history";

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
