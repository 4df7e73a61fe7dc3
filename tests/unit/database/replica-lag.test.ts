import { expect, test } from "vitest";
import { createLagMeter } from "@/lib/database/replica/replica-lag";

/** Looks of one a second at a primary's log and what its replica has applied: the lags in seconds. */
function measure(looks: [written: number, replayed: number][]): number[] {
  const meter = createLagMeter();
  return looks.map(([written, replayed], second) => meter.measure({ at: second * 1_000, written }, replayed));
}

test("a replica that has everything is not behind, however long nobody writes", () => {
  expect(
    measure([
      [50, 50],
      [50, 50],
      [50, 50],
      [90, 90],
    ]),
  ).toEqual([0, 0, 0, 0]);
});

test("the seconds are those since the primary was where the replica is", () => {
  // Nothing was written until the third second, in which it stopped.
  expect(
    measure([
      [50, 50],
      [50, 50],
      [100, 50],
      [100, 50],
      [100, 100],
    ]),
  ).toEqual([0, 0, 1, 2, 0]);
});

test("between two looks they are shared out by what was written", () => {
  expect(
    measure([
      [0, 0],
      [100, 75],
      [200, 150],
      [300, 150],
    ]),
  ).toEqual([0, 0.25, 0.5, 1.5]);
});

test("of one that was never seen to have everything, they count from the first look", () => {
  expect(
    measure([
      [100, 10],
      [200, 10],
      [300, 120],
    ]),
  ).toEqual([0, 1, 1.8]);
});

test("a long pause is measured all the same", () => {
  const looks = Array.from({ length: 10_000 }, (_, second): [number, number] => [second + 1, 1]);
  expect(measure(looks).at(-1)).toBe(9_999);
});
