import { describe, expect, test } from "vitest";
import { deskTables } from "@/lib/database/grants";
import { migrate, planMigrations } from "@/lib/database/migrate/migrations";
import { readColumns, readContents } from "../contents";
import type { TestDatabase } from "../databases";
import { connect, migrationOf, useInstallations } from "../installation";
import { website } from "../website-statements";

const adopting = (database: TestDatabase) => ({ ...migrationOf(database), adopt: () => true });

describe.each([18, 15])("an installation on PostgreSQL %i", (version) => {
  const { install } = useInstallations(version);

  test("is not touched by the plan, which names its tables and every file", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    const before = await readContents(owner);

    const plan = await planMigrations(migrationOf(database));

    expect(plan.adoption?.problems).toEqual([]);
    expect(plan.adoption?.tables.map(({ name }) => name)).toEqual([
      "analytics_events",
      "contact_submissions",
      "documents",
      "website_visitors",
    ]);
    expect(plan.pending.length).toBeGreaterThan(20);
    expect(await readContents(owner)).toEqual(before);
  });

  test("is not touched until its adoption is agreed to", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    const before = await readContents(owner);

    await expect(migrate(migrationOf(database))).rejects.toThrow("ADOPT=yes");
    await expect(migrate({ ...migrationOf(database), adopt: () => false })).rejects.toThrow("ADOPT=yes");

    expect(await readContents(owner)).toEqual(before);
  });

  test("is adopted with every row, definition, right and answer of a view as it was", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    await owner.query("analyze");
    const columns = await readColumns(owner);
    const before = await readContents(owner);
    expect(Object.keys(before).filter((name) => name.startsWith("row of contact_submissions"))).toHaveLength(6);

    await migrate(adopting(database));

    expect(await readContents(owner, columns)).toMatchObject(before);
    const { rows } = await owner.query(
      "select distinct version, assignee_id, snoozed_until, first_contacted_at, spam_reason, duplicate_of from contact_submissions",
    );
    expect(rows).toEqual([
      {
        version: 1,
        assignee_id: null,
        snoozed_until: null,
        first_contacted_at: null,
        spam_reason: null,
        duplicate_of: null,
      },
    ]);
    expect((await owner.query("select count(*)::int as n from contact_history")).rows).toEqual([{ n: 0 }]);
  });

  test("asks only once: the next run applies nothing and asks nothing", async () => {
    const database = await install();
    await migrate(adopting(database));
    expect(await migrate(migrationOf(database))).toEqual([]);
  });

  test("keeps the website's statements succeeding under its own role, before, during and after", async () => {
    const database = await install();
    await using site = await connect(database.website);
    await using reader = await connect(database.owner);
    const { rows } = await reader.query("select id from documents order by upload_timestamp limit 1");
    let sent = 0;
    const visit = async () => {
      sent += 1;
      const id = `contact_1793000000_${String(sent).padStart(8, "0")}`;
      expect((await website.submit(site, id)).rows).toEqual([{ id }]);
      expect((await website.analyse(site, id, '{"total_documents":1}')).rowCount).toBe(1);
      expect((await website.process(site, rows[0].id, '{"pages":2}')).rowCount).toBe(1);
      return website.count(site);
    };

    expect(await visit()).toBeNull();
    let migrating = true;
    const migration = migrate(adopting(database)).finally(() => {
      migrating = false;
    });
    while (migrating) await visit();
    await migration;
    const counted = await visit();
    expect(await visit()).toBe(Number(counted) + 1);

    const written = await reader.query(
      "select count(*)::int as n from contact_submissions where id like 'contact_1793%' and document_insights is not null",
    );
    expect(written.rows).toEqual([{ n: sent }]);
    expect((await reader.query("select * from v_top_contacts")).rowCount).toBe(6 + sent);
  });

  test("gives way to a transaction that the website has open, and finishes after it", async () => {
    const database = await install();
    await using site = await connect(database.website);
    await using other = await connect(database.website);
    await site.query("begin");
    await website.submit(site, "contact_1793000000_open0000");
    const lines: string[] = [];

    const migration = migrate({
      ...adopting(database),
      report: (line) => {
        lines.push(line);
        // A second visitor is served while the first one's transaction holds the migration up.
        if (line.includes("waits for a lock")) {
          website.submit(other, "contact_1793000000_other000").then(() => site.query("commit"));
        }
      },
    });

    expect(await migration).toContain("0040_contact_columns.sql");
    expect(lines.filter((line) => line.includes("waits for a lock"))).toHaveLength(1);
    const { rows } = await other.query("select id from contact_submissions where id like 'contact_1793%' order by id");
    expect(rows.map(({ id }) => id)).toEqual(["contact_1793000000_open0000", "contact_1793000000_other000"]);
  });

  test("gives the website no right on what is ours, even where default privileges would", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    await owner.query("alter default privileges in schema public grant all on tables to website");

    await migrate(adopting(database));

    const { rows } = await owner.query(
      `select relname from pg_class
      where relnamespace = 'public'::regnamespace and relname = any ($1)
        and (has_table_privilege('website', oid, 'select, insert, update, delete, truncate, references, trigger')
          or has_any_column_privilege('website', oid, 'select, insert, update, references'))
      union all
      select proname from pg_proc
      where proname in ('record_contact_change', 'count_contact_change', 'refuse_history_change', 'keep_note_version',
          'clear_pending_words')
        and has_function_privilege('website', oid, 'execute')`,
      [[...deskTables, "schema_migration"]],
    );
    expect(rows).toEqual([]);
    await using site = await connect(database.website);
    await website.submit(site, "contact_1793000000_00000001");
    await website.analyse(site, "contact_1793000000_00000001", "{}");
  });

  test.each([
    [
      "drop index idx_contact_insights; alter table contact_submissions alter column document_insights type json",
      "document_insights is json",
    ],
    ["alter table contact_submissions alter column budget type integer using 1", "budget is integer where"],
    ["alter table documents drop column size", "documents has no column size"],
    [
      "alter table contact_submissions alter column last_updated type timestamp",
      "last_updated has no time zone, and the server's is Europe/Berlin",
    ],
    ["create table staff (id integer)", "named staff"],
    ["alter table contact_submissions add column version text", "a column version"],
    [
      "drop function increment_visitor_count(); create function increment_visitor_count() returns bigint return 1",
      "return integer",
    ],
  ])("is refused in words when it cannot be adopted: %s", async (change, words) => {
    const database = await install();
    await using owner = await connect(database.owner);
    await owner.query(change);
    const before = await readContents(owner);

    await expect(migrate(adopting(database))).rejects.toThrow(words);

    expect(await readContents(owner)).toEqual(before);
  });
});
