import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startAnalytics } from "@/lib/analytics/queries";
import { listUndoTargets } from "@/lib/change/batch";
import { listConflicts } from "@/lib/change/conflicts";
import { loadContact } from "@/lib/contact/queries";
import { inTransaction } from "@/lib/database/query";
import { emptyFilter } from "@/lib/filter/filter";
import { listTableSizes } from "@/lib/health/table-sizes";
import { listHistoryPage } from "@/lib/history/queries";
import { lookForNews } from "@/lib/live/queries";
import { changeMonthRules, getMonthRules, previewMonths, wakeMonths } from "@/lib/months/months";
import { forgetContacts, writeAct } from "@/lib/people/forgetting";
import { viewerIn } from "../../viewer";
import { openWorld } from "../change/change-world";
import { recordStatements } from "../list/plans-world";

const world = openWorld();
afterAll(() => world.close());

const one = async (sql: string, values: unknown[] = []) => (await world.query(sql, values)).rows[0];
const letItBeTime = () => world.query("update desk_settings set months_due_at = now()");
const countMonths = async (parent: string) =>
  (await one("select count(*)::int as n from list_months() where parent = $1 and not is_default", [parent])).n;

/** As if the tables had been partitioned since January 2020. */
beforeAll(async () => {
  for (const table of ["contact_history", "analytics_events"]) {
    const { rows } = await world.query("select name from list_months() where parent = $1 and lower is not null", [
      table,
    ]);
    for (const { name } of rows) await world.query(`drop table ${name}`);
    await world.query(`alter table ${table} detach partition ${table}_before`);
    await world.query(
      `alter table ${table} attach partition ${table}_before for values from (minvalue) to ('2020-01-01Z')`,
    );
  }
  await makeAll(3);
});

/** Until none is missing: a month with rows in the default part is made alone. */
async function makeAll(ahead: number): Promise<void> {
  while ((await one("select make_months($1, 20000) as made", [ahead])).made > 0);
}

test("the next months are made ahead, by whichever server comes first, once an hour", async () => {
  const months = await countMonths("analytics_events");
  const { rows } = await world.query(
    "select name from list_months() where parent = 'analytics_events' order by upper desc nulls last limit 2",
  );
  for (const { name } of rows) await world.query(`drop table ${name}`);
  await world.query("update desk_settings set months_due_at = now() + interval '1 minute'");
  await wakeMonths();
  expect(await countMonths("analytics_events")).toBe(months - 2);
  await letItBeTime();
  await wakeMonths();
  expect(await countMonths("analytics_events")).toBe(months);
  // Where some were made it looks again at once, and then in an hour.
  await wakeMonths();
  expect((await one("select months_due_at > now() + interval '59 minutes' as later from desk_settings")).later).toBe(
    true,
  );
});

test("what misses its month is found in the default part, and moved when the month is made; triggers hear of it once", async () => {
  await world.query("create table told (id uuid)");
  await world.query(`create function tell() returns trigger language plpgsql security definer as
    $$ begin insert into public.told values (new.id); return null; end $$`);
  await world.query(
    "create trigger tell after insert on analytics_events_default for each row execute function tell()",
  );
  await world.query(
    `insert into analytics_events (event_type, event_data, "timestamp")
     select 'early', '{}', date_trunc('month', now(), 'UTC') + interval '4 months 3 days' from generate_series(1, 11)`,
  );
  await world.query(
    `insert into contact_history (changed_at, contact_id, operation, actor, database_role)
     values (date_trunc('month', now(), 'UTC') + interval '4 months', 'early', 'update', 'system', 'x')`,
  );
  const where = async () =>
    one(`select count(*)::int as n, min(tableoid::regclass::text) as first, max(tableoid::regclass::text) as last
      from analytics_events where event_type = 'early'`);
  expect(await where()).toEqual({ n: 11, first: "analytics_events_default", last: "analytics_events_default" });
  // More rows than may be moved at once, so all stay where they are.
  await world.query("select make_months(4, 10)");
  expect(await where()).toMatchObject({ n: 11, last: "analytics_events_default" });
  expect((await one("select tableoid::regclass::text as t from contact_history where contact_id = 'early'")).t).toMatch(
    /^contact_history_\d{4}_\d{2}$/,
  );
  await world.query("select make_months(4, 20000)");
  expect(await where()).toMatchObject({ n: 11, last: expect.stringMatching(/^analytics_events_\d{4}_\d{2}$/) });
  expect((await one("select count(*)::int as n from told")).n).toBe(11);
  await world.query("drop trigger tell on analytics_events_default");
});

test("who writes while rows are moved waits, and their row is in its month; a gap is closed, though later months are there", async () => {
  const month = (await one("select to_char(now() at time zone 'UTC', 'YYYY_MM') as month")).month;
  await world.query(`drop table analytics_events_${month}`);
  const write = `insert into analytics_events (event_type, event_data, "timestamp") values ('now', '{}', now())`;
  await world.query(write);
  const url = process.env.TEST_SUPERUSER_URL;
  const maker = new pg.Client({ connectionString: url });
  const writer = new pg.Client({ connectionString: url });
  await maker.connect();
  await writer.connect();
  try {
    await maker.query("begin");
    expect((await maker.query("select make_months(3, 20000) as made")).rows).toEqual([{ made: 1 }]);
    const { pid } = (await writer.query("select pg_backend_pid() as pid")).rows[0];
    const written = writer.query(write);
    await expect
      .poll(async () => (await one("select cardinality(pg_blocking_pids($1)) as n", [pid])).n)
      .toBeGreaterThan(0);
    await maker.query("commit");
    await written;
  } finally {
    await maker.end();
    await writer.end();
  }
  const { rows } = await world.query(
    "select tableoid::regclass::text as part, count(*)::int as n from analytics_events where event_type = 'now' group by 1",
  );
  expect(rows).toEqual([{ part: `analytics_events_${month}`, n: 2 }]);
});

test("a bound as large as there is moves them all; other numbers of months are refused", async () => {
  await world.query("select make_months(3, 2147483647)");
  await expect(world.query("select make_months(100000, 1)")).rejects.toThrow("no such number of months");
});

describe("old months", () => {
  const id = randomUUID();
  beforeAll(async () => {
    await world.query(
      `insert into contact_history (changed_at, contact_id, operation, actor, database_role)
       select at::timestamptz, $1, 'update', 'system', 'x' from unnest(array['2019-06-01', '2020-01-31 23:59:59Z', '2020-02-01Z', '2024-01-01Z']) at`,
      [id],
    );
    await world.query(
      `insert into analytics_events (event_type, event_data, "timestamp")
       select 'contact_submission', $1, at::timestamptz from unnest(array['2019-06-01', '2020-03-15', '2024-01-01']) at`,
      [JSON.stringify({ contact_id: id })],
    );
  });

  test("stay, while nobody has set a rule", async () => {
    expect(await getMonthRules()).toEqual({ history: null, events: null });
    expect(await previewMonths(await getMonthRules())).toEqual({ divided: true, months: [] });
    const months = await countMonths("contact_history");
    await letItBeTime();
    await wakeMonths();
    expect(await countMonths("contact_history")).toBe(months);
    const app = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await app.connect();
    await expect(app.query("select detach_month('contact_history_2020_01')")).rejects.toThrow(
      "no month that the rules",
    );
    await expect(app.query("select * from contact_history_2020_01")).rejects.toThrow("permission denied");
    await app.end();
  });

  test("are taken off by a rule that said beforehand which rows and bytes, and forgetting finds them there", async () => {
    const { n: keep } = await one(
      "select (extract(year from now()) * 12 + extract(month from now()))::int - (2020 * 12 + 4) as n",
    );
    const rules = { history: keep, events: keep };
    const { months } = await previewMonths(rules);
    expect(months.map(({ name, rows }) => [name, rows])).toEqual([
      ["analytics_events_before", 1],
      ["analytics_events_2020_01", 0],
      ["analytics_events_2020_02", 0],
      ["analytics_events_2020_03", 1],
      ["contact_history_before", 1],
      ["contact_history_2020_01", 1],
      ["contact_history_2020_02", 1],
      ["contact_history_2020_03", 0],
    ]);
    expect(Math.min(...months.map(({ bytes }) => bytes))).toBeGreaterThan(8_000);

    await changeMonthRules(rules);
    await wakeMonths();
    expect((await one("select count(*)::int as n from contact_history where contact_id = $1", [id])).n).toBe(4);
    await letItBeTime();
    await wakeMonths();

    expect((await previewMonths(rules)).months).toEqual([]);
    expect((await one("select count(*)::int as n from contact_history where contact_id = $1", [id])).n).toBe(1);
    expect((await one("select count(*)::int as n from detached_history where contact_id = $1", [id])).n).toBe(3);
    expect((await one("select count(*)::int as n from detached_events")).n).toBe(2);
    const counts = await inTransaction("forget", async (run) =>
      forgetContacts(run, await writeAct(run, { staffId: null, kind: "retention", personKey: null }), [id], null, []),
    );
    expect(counts).toMatchObject({ history: 4, events: 3 });
    expect((await one("select count(*)::int as n from detached_history where contact_id = $1", [id])).n).toBe(0);
    // As after keeping a copy: the table is dropped, and nothing else breaks.
    await world.query("drop table contact_history_2020_01");
    await changeMonthRules({ history: null, events: null });
  });
});

test("the page of tables shows what is by month as one", async () => {
  await world.query("analyze");
  const names = (await listTableSizes()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["contact_history", "analytics_events"]));
  const { rows } = await world.query("select name from list_months()");
  expect(names.filter((each) => rows.some(({ name }) => name === each))).toEqual([]);
});

type Node = { "Node Type": string; "Relation Name"?: string; "Actual Loops"?: number; Plans?: Node[] };

/** The partitions that `work` reads, by name, and how. */
async function listRead(work: () => Promise<unknown>): Promise<{ parts: string[]; sequential: string[] }> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const nodes: Node[] = [];
  const collect = (node: Node) => {
    if (node["Actual Loops"] && /^(contact_history|analytics_events)_/.test(node["Relation Name"] ?? ""))
      nodes.push(node);
    for (const below of node.Plans ?? []) collect(below);
  };
  let asked = 0;
  for (const { text, values } of await recordStatements(work)) {
    if (!/contact_history|analytics_events/.test(text)) continue;
    asked += 1;
    const { rows } = await client.query({ text: `explain (analyze, timing off, format json) ${text}`, values });
    collect(rows[0]["QUERY PLAN"][0].Plan);
  }
  await client.end();
  expect(asked).toBeGreaterThan(0);
  const names = (found: Node[]) => [...new Set(found.map((node) => node["Relation Name"] ?? ""))].sort();
  return { parts: names(nodes), sequential: names(nodes.filter((node) => node["Node Type"] === "Seq Scan")) };
}

describe("queries read the months that they are about", () => {
  const batch = randomUUID();
  let contact = "";
  beforeAll(async () => {
    // 300 contacts changed once a month for five years, a fifth of it in batches.
    await world.query(
      `insert into contact_history (changed_at, contact_id, operation, actor, database_role, batch_id, version_to, fields, status_to)
       select '2021-01-01Z'::timestamptz + make_interval(months => m) + make_interval(hours => n), 'plan-' || n, 'update', 'staff', 'x',
         case when n % 5 = 0 then gen_random_uuid() end, m, '{status}', 'new'
       from generate_series(0, 60) m, generate_series(1, 300) n`,
    );
    await world.query(
      `insert into analytics_events (event_type, event_data, "timestamp")
       select 'page_view', '{}', '2021-01-01Z'::timestamptz + make_interval(hours => n) from generate_series(1, 40000) n`,
    );
    [contact = ""] = await world.addContacts(1);
    const staff = await world.addStaff("Ada");
    await world.query(
      "insert into change_batches (id, staff_id, kind, request, created_at) values ($1, $2, 'status', '{}', '2023-05-10Z')",
      [batch, staff],
    );
    await world.query(
      `insert into contact_history (changed_at, contact_id, operation, actor, actor_id, database_role, batch_id, version_to, fields, status_from, status_to)
       values ('2023-05-10 00:00:01Z', $1, 'update', 'staff', $2, 'x', $3, 1, '{status}', 'new', 'closed')`,
      [contact, staff, batch],
    );
    await world.query("analyze contact_history, analytics_events");
  });
  const day = { who: null, kind: null, from: "2023-05-01", to: "2023-05-20", before: null };
  const all = { who: null, kind: null, from: null, to: null, before: null };

  test("the history of some days", async () => {
    const question = { ...day, who: "system" };
    const { parts } = await listRead(() => listHistoryPage(question, "UTC"));
    expect(parts).toEqual(["contact_history_2023_05"]);
  });

  test("the changes of some days: none before their batch", async () => {
    const { parts } = await listRead(() => listHistoryPage({ ...day, kind: "status" }, "UTC"));
    expect(parts[0]).toBe("contact_history_2023_05");
  });

  test("what has just changed", async () => {
    const { parts } = await listRead(() => inTransaction("interactive", (run) => lookForNews(run, Date.now())));
    expect(parts.length).toBeLessThanOrEqual(2);
    expect(parts).not.toContain("contact_history_default");
  });

  test("the page views of 30 days", async () => {
    const range = { from: "2023-05-01", to: "2023-05-30" };
    const { parts } = await listRead(async () => {
      const { contacts, visitors, documents } = startAnalytics(emptyFilter, range, viewerIn("Europe/Berlin"));
      await Promise.all([contacts, visitors, documents]);
    });
    expect(parts).toEqual(["analytics_events_2023_04", "analytics_events_2023_05"]);
  });

  test("the newest history of all, from the indexes", async () => {
    const { sequential } = await listRead(() => listHistoryPage(all, "UTC"));
    expect(sequential.filter((name) => /_202[1-5]_/.test(name))).toEqual([]);
  });

  // These know no time, so they use each month's index and scan no month completely.
  test.each([
    ["a contact's history", () => loadContact(contact)],
    ["who changed it last", () => inTransaction("interactive", (run) => listConflicts(run, [contact]))],
    ["what an undo would write", () => inTransaction("interactive", (run) => listUndoTargets(run, batch))],
  ])("%s", async (_name, work) => {
    const { parts, sequential } = await listRead(work);
    expect(parts).toContain("contact_history_2023_05");
    expect(sequential.filter((name) => /_202[1-5]_/.test(name))).toEqual([]);
  });
});
