import { randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect } from "../installation";
import { website } from "../website-statements";

type Connection = pg.Client & AsyncDisposable;
let app: Connection;
let owner: Connection;
let site: Connection;
let id: string;

beforeAll(async () => {
  app = await connect(process.env.DATABASE_URL ?? "");
  owner = await connect(process.env.DATABASE_DIRECT_URL ?? "");
  site = await connect(process.env.TEST_WEBSITE_URL ?? "");
});
afterAll(() => Promise.all([app, owner, site].map((client) => client.end())));
beforeEach(async () => {
  id = `contact_1793000000_${randomUUID().slice(0, 8)}`;
  await website.submit(site, id);
});

const listHistory = async (contact = id) =>
  (await app.query("select * from contact_history where contact_id = $1 order by changed_at, id", [contact])).rows;
const getContact = async () => (await app.query("select * from contact_submissions where id = $1", [id])).rows[0];

/** One change as Contact Desk makes it: who and why are settings of the transaction. */
async function changeAs(actor: string, batch: string, assignments: string): Promise<void> {
  await app.query("begin");
  await app.query("select set_config('desk.actor', $1, true), set_config('desk.batch', $2, true)", [actor, batch]);
  await app.query(`update contact_submissions set ${assignments} where id = $1`, [id]);
  await app.query("commit");
}

describe("the history of a contact", () => {
  test("has no row for its submission, and one for each change", async () => {
    expect(await listHistory()).toEqual([]);
    const [staff, batch] = [randomUUID(), randomUUID()];

    await changeAs(`staff:${staff}`, batch, "status = 'in_review', snoozed_until = '2026-12-01T00:00:00Z'");

    expect(await listHistory()).toMatchObject([
      {
        operation: "update",
        actor: "staff",
        actor_id: staff,
        batch_id: batch,
        database_role: "desk_app",
        version_to: 2,
        fields: ["status", "snoozed_until"],
        status_from: "new",
        status_to: "in_review",
        snoozed_from: null,
        snoozed_to: new Date("2026-12-01T00:00:00Z"),
      },
    ]);
  });

  test("names the visitor's own fields and keeps none of their words", async () => {
    await site.query(
      "update contact_submissions set name = 'Grace Renamed', email = 'grace@renamed.example', message = 'Renamed' where id = $1",
      [id],
    );
    const [row, ...more] = await listHistory();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ actor: "website", actor_id: null, database_role: "website", version_to: 1 });
    expect(row.fields).toEqual(["name", "email", "message"]);
    // Its id is random hexadecimal digits, which may spell a name.
    expect(JSON.stringify({ ...row, contact_id: null })).not.toMatch(/ada|grace|renamed|call me/i);
  });

  test("takes the actor from the same statement that changes", async () => {
    const staff = randomUUID();
    await app.query(
      `with who as materialized (select set_config('desk.actor', $1, true))
       update contact_submissions set status = 'spam' from who where id = $2`,
      [`staff:${staff}`, id],
    );
    expect(await listHistory()).toMatchObject([{ actor: "staff", actor_id: staff, status_to: "spam" }]);
  });

  test("says website again once the transaction that named an actor has ended", async () => {
    await changeAs(`staff:${randomUUID()}`, randomUUID(), "status = 'spam'");
    await app.query("update contact_submissions set status = 'new' where id = $1", [id]);
    expect((await listHistory()).map(({ actor, batch_id }) => [actor, batch_id === null])).toEqual([
      ["staff", false],
      ["website", true],
    ]);
  });

  test.each([
    ["", "", "website"],
    ["system", "", "system"],
    ["staff:", "not a batch", "staff"],
    ["staff:not-a-uuid", "'; drop table staff; --", "staff"],
    [`staff:${"a".repeat(1_000_000)}`, "b".repeat(1_000_000), "staff"],
    [`staff:{${randomUUID()}}`, `${randomUUID()} `, "staff"],
    ["somebody", "12345678-1234-1234-1234-12345678901", "website"],
  ])("is reduced, and the change kept, where actor and batch are %.30s and %.30s", async (actor, batch, known) => {
    await changeAs(actor, batch, "status = 'closed'");
    expect(await listHistory()).toMatchObject([{ actor: known, actor_id: null, batch_id: null, status_to: "closed" }]);
  });

  test("has one row for a statement of the pipeline, and none where only bookkeeping changed", async () => {
    await website.analyse(site, id, '{"total_documents":1}');
    await website.analyse(site, id, '{"total_documents":1}');
    await site.query("update contact_submissions set last_updated = now(), status = status where id = $1", [id]);
    expect((await listHistory()).map(({ fields }) => fields)).toEqual([["document_insights"]]);
  });

  test("outlives its contact, and records the delete", async () => {
    await changeAs("system", "", "status = 'spam'");
    await site.query("delete from contact_submissions where id = $1", [id]);
    expect(await listHistory()).toMatchObject([
      { operation: "update", actor: "system", status_to: "spam" },
      { operation: "delete", actor: "website", status_from: "spam", status_to: null, version_to: null },
    ]);
  });

  test("has a row even when the id itself is changed", async () => {
    await site.query("update contact_submissions set id = $2 where id = $1", [id, `${id} renamed`]);
    expect(await listHistory(`${id} renamed`)).toMatchObject([{ fields: ["id"] }]);
  });

  test("has a thousand rows for a statement that changes a thousand contacts", async () => {
    const batch = randomUUID();
    await owner.query(
      `insert into contact_submissions (id, name, email, message)
       select 'bulk ' || $1 || n, 'Bulk', 'bulk@example.com', '' from generate_series(1, 1000) n`,
      [batch],
    );
    await app.query("begin");
    await app.query("select set_config('desk.batch', $1, true)", [batch]);
    await app.query("update contact_submissions set status = 'closed' where id like 'bulk ' || $1 || '%'", [batch]);
    await app.query("commit");
    const { rows } = await app.query(
      `select count(*)::int as rows, count(distinct contact_id)::int as contacts, min(version_to) as version
       from contact_history where batch_id = $1`,
      [batch],
    );
    expect(rows).toEqual([{ rows: 1000, contacts: 1000, version: 2 }]);
  });

  test("is in the order in which changes were made, not in that of their transactions' beginnings", async () => {
    await using early = await connect(process.env.DATABASE_URL ?? "");
    await early.query("begin");
    await early.query("select now()");
    await app.query("update contact_submissions set status = 'contacted' where id = $1", [id]);
    await early.query("update contact_submissions set status = 'closed' where id = $1", [id]);
    await early.query("commit");
    expect((await listHistory()).map(({ status_to }) => status_to)).toEqual(["contacted", "closed"]);
  });
});

describe("nobody rewrites history", () => {
  const attempts = [
    "update contact_history set actor = 'system'",
    "delete from contact_history",
    "truncate contact_history",
    "update contact_history set actor = 'system' where false",
  ];
  test.each(attempts)("the application has no right to: %s", async (attempt) => {
    await expect(app.query(attempt)).rejects.toThrow("permission denied");
  });
  test.each(attempts)("a trigger refuses even the owner: %s", async (attempt) => {
    await expect(owner.query(attempt)).rejects.toThrow("append-only");
  });
});

describe("the version", () => {
  test("counts changes of status, assignee and snooze, and nothing else", async () => {
    await website.analyse(site, id, '{"total_documents":2}');
    await site.query("update contact_submissions set message = 'again', last_updated = now() where id = $1", [id]);
    await site.query("update contact_submissions set status = 'new' where id = $1", [id]);
    expect((await getContact()).version).toBe(1);
    await site.query("update contact_submissions set status = null where id = $1", [id]);
    await app.query("update contact_submissions set snoozed_until = now() where id = $1", [id]);
    await app.query("update contact_submissions set status = 'spam', snoozed_until = null where id = $1", [id]);
    expect((await getContact()).version).toBe(4);
  });

  test("fails no statement of the website at the end of its range", async () => {
    await owner.query("update contact_submissions set version = 2147483647 where id = $1", [id]);
    await site.query("update contact_submissions set status = 'closed' where id = $1", [id]);
    expect(await getContact()).toMatchObject({ version: 2147483647, status: "closed" });
  });
});

describe("the first contact", () => {
  test("is the first change into contacted, qualified or closed, and stays", async () => {
    await changeAs("system", "", "status = 'in_review'");
    expect((await getContact()).first_contacted_at).toBeNull();
    await changeAs("system", "", "status = 'qualified'");
    const { first_contacted_at } = await getContact();
    expect(first_contacted_at).toBeInstanceOf(Date);
    await changeAs("system", "", "status = 'closed'");
    await changeAs("system", "", "status = 'new'");
    await changeAs("system", "", "status = 'contacted'");
    expect((await getContact()).first_contacted_at).toEqual(first_contacted_at);
  });

  test("stays unknown for a contact that had been answered before there was a desk", async () => {
    await owner.query("alter table contact_submissions disable trigger contact_version");
    await owner.query("update contact_submissions set status = 'contacted' where id = $1", [id]);
    await owner.query("alter table contact_submissions enable trigger contact_version");
    await changeAs("system", "", "status = 'closed'");
    expect((await getContact()).first_contacted_at).toBeNull();
  });
});

describe("updated_at", () => {
  const old = "2020-01-01T00:00:00.000Z";

  test.each([
    ["a contact", "contact_submissions", "company = 'Other'", "company = company"],
    ["a document", "documents", "description = 'Other'", "description = description"],
  ])("moves on a real change of %s only", async (_what, table, real, idle) => {
    await owner.query(
      `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp)
       values ($1, 'a.pdf', 1, 'application/pdf', 'offer', now())`,
      [id],
    );
    await owner.query(`alter table ${table} disable trigger update_${table}_updated_at`);
    await owner.query(`update ${table} set updated_at = $1`, [old]);
    await owner.query(`alter table ${table} enable trigger update_${table}_updated_at`);
    const key = table === "documents" ? "contact_id" : "id";
    const read = async () =>
      (await app.query(`select updated_at from ${table} where ${key} = $1`, [id])).rows[0].updated_at.toISOString();

    await site.query(`update ${table} set ${idle} where ${key} = $1`, [id]);
    expect(await read()).toBe(old);
    await site.query(`update ${table} set ${real} where ${key} = $1`, [id]);
    expect(await read()).not.toBe(old);
  });

  test("works on somebody's table with a json column, which has no equality", async () => {
    await owner.query(`
      create table settings (id integer, body json, updated_at timestamptz);
      create trigger touch before update on settings for each row execute function update_updated_at_column();
      insert into settings values (1, '{"a":1}')`);
    await owner.query("update settings set id = 1");
    await owner.query("update settings set body = '{\"a\":1}'");
    expect((await owner.query("select updated_at from settings")).rows).toEqual([{ updated_at: null }]);
    await owner.query("update settings set body = '{\"a\":2}'");
    expect((await owner.query("select updated_at from settings")).rows[0].updated_at).toBeInstanceOf(Date);
  });
});
