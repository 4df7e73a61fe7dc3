import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { timeLimits } from "@/lib/database/limits";
import { patience } from "@/lib/export/export";
import { exportLimits } from "@/lib/export/record";
import { withoutConnections } from "../of-process";
import { addPerson, ask, countOpen, fillLargely, listRecords, owner, readAnswer } from "./export-world";

afterAll(() => owner.end());
afterEach(() => expect.poll(countOpen).toBe(0));

describe("an export that does not end well", () => {
  const service = `Large ${randomUUID()}`;
  const query = `service=${encodeURIComponent(service)}`;
  beforeAll(() => fillLargely(service));
  afterAll(() => owner.query("delete from contact_submissions where service = $1", [service]));

  async function begin(staffId: string, signal?: AbortSignal) {
    const answer = await ask(query, { staffId, signal });
    expect(answer.status).toBe(200);
    const reader = answer.body?.getReader();
    if (!reader) throw new Error("There is no body.");
    await reader.read();
    return reader;
  }

  async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<"whole"> {
    while (!(await reader.read()).done);
    return "whole";
  }

  test("reads no further than its reader does", async () => {
    const staffId = await addPerson();
    const reader = await begin(staffId);
    await reader.read();
    const idle = async () => {
      const { rows } = await owner.query(
        "select state from pg_stat_activity where datname = current_database() and usename = 'desk_app' and xact_start is not null",
      );
      return rows;
    };
    await expect.poll(idle).toEqual([{ state: "idle in transaction" }]);
    await reader.cancel();
    await expect.poll(() => listRecords(staffId)).toMatchObject([{ outcome: "left", matching: 3000 }]);
    expect((await listRecords(staffId))[0].written).toBeLessThan(500);
  });

  test("frees its connection when its reader leaves", async () => {
    const staffId = await addPerson();
    const reader = await begin(staffId);
    expect(await countOpen()).toBe(1);
    await reader.cancel();
    await expect.poll(countOpen).toBe(0);
    await expect.poll(() => listRecords(staffId)).toMatchObject([{ outcome: "left", ended: true }]);
  });

  test("frees its connection when its reader leaves while the database is at work", async () => {
    const staffId = await addPerson();
    const lock = await owner.connect();
    await lock.query("begin; lock table contact_submissions in access exclusive mode");
    try {
      const leaving = new AbortController();
      const answer = ask(query, { staffId, signal: leaving.signal });
      await expect.poll(countOpen).toBe(1);
      leaving.abort();
      await expect(answer).rejects.toBeDefined();
      await expect.poll(countOpen).toBe(0);
    } finally {
      await lock.query("rollback");
      lock.release();
    }
    await expect.poll(() => listRecords(staffId)).toMatchObject([{ outcome: "left", written: 0 }]);
  });

  test("errors where the connection is cut midway, so that no short file looks whole", async () => {
    const staffId = await addPerson();
    const reader = await begin(staffId);
    await owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'desk_app' and xact_start is not null",
    );
    await expect(readToEnd(reader)).rejects.toBeDefined();
    await expect.poll(() => listRecords(staffId)).toMatchObject([{ outcome: "failed", matching: 3000 }]);
  });

  test("is given up when its reader takes nothing for too long, and says so in its record", async () => {
    const staffId = await addPerson();
    const { stalled } = patience;
    patience.stalled = 300;
    try {
      const reader = await begin(staffId);
      await expect.poll(() => listRecords(staffId)).toMatchObject([{ outcome: "left", ended: true }]);
      await expect(readToEnd(reader)).rejects.toBeDefined();
    } finally {
      patience.stalled = stalled;
    }
  });

  test("may take longer in all than any of its statements", async () => {
    const limits: { export: number } = timeLimits;
    const { export: usual } = limits;
    limits.export = 500;
    try {
      const reader = await begin(await addPerson());
      await owner.query("select pg_sleep(0.8)");
      await reader.read();
      await owner.query("select pg_sleep(0.8)");
      expect(await readToEnd(reader)).toBe("whole");
    } finally {
      limits.export = usual;
    }
  });

  test("of very long messages comes in pieces hardly larger than one of them", async () => {
    const long = `Long ${randomUUID()}`;
    await owner.query(
      `insert into contact_submissions (id, name, email, message, service, "timestamp")
       select $1 || n, 'Long', 'l@x.example', repeat('=x', 500000), $1, now() from generate_series(1, 40) n`,
      [long],
    );
    const answer = await ask(`service=${encodeURIComponent(long)}`);
    const sizes: number[] = [];
    for await (const piece of answer.body ?? []) sizes.push(piece.length);
    expect(Math.max(...sizes)).toBeLessThan(1_002_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(40_000_000);
    await owner.query("delete from contact_submissions where service = $1", [long]);
  });

  test("holds what was there when it began, whatever comes, goes and changes meanwhile", async () => {
    const staffId = await addPerson();
    const reader = await begin(staffId);
    await owner.query("delete from contact_submissions where id = $1 || 2999", [service]);
    await owner.query("update contact_submissions set service = 'moved' where id = $1 || 2998", [service]);
    expect(await readToEnd(reader)).toBe("whole");
    await expect.poll(() => listRecords(staffId)).toMatchObject([{ outcome: "finished", written: 3000 }]);
    await owner.query("delete from contact_submissions where service = 'moved'");
  });
});

describe("a person", () => {
  test("has as many running at a time as one can, and another as soon as one of them ends", async () => {
    const service = `Places ${randomUUID()}`;
    await fillLargely(service);
    const staffId = await addPerson();
    const query = `service=${encodeURIComponent(service)}`;
    const running = await Promise.all(Array.from({ length: exportLimits.running }, () => ask(query, { staffId })));
    expect(running.map(({ status }) => status)).toEqual(Array(exportLimits.running).fill(200));

    const refused = await ask(query, { staffId });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "10"]);
    expect(await refused.text()).toBe("You have 2 exports running. Wait until one has finished.\n");
    const other = await ask("status=spam");
    expect(other.status).toBe(200);
    await other.body?.cancel();

    await running[0]?.body?.cancel();
    const next = async () => {
      const answer = await ask("status=spam&columns=id", { staffId });
      await answer.body?.cancel();
      return answer.status;
    };
    await expect.poll(next).toBe(200);
    await Promise.all(running.slice(1).map(({ body }) => body?.cancel()));
    await owner.query("delete from contact_submissions where service = $1", [service]);
  });

  test("begins as many within an hour as one can, hears when the next may, and refusals do not count", async () => {
    const staffId = await addPerson();
    await owner.query(
      `insert into contact_exports (staff_id, filter, columns, started_at, outcome)
       select $1, '', '{id}', now() - make_interval(mins => 10 + n), case when n = 1 then 'refused' else 'finished' end
       from generate_series(1, $2) n`,
      [staffId, exportLimits.hourly],
    );
    expect((await readAnswer(await ask("status=spam&columns=id", { staffId }))).header).toEqual(["id"]);
    const refused = await ask("status=spam&columns=id", { staffId });
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(18 * 60);
    expect(seconds).toBeLessThanOrEqual(20 * 60);
    expect(await refused.text()).toMatch(/^You have started 30 exports within an hour.* in 20 min\.\n$/);
  });

  test("cannot get around the limit by asking many times at once", async () => {
    const staffId = await addPerson();
    await owner.query(
      `insert into contact_exports (staff_id, filter, columns, outcome)
       select $1, '', '{id}', 'finished' from generate_series(1, $2) n`,
      [staffId, exportLimits.hourly - 1],
    );
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask("status=spam&columns=id", { staffId })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429, 429, 429, 429]);
    await Promise.all(answers.map((answer) => answer.body?.cancel()));
  });
});

test("an exhausted pool is said to be busy", async () => {
  const staffId = await addPerson();
  await withoutConnections(async () => {
    await expect(ask("", { staffId })).rejects.toMatchObject({ name: "DatabaseError", code: "busy" });
  });
});
