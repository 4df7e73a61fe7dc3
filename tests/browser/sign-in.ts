import { randomUUID } from "node:crypto";
import pg from "pg";
import type { BrowserContext } from "playwright/test";
import { printToken, sessionCookieName } from "@/lib/staff/session/token";
import type { Role } from "@/lib/staff/staff";

export type TestStaff = { id: string; email: string; name: string; role: Role };

const pools = new Map<string, pg.Pool>();

/**
 * A pool for the database of this process' environment. It closes idle connections soon, so that tests can drop the
 * database.
 */
function openPool(): pg.Pool {
  const connectionString = process.env.DATABASE_DIRECT_URL ?? "";
  const pool =
    pools.get(connectionString) ??
    new pg.Pool({ connectionString, max: 10, idleTimeoutMillis: 200, allowExitOnIdle: true }).on(
      "error",
      () => undefined,
    );
  pools.set(connectionString, pool);
  return pool;
}

/** Queries the application's database directly, to make people and rows, and to read what is stored. */
export async function query<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await openPool().query<T>(sql, values)).rows;
}

/** Makes a person who may sign in. Nobody knows their password, so sign in with `signInCookie`. */
export async function createStaff(
  role: Role,
  given: { name?: string; passwordHash?: string } = {},
): Promise<TestStaff> {
  const name = given.name ?? `${role} ${randomUUID().slice(0, 8)}`;
  const email = `${randomUUID()}@desk.example`;
  const rows = await query<{ id: string }>(
    "insert into staff (email, name, role, password_hash) values ($1, $2, $3, $4) returning id",
    [email, name, role, given.passwordHash ?? "nobody knows it"],
  );
  return { id: rows[0]?.id ?? "", email, name, role };
}

/** Opens a session for a person and returns its cookie, as `context.addCookies` takes it. */
export async function signInCookie(staffId: string) {
  const sessionId = randomUUID();
  await query("insert into staff_sessions (id, staff_id, expires_at) values ($1, $2, now() + interval '1 day')", [
    sessionId,
    staffId,
  ]);
  const url = process.env.BASE_URL ?? "";
  return { name: sessionCookieName(false), value: await printToken({ sessionId, staffId }), url, sessionId };
}

/** Signs a browser in as a person, without the sign-in page. */
export async function signInAs(context: BrowserContext, { id }: { id: string }): Promise<void> {
  const { name, value, url } = await signInCookie(id);
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
}

/** Removes people made for a test, with their sessions and sign-in tries. */
export async function removeStaff(people: { id: string }[]): Promise<void> {
  const ids = people.map(({ id }) => id);
  await query("update contact_submissions set assignee_id = null where assignee_id = any($1)", [ids]);
  const client = await openPool().connect();
  try {
    await client.query("begin");
    // A page that is closed may still be at work: it holds rows of these, or has locked some, while its next row asks
    // for its person. So it must end before the person is locked. A weaker mode would not wait for rows that are only
    // locked.
    await client.query("lock table change_batches, triage_queues, triage_claims in exclusive mode");
    // A write by one of their pages, for example a triage claim, waits for the lock and then finds nobody.
    await client.query("select from staff where id = any($1) for update", [ids]);
    for (const statement of ownedByStaff) await client.query(statement, [ids]);
    await client.query("commit");
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Removes what people own, then the people. */
const ownedByStaff = [
  // A colleague's undo of theirs stays, without what it undid.
  "update change_batches set undoes = null where undoes in (select id from change_batches where staff_id = any($1))",
  "delete from change_batches where staff_id = any($1)",
  "with removed as (delete from frozen_sets where staff_id = any($1) returning id) delete from frozen_contacts c using removed where c.set_id = removed.id",
  "delete from triage_claims where staff_id = any($1)",
  "delete from triage_queues where staff_id = any($1)",
  "delete from contact_notes where author_id = any($1)",
  "delete from contact_exports where staff_id = any($1)",
  "delete from views where owner_id = any($1)",
  "delete from forgotten_files f using person_acts a where f.act_id = a.id and a.staff_id = any($1)",
  "delete from person_acts where staff_id = any($1)",
  "delete from sign_in_attempts where account in (select encode(sha256(lower(email)::bytea), 'hex') from staff where id = any($1))",
  "delete from staff_sessions where staff_id = any($1)",
  "delete from staff where id = any($1)",
];
