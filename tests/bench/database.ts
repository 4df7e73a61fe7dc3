import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import { migrate } from "@/lib/database/migrate/migrations";
import { countForeignContacts, generateSample } from "@/prisma/sample/generate";
import { atEnd } from "@/scripts/command";
import { dataFolder, prepareDataFolder } from "@/scripts/embedded";
import {
  findFreePort,
  findRunningServer,
  findServerUser,
  initialiseCluster,
  isReachable,
  reachableFolder,
  startCluster,
  stopServer,
} from "@/scripts/postgres";
import { Stop } from "@/scripts/stop";

const settings = {
  max_connections: "200",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  max_wal_size: "4GB",
  timezone: "UTC",
};

/** Of disk for each contact with its documents and indexes, while they are built. */
const bytesEach = 6_000;

/** The end of the generated year, so that every run has the same rows. */
const until = new Date("2026-11-22T12:00:00Z");

/**
 * A database of the bench's own with so many generated contacts: that of the last run where it is the same, else built.
 * Its server runs as long as this command.
 */
export async function openOwnDatabase(contacts: number, say: (line: string) => void): Promise<string> {
  const { url, folder } = await openOwnServer();
  const name = `bench_${contacts}`;
  await withClient(url("postgres"), async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${name}`);
  });
  await fill(url(name), contacts, folder, say);
  return url(name);
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

async function fill(url: string, contacts: number, folder: string, say: (line: string) => void): Promise<void> {
  const role = { connectionString: url };
  await migrate({ owner: role, application: role });
  await withClient(url, async (client) => {
    const there = await countForeignContacts(client);
    if (there.contacts === contacts && there.foreign === 0)
      return say("Reusing the generated contacts of the last run.");
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < contacts * bytesEach) {
      throw new Stop(`The disk has no room for ${contacts.toLocaleString("en-GB")} contacts in ${folder}.`);
    }
    say(`Generating ${contacts.toLocaleString("en-GB")} contacts, once: about six minutes for a million…`);
    await client.query("truncate contact_submissions, documents, analytics_events cascade");
    await generateSample(client, { contacts, until, seed: "bench", views: 1 });
    await client.query("vacuum (analyze) contact_submissions, documents, analytics_events");
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

async function withClient<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
