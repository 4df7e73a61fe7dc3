import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Models, queryRows, readModels } from "@/lib/database/query";
import { connect } from "../installation";

// Around both clock changes in Berlin, the server's zone; before time zones existed; and far in the future.
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

const direct = await connect(process.env.DATABASE_DIRECT_URL ?? "");
const website = await connect(process.env.TEST_WEBSITE_URL ?? "");
const staffId = randomUUID();
await direct.query("insert into staff (id, email, name, role, password_hash) values ($1, 'i', 'I', 'agent', '')", [
  staffId,
]);
afterAll(() => Promise.all([direct.end(), website.end()]));

/** What the server stores, independent of any zone: milliseconds since 1970. */
async function readMilliseconds(id: string): Promise<number> {
  const { rows } = await direct.query(
    "select (extract(epoch from expires_at) * 1000)::bigint::text as ms from staff_sessions where id = $1",
    [id],
  );
  return Number(rows[0].ms);
}

const write = <R>(ask: (models: Models) => Promise<R>) => inTransaction("interactive", (_run, models) => ask(models));

test("the server's zone is Berlin, where a forgotten offset shows", async () => {
  expect((await direct.query("show time zone")).rows).toEqual([{ TimeZone: "Europe/Berlin" }]);
});

test.each(instants)("%s written and read by Prisma is the same instant", async (instant) => {
  const expiresAt = new Date(instant);
  const { id } = await write((models) => models.staffSession.create({ data: { staffId, expiresAt } }));

  expect(await readMilliseconds(id)).toBe(expiresAt.getTime());
  const found = await readModels((models) => models.staffSession.findFirstOrThrow({ where: { id } }));
  expect(found.expiresAt.toISOString()).toBe(instant);
  expect(await readModels((models) => models.staffSession.count({ where: { id, expiresAt } }))).toBe(1);
});

test.each(instants)("%s written and read by our own SQL is the same instant", async (instant) => {
  const id = randomUUID();
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      insert into staff_sessions (id, staff_id, expires_at) values (${id}::uuid, ${staffId}::uuid, ${new Date(instant)})`),
  );

  expect(await readMilliseconds(id)).toBe(Date.parse(instant));
  const rows = await queryRows<{ at: Date; text: string }>(Prisma.sql`
    select expires_at as at, expires_at::text as text from staff_sessions
    where id = ${id}::uuid and expires_at = ${new Date(instant)}`);
  expect(rows.map(({ at }) => at.toISOString())).toEqual([instant]);
  expect(rows[0]?.text).toMatch(/\+00$/);
});

test.each(instants)("%s sent by the website is read as the same instant, both ways", async (instant) => {
  const id = `website ${instant}`;
  await website.query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ($1, 'I', 'i@example.com', '', $2)`,
    [id, instant],
  );

  const byPrisma = await readModels((models) => models.contact.findFirstOrThrow({ where: { id } }));
  const bySql = await queryRows<{ at: Date }>(
    Prisma.sql`select "timestamp" as at from contact_submissions where id = ${id}`,
  );
  expect([byPrisma.timestamp.toISOString(), bySql[0]?.at.toISOString()]).toEqual([instant, instant]);
});

test("the text of a timestamp keeps its microseconds through a cursor", async () => {
  const text = "2026-10-25 00:30:00.123456+00";
  await website.query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ('micro', 'I', 'i@example.com', '', $1)`,
    [text],
  );
  const rows = await queryRows<{ text: string }>(Prisma.sql`
    select "timestamp"::text as text from contact_submissions where ("timestamp", id) = (${text}::timestamptz, 'micro')`);
  expect(rows).toEqual([{ text }]);
});

test.each([
  ["infinity", 8.64e15],
  ["-infinity", -8.64e15],
  ["290000-01-01", 8.64e15],
])("%s, which no JavaScript date can hold, is read as the farthest one, both ways", async (instant, farthest) => {
  const id = `far ${instant}`;
  await website.query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ($1, 'I', 'i@example.com', '', $2)`,
    [id, instant],
  );
  const byPrisma = await readModels((models) => models.contact.findFirstOrThrow({ where: { id } }));
  const bySql = await queryRows<{ at: Date }>(
    Prisma.sql`select "timestamp" as at from contact_submissions where id = ${id}`,
  );
  expect([byPrisma.timestamp.getTime(), bySql[0]?.at.getTime()]).toEqual([farthest, farthest]);
});

test("what a website in another zone writes is read as the instant that it meant", async () => {
  await website.query("set time zone 'Asia/Kathmandu'");
  await website.query(
    `insert into contact_submissions (id, name, email, message, "timestamp")
     values ('zoned', 'Instant', 'instant@example.com', '', '2026-11-22 10:00:00')`,
  );
  const found = await readModels((models) => models.contact.findFirstOrThrow({ where: { id: "zoned" } }));
  expect(found.timestamp.toISOString()).toBe("2026-11-22T04:15:00.000Z");
});
