import { afterEach, expect, it, vi } from "vitest";

// Each bundle has its own copy of a module: here a module that is loaded anew.
afterEach(() => {
  vi.resetModules();
  vi.unstubAllEnvs();
});

it("two copies of a module have one thing of a name, and another of another", async () => {
  const one = await import("@/lib/server/of-process");
  vi.resetModules();
  const other = await import("@/lib/server/of-process");
  expect(other.ofProcess).not.toBe(one.ofProcess);
  const made = one.ofProcess("test of two copies", () => ({}));
  expect(other.ofProcess("test of two copies", () => ({}))).toBe(made);
  expect(other.ofProcess("another of two copies", () => ({}))).not.toBe(made);
});

it("who works in one bundle is seen from the other", async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/nothing");
  const pages = await import("@/lib/database/places");
  const { workFor } = await import("@/lib/server/requester");
  vi.resetModules();
  const handlers = await import("@/lib/database/places");
  expect(handlers.worksAlone("ada")).toBe(true);
  const place = await workFor("tomo", () => pages.takePlace("interactive"));
  expect(handlers.worksAlone("ada")).toBe(false);
  expect(handlers.worksAlone("tomo")).toBe(true);
  place.release();
});
