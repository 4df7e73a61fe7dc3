import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { describe, expect, test } from "vitest";
import { leaveDatabase, readLeavingPlan } from "@/lib/database/leave/leaving";
import { describeLeaving } from "@/lib/database/leave/leaving-words";
import { migrate } from "@/lib/database/migrate/migrations";
import type { TestDatabase } from "../databases";
import { connect, migrationOf, useInstallations } from "../installation";
import { describeWholeCatalogue, readEveryRow } from "../migrate/whole-catalogue";
import { measureStalls } from "../stalls";
import { website } from "../website-statements";

const adopt = (database: TestDatabase) => migrate({ ...migrationOf(database), adopt: () => true });

describe.each([18, 15])("leaving an installation on PostgreSQL %i", (version) => {
  const { install } = useInstallations(version);

  test("puts back its catalogue and every row as they were before the adoption", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    // Objects of others on it, of every kind; none of them may be touched.
    await owner.query(`
      comment on table contact_submissions is 'What visitors sent';
      alter table contact_submissions alter column email set statistics 500;
      create statistics theirs on status, source from contact_submissions;
      grant select (id, status) on contact_submissions to desk_app with grant option;
      grant select on documents to desk_app;
      alter default privileges in schema public grant select on tables to website`);
    const before = await describeWholeCatalogue(owner);
    const rows = await readEveryRow(owner);

    await adopt(database);
    expect(await describeWholeCatalogue(owner)).not.toEqual(before);
    const plan = await leaveDatabase(migrationOf(database));

    expect(plan.goes.extensions).toEqual(["pg_trgm"]);
    expect(await describeWholeCatalogue(owner)).toEqual(before);
    expect(await readEveryRow(owner)).toEqual(rows);
    await expect(readLeavingPlan(migrationOf(database))).rejects.toThrow("Contact Desk is not in this database");
    // And it can be adopted again.
    await adopt(database);
  });

  test("keeps the website writing, no statement failed or waiting a second, also beside a transaction left open", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    const before = await describeWholeCatalogue(owner);
    await adopt(database);
    await use(database);
    await using site = await connect(database.website);
    await using slow = await connect(database.website);
    await using idle = await connect(database.website);
    const { rows } = await owner.query("select id from documents order by upload_timestamp limit 1");
    const waits: number[] = [];
    let leaving = true;
    let sent = 0;
    const write = async () => {
      while (leaving) {
        sent += 1;
        const id = `contact_1793000000_${String(sent).padStart(8, "0")}`;
        for (const statement of [
          () => website.submit(site, id),
          () => website.analyse(site, id, '{"total_documents":1}'),
          () => website.process(site, rows[0].id, '{"pages":2}'),
          () => website.count(site),
        ]) {
          const started = performance.now();
          await statement();
          waits.push(performance.now() - started);
        }
      }
    };
    // Again and again, a transaction of the website stays open for a while; every lock has to wait for it.
    const linger = async () => {
      while (leaving) {
        await slow.query("begin");
        await website.submit(slow, `contact_1794000000_${randomUUID().slice(0, 8)}`);
        await pause(1_500);
        await slow.query("commit");
        await pause(50);
      }
    };
    const departure = leaveDatabase(migrationOf(database)).finally(() => {
      leaving = false;
    });
    const [stalls] = await Promise.all([measureStalls(idle, () => leaving), departure, write(), linger()]);

    expect(waits.length).toBeGreaterThan(100);
    expect(Math.max(...waits)).toBeLessThan(1_000 + stalls);
    expect(await describeWholeCatalogue(owner)).toEqual(before);
    const written = await owner.query(
      "select count(*)::int as n from contact_submissions where id like 'contact_1793%' and document_insights is not null",
    );
    expect(written.rows).toEqual([{ n: sent }]);
  });

  test("goes on where it stood, interrupted after every step of it, and lets no migration in meanwhile", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    const before = await describeWholeCatalogue(owner);
    const rows = await readEveryRow(owner);
    await adopt(database);
    let interrupted = 0;
    for (let done = false; !done; ) {
      const interrupt = (line: string) => {
        if (line.startsWith("Recorded that") || line.startsWith("The website's functions")) return;
        interrupted += 1;
        throw new Error("interrupted");
      };
      const end = await leaveDatabase({ ...migrationOf(database), report: interrupt }).catch((error: Error) => error);
      done = (await owner.query("select to_regclass('schema_migration') is null as gone")).rows[0].gone;
      expect(end).toBeInstanceOf(Error);
      if (!done) await expect(adopt(database)).rejects.toThrow("being taken out of this database");
    }
    expect(interrupted).toBeGreaterThan(30);
    expect(await describeWholeCatalogue(owner)).toEqual(before);
    expect(await readEveryRow(owner)).toEqual(rows);
  });

  test("goes on after its connection is cut amid the dropping of an index", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    const before = await describeWholeCatalogue(owner);
    await adopt(database);
    await using site = await connect(database.website);
    await site.query("begin");
    await site.query("select count(*) from documents");
    const first = leaveDatabase(migrationOf(database)).catch((error: Error) => error);
    await until(
      owner,
      "select from pg_stat_activity where datname = current_database() and query like 'drop index concurrently%' and wait_event_type = 'Lock'",
    );
    await owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'drop index concurrently%' and pid <> pg_backend_pid()",
    );
    expect(await first).toBeInstanceOf(Error);
    await site.query("commit");
    await leaveDatabase(migrationOf(database));
    expect(await describeWholeCatalogue(owner)).toEqual(before);
  });

  test("after real use leaves what the desk wrote into the website's columns, and says what is lost", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    const before = await describeWholeCatalogue(owner);
    const rows = await readEveryRow(owner);
    await adopt(database);
    await use(database);
    const words = describeLeaving(await readLeavingPlan(migrationOf(database)));
    expect(words).toContain("1 notes");
    expect(words).toContain("3 rows of history");
    expect(words).toContain("on contacts: 1 assignees, 1 snoozes, 1 reasons for spam, 0 marks of a duplicate");
    expect(words).toContain("select on table contact_submissions from desk_app");

    await leaveDatabase(migrationOf(database));

    expect(await describeWholeCatalogue(owner)).toEqual(before);
    const now = await readEveryRow(owner);
    const differing = now.filter((row) => !rows.includes(row) && row.startsWith("contact_submissions"));
    expect(differing).toHaveLength(2);
    const fields = differing.map((row) => {
      const after = JSON.parse(row.slice(row.indexOf("{")));
      const was = rows.find(
        (each) => each.startsWith("contact_submissions") && each.includes(JSON.stringify(after.id)),
      );
      const found = JSON.parse(was?.slice(was.indexOf("{")) ?? "{}");
      return Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(found[key]));
    });
    expect(fields).toEqual([
      ["status", "updated_at"],
      ["status", "updated_at"],
    ]);
  });

  test("is refused where a view of somebody else's shows what is ours, and keeps an extension that is used", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    await adopt(database);
    await owner.query(`
      create view v_assigned as select id, assignee_id from contact_submissions;
      create function likeness(a text, b text) returns real language sql return similarity(a, b)`);
    const catalogue = await describeWholeCatalogue(owner);
    await expect(leaveDatabase(migrationOf(database))).rejects.toThrow(
      "view v_assigned uses column assignee_id of table contact_submissions, which is Contact Desk's.",
    );
    expect(await describeWholeCatalogue(owner)).toEqual(catalogue);
    await owner.query("drop view v_assigned");
    const plan = await leaveDatabase(migrationOf(database));
    expect(plan.goes.extensions).toEqual([]);
    expect(plan.stays.join()).toContain("The extension pg_trgm, because function likeness(text,text) uses it.");
    expect((await owner.query("select likeness('a', 'a')")).rows).toEqual([{ likeness: 1 }]);
  });
});

/** What a day at the desk leaves behind: changes, some made together, a note, an export, a view. */
async function use(database: TestDatabase): Promise<void> {
  await using app = await connect(database.app);
  const person = randomUUID();
  const batch = randomUUID();
  await app.query(
    "insert into staff (id, email, name, role, password_hash) values ($1, 'ada@desk.example', 'Ada', 'admin', 'x')",
    [person],
  );
  await app.query("insert into change_batches (id, staff_id, kind, request) values ($1, $2, 'status', '{}')", [
    batch,
    person,
  ]);
  await app.query("begin");
  await app.query("select set_config('desk.actor', $1, true), set_config('desk.batch', $2, true)", [
    `staff:${person}`,
    batch,
  ]);
  await app.query(
    "update contact_submissions set status = 'spam', spam_reason = 'Sells lists' where id = 'contact_1724300000_0a1b2c3d'",
  );
  await app.query("update contact_submissions set status = 'qualified' where id = 'contact_1724300100_1a1b2c3d'");
  await app.query(
    "update contact_submissions set assignee_id = $1, snoozed_until = now() + interval '1 day' where id = 'contact_1724300100_1a1b2c3d'",
    [person],
  );
  await app.query("commit");
  await app.query(
    "insert into contact_notes (id, contact_id, author_id, text) values ($1, 'contact_1724300100_1a1b2c3d', $2, 'Called back.')",
    [randomUUID(), person],
  );
  await app.query("insert into contact_exports (staff_id, filter, columns) values ($1, 'status=new', '{id}')", [
    person,
  ]);
  await app.query("insert into views (owner_id, name, filter, position) values ($1, 'Mine', 'assignee=me', 1)", [
    person,
  ]);
}

/** Waits until a query returns a row. */
async function until(client: pg.ClientBase, question: string): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    if ((await client.query(question)).rows.length) return;
    await pause(20);
  }
  throw new Error(`Never came: ${question}`);
}
