import { expect, test } from "vitest";
import { createPace } from "@/lib/runtime/pace";

test("all that one key sends keeps to the pace, and nobody else waits for it", () => {
  let now = 0;
  const pace = createPace(1_000, () => now);
  expect(pace.delay("one", 500)).toBe(500);
  expect(pace.delay("one", 500)).toBe(1_000);
  expect(pace.delay("other", 100)).toBe(100);
  now = 700;
  expect(pace.delay("one", 100)).toBe(400);
  now = 5_000;
  expect(pace.delay("one", 100)).toBe(100);
});
