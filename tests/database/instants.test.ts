import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/database/client";
import { inTransaction, queryRows } from "@/lib/database/query";
import { connect } from "./installation";

// Around both changes of Berlin's clocks, the server's zone; before it had zones; and far ahead.
const instants = [
  "2024-08-22T04:13:20.000Z",
  "2026-03-29T00:59:59.999Z",
  "2026-03-29T01:00:00.000Z",
  "2026-10-25T00:30:00.000Z",
  "2026-10-25T01:30:00.000Z",
  "2024-02-29T23:59:59.999Z",
  "1893-03-31T23:06:32.000Z",
  "1969-12-31T23:59:59.999Z",
  "2999-12-31T23:59:59.999Z",
];

const direct = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
await direct.connect();
afterAll(() => direct.end());

/** What the server itself holds, told without any zone: milliseconds since 1970. */
async function readMilliseconds(id: string): Promise<number> {
  const { rows } = await direct.query(
    `select (extract(epoch from "timestamp") * 1000)::bigint::text as ms from contact_submissions where id = $1`,
    [id],
  );
  return Number(rows[0].ms);
}

test("the server's zone is Berlin, where a forgotten offset shows", async () => {
  expect((await direct.query("show time zone")).rows).toEqual([{ TimeZone: "Europe/Berlin" }]);
});

test.each(instants)("%s written and read by Prisma is the same instant", async (instant) => {
  const id = `prisma ${instant}`;
  const row = { name: "Instant", email: "instant@example.com", message: "" };
  await db.contact.create({ data: { id, ...row, timestamp: new Date(instant), snoozedUntil: new Date(instant) } });

  expect(await readMilliseconds(id)).toBe(Date.parse(instant));
  const found = await db.contact.findUniqueOrThrow({ where: { id } });
  expect([found.timestamp.toISOString(), found.snoozedUntil?.toISOString()]).toEqual([instant, instant]);
  expect(await db.contact.count({ where: { id, timestamp: new Date(instant) } })).toBe(1);
});

test.each(instants)("%s written and read by our own SQL is the same instant", async (instant) => {
  const id = `sql ${instant}`;
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      insert into contact_submissions (id, name, email, message, "timestamp")
      values (${id}, 'Instant', 'instant@example.com', '', ${new Date(instant)})`),
  );

  expect(await readMilliseconds(id)).toBe(Date.parse(instant));
  const [row] = await queryRows<{ timestamp: Date; text: string; found: number }>(Prisma.sql`
    select "timestamp", "timestamp"::text as text,
      (select count(*)::int from contact_submissions where id = ${id} and "timestamp" = ${new Date(instant)}) as found
    from contact_submissions where id = ${id}`);
  expect([row?.timestamp.toISOString(), row?.found]).toEqual([instant, 1]);
  expect(row?.text).toMatch(/\+00$/);
});

test("the text of a timestamp keeps its microseconds through a cursor", async () => {
  const text = "2026-10-25 00:30:00.123456+00";
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      insert into contact_submissions (id, name, email, message, "timestamp")
      values ('microseconds', 'Instant', 'instant@example.com', '', ${text}::timestamptz)`),
  );
  const rows = await queryRows<{ text: string }>(Prisma.sql`
    select "timestamp"::text as text from contact_submissions where ("timestamp", id) = (${text}::timestamptz, 'microseconds')`);
  expect(rows).toEqual([{ text }]);
});

test("what a website in another zone writes is read as the instant that it meant", async () => {
  await using website = await connect(process.env.TEST_WEBSITE_URL ?? "");
  await website.query("set time zone 'Asia/Kathmandu'");
  await website.query(
    `insert into contact_submissions (id, name, email, message, "timestamp")
     values ('zoned', 'Instant', 'instant@example.com', '', '2026-11-22 10:00:00')`,
  );
  const found = await db.contact.findUniqueOrThrow({ where: { id: "zoned" } });
  expect(found.timestamp.toISOString()).toBe("2026-11-22T04:15:00.000Z");
});
