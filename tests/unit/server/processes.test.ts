import { afterEach, describe, expect, test, vi } from "vitest";
import { countProcesses, partOfPool } from "@/lib/server/processes";

afterEach(() => vi.unstubAllEnvs());

describe("how many processes serve", () => {
  test.each([
    [1, 1],
    [2, 2],
    [4, 4],
    [32, 4],
  ])("of a machine with %i cores without a setting: %i", (cores, count) => {
    vi.stubEnv("WEB_CONCURRENCY", "");
    expect(countProcesses(cores)).toBe(count);
  });

  test("as many as WEB_CONCURRENCY says, and one while developing", () => {
    vi.stubEnv("WEB_CONCURRENCY", "7");
    expect(countProcesses(2)).toBe(7);
    vi.stubEnv("NODE_ENV", "development");
    expect(countProcesses(2)).toBe(1);
  });
});

describe("the pool", () => {
  test.each([
    [10, 1, [10]],
    [10, 2, [5, 5]],
    [10, 4, [3, 3, 2, 2]],
    [20, 3, [7, 7, 6]],
    [2, 4, [1, 1, 1, 1]],
  ])("of %i is divided among %i", (poolMax, count, parts) => {
    expect(Array.from({ length: count }, (_, number) => partOfPool(poolMax, number, count))).toEqual(parts);
  });
});
