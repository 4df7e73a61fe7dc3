import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { HealthAccess } from "@/lib/health/access";
import { listHints } from "@/lib/health/hints";
import { compareMigrations } from "@/lib/health/migrations";
import { describeState, formatMany, formatShare, formatTaken, nameScreen } from "@/lib/health/words";

const access: HealthAccess = {
  database: "desk",
  role: "desk_app",
  version: "18.4",
  versionNumber: 180_004,
  seesOthers: true,
  isReplica: false,
  startedAt: new Date(0),
  statementsSchema: "public",
  statementsAvailable: true,
};

describe("what is missing is a hint", () => {
  test("and with all there are none", () => {
    expect(listHints(access, "read")).toEqual([]);
  });

  test("a role of an odd name is quoted", () => {
    expect(listHints({ ...access, role: 'The "desk"', seesOthers: false }, "read").map(({ line }) => line)).toEqual([
      'grant pg_monitor to "The ""desk""";',
    ]);
  });

  test.each([
    ["missing", "create extension pg_stat_statements;"],
    ["not loaded", "shared_preload_libraries = 'pg_stat_statements'"],
    ["forbidden", "grant usage on schema public to desk_app;"],
    ["unavailable", null],
  ] as const)("statistics that are %s", (state, line) => {
    expect(listHints(access, state).map((hint) => hint.line)).toEqual([line]);
  });
});

test("migrations: what is to be done first, then what is odd, then the latest", () => {
  const appliedAt = new Date(0);
  const applied = ["0010_a.sql", "0020_b.sql", "0030_c.sql"].map((name) => ({ name, sha256: name, appliedAt }));
  const file = (name: string, sha256 = name) => ({ name, sha256, title: `${name} does` });
  const files = [file("0010_a.sql"), file("0020_b.sql", "edited"), file("0040_d.sql")];
  expect(compareMigrations(applied, files).map(({ name, state }) => `${name} ${state}`)).toEqual([
    "0040_d.sql pending",
    "0030_c.sql newer",
    "0020_b.sql changed",
    "0010_a.sql applied",
  ]);
  const names = applied.map(({ name }) => ({ name, sha256: null, title: null }));
  expect(new Set(compareMigrations(applied, names).map(({ state }) => state))).toEqual(new Set(["applied"]));
});

test("figures read as a person says them", () => {
  expect([0.04, 9.9, 41.2, 999, 3_210, 840_000, 36e6].map(formatTaken)).toEqual([
    "0.0 ms",
    "9.9 ms",
    "41 ms",
    "999 ms",
    "3.2 s",
    "14 min",
    "10 h",
  ]);
  expect([0, 4_100, 1_234_567, 2 ** 31].map(formatMany)).toEqual(["0", "4,100", "1.2 million", "2.1 billion"]);
  expect([formatShare(0, 10), formatShare(1, 300), formatShare(1, 3000), formatShare(1, 3), formatShare(1, 0)]).toEqual(
    ["0 %", "0.3 %", "< 0.1 %", "33 %", "0 %"],
  );
  expect([describeState(null), describeState("idle"), describeState("new in 19")]).toEqual([
    "Not visible",
    "Idle",
    "new in 19",
  ]);
  expect([nameScreen("/contacts"), nameScreen("setTriage")]).toEqual(["Inbox", "setTriage"]);
  // Work in the background has a name, too.
  const works = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [...readFileSync(join("lib", file), "utf8").matchAll(/workOn\("([^"]+)"/g)])
    .map(([, name = ""]) => name);
  expect(works).toContain("months");
  expect(works.filter((work) => nameScreen(work) === work)).toEqual([]);
});
