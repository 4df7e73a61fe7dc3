import { expect, test } from "vitest";
import { readLoopLag, watchEventLoop } from "@/lib/runtime/event-loop";

test("the longest lag is as long as the thread was held up, and most looks at the loop are on time", async () => {
  expect(readLoopLag()).toEqual({ median: 0, p99: 0, longest: 0 });
  watchEventLoop();
  await expect.poll(() => readLoopLag().longest).toBeGreaterThan(0);
  const until = performance.now() + 700;
  while (performance.now() < until);
  await expect.poll(() => readLoopLag().longest).toBeGreaterThan(0.6);
  expect(readLoopLag().longest).toBeLessThan(5);
  await expect.poll(() => readLoopLag().median).toBeLessThan(0.3);
});
