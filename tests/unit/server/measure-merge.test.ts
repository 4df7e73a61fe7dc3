import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";
import { getMeasures } from "@/lib/runtime/measures";
import { countStatement } from "@/lib/runtime/statement-times";
import { printMeasures } from "@/lib/server/measures/measure-merge";
import { readServerWork, type ServerWork } from "@/lib/server/measures/server-work";

describe("the numbers of a cluster, as any of its processes tells them", () => {
  let readings: string[] = [];
  let works: ServerWork[] = [];

  beforeAll(async () => {
    const args = ["--import", "tsx", "--conditions=react-server", "tests/unit/server/measure-cluster.ts"];
    const cluster = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    ({ readings, works } = JSON.parse(await text(cluster.stdout)));
  });

  const read = (reading: number, series: string) =>
    Number(
      readings[reading]
        ?.split("\n")
        .find((line) => line.startsWith(`${series} `))
        ?.split(" ")
        .at(-1),
    );
  const counted = 'desk_database_statements_total{screen="/contacts"}';
  const buckets = 'desk_request_duration_seconds_count{route="/contacts",status="200"}';

  test("are the sums of all", () => {
    expect(read(0, counted)).toBe(6);
    expect(read(0, buckets)).toBe(3);
    expect(read(0, "active_database_connections")).toBe(6);
    expect(read(0, "desk_processes")).toBe(3);
  });

  test("hold what a process that hangs told last", () => {
    expect(read(1, counted)).toBe(6);
    expect(read(1, "desk_processes")).toBe(3);
  });

  test("go on counting where a process was that died, and forget what it held", () => {
    expect(read(2, counted)).toBe(10);
    expect(read(2, buckets)).toBe(4);
    expect(read(2, "active_database_connections")).toBe(7);
    expect(read(2, "desk_processes")).toBe(3);
  });

  test("hold their work with the database, of all that answer", () => {
    const [all, withoutOne] = works;
    expect(all).toMatchObject({ processes: 3, silent: 0, pool: { active: 6 } });
    expect(all?.times).toMatchObject([{ screen: "/contacts", calls: 3, total: 60, longest: 30, rows: 6 }]);
    expect(all?.times[0]?.text).toBe("select a from t");
    expect(withoutOne).toMatchObject({ processes: 2, silent: 1, pool: { active: 3 } });
    expect(withoutOne?.times).toMatchObject([{ calls: 2, total: 30, longest: 20, rows: 3 }]);
  });
});

test("one process alone tells its own", async () => {
  getMeasures().statements.inc({ screen: "alone" });
  expect(await printMeasures()).toContain('desk_database_statements_total{screen="alone"} 1');
});

test("and its own work", async () => {
  countStatement("alone", "select b from t", 5, 1);
  const work = await readServerWork();
  expect(work).toMatchObject({ processes: 1, silent: 0 });
  expect(work.times).toMatchObject([{ screen: "alone", text: "select b from t", calls: 1, total: 5 }]);
});
