import { expect, test } from "vitest";
import { createMeter } from "@/lib/runtime/meter";

test("each has an equal part of what was used while they were there, and no more", () => {
  let used = 100;
  const meter = createMeter(() => used);
  used += 50;
  const first = meter.begin();
  used += 10;
  const second = meter.begin();
  used += 20;
  expect(first.take()).toBe(20);
  expect(first.take()).toBe(0);
  used += 6;
  expect(second.end()).toBe(13);
  used += 5;
  expect(second.end()).toBe(0);
  expect(second.take()).toBe(0);
  expect(first.end()).toBe(8);
  used += 1_000;
  const third = meter.begin();
  used += 7;
  expect(third.end()).toBe(7);
});
