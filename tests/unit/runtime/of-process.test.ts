import { afterEach, expect, it, vi } from "vitest";

// Each bundle has its own copy of a module: here a module that is loaded anew.
afterEach(() => {
  vi.resetModules();
  vi.unstubAllEnvs();
});

it("two copies of a module have one thing of a name, and another of another", async () => {
  const one = await import("@/lib/runtime/of-process");
  vi.resetModules();
  const other = await import("@/lib/runtime/of-process");
  expect(other.ofProcess).not.toBe(one.ofProcess);
  const made = one.ofProcess("test of two copies", () => ({}));
  expect(other.ofProcess("test of two copies", () => ({}))).toBe(made);
  expect(other.ofProcess("another of two copies", () => ({}))).not.toBe(made);
});

it("who works in one bundle is seen from the other", async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/nothing");
  const pages = await import("@/lib/database/pool-shares");
  const { workFor } = await import("@/lib/runtime/requester");
  vi.resetModules();
  const handlers = await import("@/lib/database/pool-shares");
  expect(handlers.worksAlone("ada")).toBe(true);
  const share = await workFor("tomo", () => pages.takePoolShare("interactive"));
  expect(handlers.worksAlone("ada")).toBe(false);
  expect(handlers.worksAlone("tomo")).toBe(true);
  // Who waits is counted once, whichever copy is asked.
  const { readNow } = await import("@/lib/runtime/measures");
  const held = await Promise.all(
    Array.from({ length: 7 }, () => workFor("tomo", () => pages.takePoolShare("interactive"))),
  );
  const waiting = workFor("tomo", () => pages.takePoolShare("interactive"));
  expect(readNow("queued")).toBe(1);
  for (const one of [share, ...held]) one.release();
  (await waiting).release();
  expect(readNow("queued")).toBe(0);
});
