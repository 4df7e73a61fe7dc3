import { createRequire } from "node:module";
import { afterEach, expect, test, vi } from "vitest";
import { startTraces } from "@/lib/server/measures/traces";

afterEach(() => vi.unstubAllEnvs());

const listLoaded = () =>
  Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes("/@opentelemetry/"));

test("where no collector is named, nothing that makes traces is loaded", async () => {
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", "");
  await (await startTraces())();
  expect(listLoaded()).toEqual([]);
  await import("@opentelemetry/api");
  expect(listLoaded()).not.toEqual([]);
});

test("a collector that is no address ends the start with the setting's name", async () => {
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318");
  await expect(startTraces()).rejects.toThrow(/^OTEL_EXPORTER_OTLP_ENDPOINT /);
});
