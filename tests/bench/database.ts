import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import { migrate } from "@/lib/database/migrate/migrations";
import { countForeignContacts, generateSample } from "@/prisma/sample/generate";
import { atEnd } from "@/scripts/command/command";
import { findFreePort } from "@/scripts/command/processes";
import { Stop } from "@/scripts/command/stop";
import { dataFolder, prepareDataFolder } from "@/scripts/database/embedded";
import { findRunningServer, initialiseCluster, startCluster, stopServer } from "@/scripts/database/postgres";
import { findServerUser, isReachable, reachableFolder } from "@/scripts/database/server-programs";
import { copyYear } from "./copy-year";

const settings = {
  max_connections: "200",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  max_wal_size: "4GB",
  timezone: "UTC",
};

/** Of disk for each contact with its documents, events and indexes, and 5 GB for the log. */
const room = (contacts: number) => contacts * 6_000 + 5e9;

/** Contacts that are generated, which takes minutes; more are copies of a million, in a tenth of the time. */
const generated = 1_000_000;

/** What a fill writes to. */
const filled = ["contact_submissions", "documents", "analytics_events", "contact_history", "contact_notes"];

/** The end of the generated year, so that every run has the same rows. */
const until = new Date("2026-11-22T12:00:00Z");

/**
 * A database of the bench's own with so many generated contacts: that of the last run where it is the same, else built.
 * Its server runs as long as this command.
 */
export async function openOwnDatabase(contacts: number, say: (line: string) => void): Promise<string> {
  const { url, folder } = await openOwnServer();
  const { bavail, bsize } = statfsSync(folder);
  return withClient(url("postgres"), (client) => ensureFilled({ client, url, free: bavail * bsize, say }, contacts));
}

/** The bench's own server, for as long as this command runs: the address of a database on it, and the folder it is in. */
export async function openOwnServer(): Promise<{ url: (database: string) => string; folder: string }> {
  prepareDataFolder();
  const user = findServerUser();
  const inside = join(dataFolder, "bench");
  const folder = isReachable(join(inside, "postgres"), user) ? inside : join(reachableFolder, "bench");
  const directory = join(folder, "postgres");
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const running = findRunningServer(directory);
  if (running) throw new Stop(`Another bench runs on ${directory} (process ${running.pid}): wait for it, or stop it.`);
  const secret = join(folder, "password");
  if (!existsSync(join(directory, "PG_VERSION")) || !existsSync(secret)) {
    rmSync(directory, { recursive: true, force: true });
    const made = randomBytes(18).toString("base64url");
    initialiseCluster({ directory, password: made, user });
    writeFileSync(secret, made, { mode: 0o600 });
  }
  const password = readFileSync(secret, "utf8");
  const cluster = await startCluster({ directory, port: await findFreePort(), user, settings });
  atEnd(() => stopServer(cluster.pid));
  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${cluster.port}/${database}`;
  return { url, folder };
}

type Filling = { client: pg.Client; url: (database: string) => string; free: number; say: (line: string) => void };

/** A database with so many contacts: that of the last run, else made. Gives its URL. */
async function ensureFilled(filling: Filling, contacts: number): Promise<string> {
  const { client, url, free, say } = filling;
  const name = `bench_${contacts}`;
  if (await isFilled(client, url(name), name, contacts)) {
    say(`Reusing the ${contacts.toLocaleString("en-GB")} contacts of the last run.`);
    return url(name);
  }
  const copies = contacts / generated - 1;
  if (copies > 0 && (copies > 9 || !Number.isInteger(copies))) {
    throw new Stop("Beyond a million, whole millions can be filled, and ten at most.");
  }
  if (copies > 0) await ensureFilled(filling, generated);
  // Under another name until it is whole: a fill that was interrupted is never taken for a database.
  const unfinished = `${name}_unfinished`;
  for (const left of [name, unfinished]) await client.query(`drop database if exists ${left} with (force)`);
  if (free < room(contacts)) throw new Stop(`The disk has no room for ${contacts.toLocaleString("en-GB")} contacts.`);
  const template = copies > 0 ? `template bench_${generated} strategy file_copy` : "";
  await client.query(`create database ${unfinished} ${template}`);
  await fill(url(unfinished), contacts, copies, say);
  await client.query(`alter database ${unfinished} rename to ${name}`);
  return url(name);
}

async function isFilled(client: pg.Client, url: string, name: string, contacts: number): Promise<boolean> {
  const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
  if (rowCount === 0) return false;
  await migrate({ owner: { connectionString: url }, application: { connectionString: url } });
  const there = await withClient(url, countForeignContacts);
  return there.contacts === contacts && there.foreign === 0;
}

/** Writes the rows first and builds the indexes afterwards, from a million contacts on in a fraction of the time. */
async function fill(url: string, contacts: number, copies: number, say: (line: string) => void): Promise<void> {
  const role = { connectionString: url };
  await migrate({ owner: role, application: role });
  await withClient(url, async (client) => {
    say(`Making ${contacts.toLocaleString("en-GB")} contacts, once…`);
    const started = performance.now();
    const seconds = () => `${Math.round((performance.now() - started) / 1_000)} s`;
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select quote_ident(relname) as name, pg_get_indexdef(indexrelid) as definition
       from pg_index join pg_class on pg_class.oid = indexrelid
       where indrelid = any($1::text[]::regclass[]) and relkind = 'i' and not exists (select from pg_constraint where conindid = indexrelid)`,
      [filled],
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    if (copies > 0) await copyYear(client, copies);
    else await generateSample(client, { contacts, until, seed: "bench", views: 1 });
    say(`${seconds()}: rows`);
    await client.query("set maintenance_work_mem = '1GB'");
    for (const { definition } of indexes) await client.query(definition);
    say(`${seconds()}: ${indexes.length} indexes`);
    await client.query(`vacuum (analyze) ${filled.join(", ")}`);
    await client.query("checkpoint");
    const { rows } = await client.query<{ size: string }>("select pg_database_size(current_database()) as size");
    const size = Number(rows[0]?.size);
    say(`${seconds()}: whole, ${(size / 1e9).toFixed(1)} GB, ${Math.round(size / contacts)} bytes for each contact\n`);
  });
}

const applied = z.array(z.object({ name: z.string() }));

/** A database that is there: only one in which every contact was generated, and never one that holds anything else. */
export async function checkGivenDatabase(
  url: string,
  migrations: string[],
  say: (line: string) => void,
): Promise<void> {
  await withClient(url, async (client) => {
    const { contacts, foreign } = await countForeignContacts(client).catch(() => {
      throw new Stop("This database has no contacts of the desk: generate some with npm run db:generate.");
    });
    if (contacts === 0) throw new Stop("This database has no contacts: generate some with npm run db:generate.");
    if (foreign > 0) throw new Stop("This database holds contacts that were not generated. Nothing was measured.");
    const names = applied.parse((await client.query("select name from schema_migration")).rows).map(({ name }) => name);
    const missing = migrations.filter((name) => !names.includes(name));
    if (missing.length > 0)
      say(`This database is behind this checkout, which may show: ${missing.join(", ")} not applied.`);
  });
}

/** Runs `work` on a connection of its own, and closes it. */
export async function withClient<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
