import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import type { MigrationFigure } from "@/lib/database/migrate/migration-figures";
import type { Migration } from "@/lib/database/migrate/migration-files";

/** The tables that grow for as long as the website runs. Locking them makes its visitors wait. */
export const largeTables = ["contact_submissions", "documents", "analytics_events", "contact_history"];

/** How long a migration may block a large table of a million rows, in ms. */
export const longestHold = 1_000;

/** Lock modes from the weakest to the strongest. */
const modes = [
  "AccessShareLock",
  "RowShareLock",
  "RowExclusiveLock",
  "ShareUpdateExclusiveLock",
  "ShareLock",
  "ShareRowExclusiveLock",
  "ExclusiveLock",
  "AccessExclusiveLock",
];

/** Whether the website's statements wait for a lock of this mode. An INSERT waits from ShareLock on. */
export function holdsUp(mode: string): boolean {
  return modes.indexOf(mode) >= modes.indexOf("ShareLock");
}

/** What applying a migration did to the large tables. */
export type MigrationWeight = MigrationFigure & {
  /** Large tables that were rewritten or dropped. */
  rewritten: string[];
};

type Relation = { oid: number; name: string; file: number };

/** The large tables and their partitions, each with the parent's name and the file that holds its rows. */
async function listLarge(client: pg.ClientBase): Promise<Relation[]> {
  const { rows } = await client.query<Relation>(
    `with large as (
       select name, to_regclass('public.' || quote_ident(name)) as root from unnest($1::text[]) as name
     ), members as (
       select root::oid as oid, name from large where root is not null
       union
       select t.relid::oid, name from large, pg_partition_tree(root) t
     )
     select m.oid::int as oid, m.name, coalesce(pg_relation_filenode(m.oid), 0)::int as file from members m`,
    [largeTables],
  );
  return rows;
}

/**
 * The strongest lock that a session holds now on each large table that existed before. Tables are compared by oid, not
 * by name: others still wait for a renamed table, and nobody waits for a new one.
 */
async function listLocks(client: pg.ClientBase, before: Relation[], pid: number): Promise<Record<string, string>> {
  const { rows } = await client.query<{ oid: number; mode: string }>(
    `select relation::int as oid, mode from pg_locks
     where locktype = 'relation' and granted and pid = $1 and relation = any ($2::int[])`,
    [pid, before.map(({ oid }) => oid)],
  );
  const locks: Record<string, string> = {};
  for (const { oid, mode } of rows) {
    const name = before.find((relation) => relation.oid === oid)?.name ?? "";
    if (modes.indexOf(mode) > modes.indexOf(locks[name] ?? "")) locks[name] = mode;
  }
  return locks;
}

/**
 * Applies one migration as the runner does, and observes what it does to the large tables.
 * @param watcher another connection, which observes a migration that runs outside a transaction
 */
export async function applyWatched(
  client: pg.Client,
  watcher: pg.Client,
  migration: Migration,
): Promise<MigrationWeight> {
  const before = await listLarge(client);
  const started = performance.now();
  const { locks, held } = migration.transactional
    ? await applyInTransaction(client, before, migration)
    : await applyAlone(client, watcher, before, migration);
  const ms = performance.now() - started;
  const after = new Map((await listFiles(client, before)).map(({ oid, file }) => [oid, file]));
  const rewritten = before.filter(({ oid, file }) => after.get(oid) !== file).map(({ name }) => name);
  return { ms: Math.round(ms), held: Math.round(held), locks, rewritten: [...new Set(rewritten)] };
}

type Seen = { locks: Record<string, string>; held: number };

async function applyInTransaction(client: pg.Client, before: Relation[], migration: Migration): Promise<Seen> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  let locks: Record<string, string> = {};
  let holding: number | null = null;
  await client.query("begin");
  try {
    for (const { text } of migration.statements) {
      const started = performance.now();
      await client.query(text);
      locks = await listLocks(client, before, rows[0]?.pid ?? 0);
      if (Object.values(locks).some(holdsUp)) holding ??= started;
    }
    await writeDown(client, migration);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
  // Every lock is held until the end of the transaction.
  return { locks: strongOnly(locks), held: holding === null ? 0 : performance.now() - holding };
}

async function applyAlone(
  client: pg.Client,
  watcher: pg.Client,
  before: Relation[],
  migration: Migration,
): Promise<Seen> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const seen: Seen = { locks: {}, held: 0 };
  let running = true;
  const work = client.query(migration.statements[0]?.text ?? "").finally(() => {
    running = false;
  });
  const watch = async () => {
    for (let last = performance.now(); running; ) {
      const locks = strongOnly(await listLocks(watcher, before, rows[0]?.pid ?? 0));
      const now = performance.now();
      if (Object.keys(locks).length) seen.held += now - last;
      Object.assign(seen.locks, locks);
      last = now;
      await pause(20);
    }
  };
  await Promise.all([work, watch()]);
  await writeDown(client, migration);
  return seen;
}

function strongOnly(locks: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(locks).filter(([, mode]) => holdsUp(mode)));
}

async function listFiles(client: pg.Client, before: Relation[]): Promise<{ oid: number; file: number }[]> {
  const { rows } = await client.query(
    "select oid::int as oid, coalesce(pg_relation_filenode(oid), 0)::int as file from pg_class where oid = any ($1::int[])",
    [before.map(({ oid }) => oid)],
  );
  return rows;
}

async function writeDown(client: pg.Client, { name, sha256 }: Migration): Promise<void> {
  await client.query("insert into schema_migration (name, sha256) values ($1, $2)", [name, sha256]);
}

/** The ledger, which the runner makes with the first migration. */
export const createLedger = `create table if not exists schema_migration (
  name text primary key, sha256 text not null, applied_at timestamptz not null default now())`;

/**
 * Why a migration must not be released as it is, one sentence each; empty if it may.
 * @param figure what was measured at a million rows; undefined if it was not measured
 */
export function judgeWeight(name: string, weight: MigrationWeight, figure: MigrationFigure | undefined): string[] {
  const complaints = weight.rewritten.map(
    (table) => `${name} writes ${table} anew: at a million rows nobody could read it for minutes.`,
  );
  if (!Object.keys(weight.locks).length) return complaints;
  const tables = Object.keys(weight.locks).join(", ");
  if (!figure) {
    complaints.push(
      `${name} holds up ${tables}, and nobody has measured for how long: npm run bench -- --only migrations.`,
    );
  } else if (figure.held > longestHold) {
    complaints.push(`${name} held up ${tables} for ${figure.held} ms at a million rows; ${longestHold} are allowed.`);
  }
  return complaints;
}
