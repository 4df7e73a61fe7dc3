import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { z } from "zod";
import { isPortFree } from "../command/port";
import { findFreePort } from "../command/processes";
import { Stop } from "../command/stop";
import { type Cluster, findRunningServer, initialiseCluster, startCluster, stopServer } from "./postgres";
import { findServerUser, isReachable, reachableFolder, type ServerUser } from "./server-programs";

/** The URLs of a database: for the application, and for the owner of its tables. */
export type DatabaseUrls = { app: string; owner: string };

const record = z.strictObject({
  port: z.number(),
  superuser: z.string(),
  owner: z.string(),
  app: z.string(),
});

const settings = {
  max_connections: "200",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  timezone: "UTC",
};

/** The folder of this installation's data, which is not in git. */
export const dataFolder = resolve(".data");

const recordFile = join(dataFolder, "database.json");

/** Creates the data folder. If root runs this, the postgres user must be able to pass through it. */
export function prepareDataFolder(): void {
  mkdirSync(dataFolder, { recursive: true });
  chmodSync(dataFolder, process.getuid?.() === 0 ? 0o711 : 0o700);
}

/** The URLs of the built-in database at its last start, whoever runs it. Null before the first start. */
export function readEmbeddedUrls(): DatabaseUrls | null {
  const known = readRecord();
  return known && urlsOf(known);
}

/**
 * Starts the built-in PostgreSQL, and creates it the first time. A server that a killed launcher left behind is stopped
 * first.
 */
export async function startEmbedded(say: (line: string) => void): Promise<DatabaseUrls & { cluster: Cluster }> {
  prepareDataFolder();
  const user = findServerUser();
  const directory = findDirectory(user, say);
  const orphan = findRunningServer(directory);
  if (orphan) {
    say("Stopping the database that an earlier run left behind…");
    await stopServer(orphan.pid);
  }
  const known = readRecord();
  if (known && existsSync(join(directory, "PG_VERSION"))) {
    const port = (await isPortFree(known.port, "127.0.0.1")) ? known.port : await findFreePort();
    const cluster = await startCluster({ directory, port, user, settings });
    writeRecord({ ...known, port });
    return { ...urlsOf({ ...known, port }), cluster };
  }
  if (known) {
    throw new Stop(
      `The built-in database's files are gone from ${directory}: bring them back, or delete ${recordFile}.`,
    );
  }
  say("Setting up the built-in PostgreSQL…");
  return createEmbedded(directory, user);
}

async function createEmbedded(directory: string, user: ServerUser): Promise<DatabaseUrls & { cluster: Cluster }> {
  // The record is written last. So without it an earlier attempt was interrupted, and the folder holds no data yet.
  rmSync(directory, { recursive: true, force: true });
  const secret = () => randomBytes(18).toString("base64url");
  const made = { port: await findFreePort(), superuser: secret(), owner: secret(), app: secret() };
  initialiseCluster({ directory, password: made.superuser, user });
  const cluster = await startCluster({ directory, port: made.port, user, settings });
  try {
    await createRoles(made);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  writeRecord(made);
  return { ...urlsOf(made), cluster };
}

async function createRoles(made: z.infer<typeof record>): Promise<void> {
  const client = new pg.Client(superuserUrl(made));
  await client.connect();
  try {
    // The owner migrates. The application has only the rights that migrations grant it.
    await client.query(`create role desk_owner login password '${made.owner}'`);
    await client.query(`create role desk_app login password '${made.app}'`);
    await client.query("create database contact_desk owner desk_owner");
    await client.query("revoke connect, temporary on database contact_desk from public");
    await client.query("grant connect on database contact_desk to desk_app");
  } finally {
    await client.end();
  }
}

/**
 * The folder of the cluster. Below a folder that only root may enter the postgres user cannot reach .data, so another
 * place is used.
 */
function findDirectory(user: ServerUser, say: (line: string) => void): string {
  const inside = join(dataFolder, "postgres");
  if (isReachable(inside, user)) return inside;
  const name = createHash("sha256").update(dataFolder).digest("hex").slice(0, 12);
  const outside = join(reachableFolder, name, "postgres");
  mkdirSync(join(reachableFolder, name), { recursive: true, mode: 0o711 });
  say(`Only root may enter this folder, so the database's files are in ${outside}.`);
  return outside;
}

function urlsOf({ port, app, owner }: z.infer<typeof record>): DatabaseUrls {
  const url = (role: string, password: string) => `postgresql://${role}:${password}@127.0.0.1:${port}/contact_desk`;
  return { app: url("desk_app", app), owner: url("desk_owner", owner) };
}

function superuserUrl({ port, superuser }: z.infer<typeof record>): string {
  return `postgresql://postgres:${superuser}@127.0.0.1:${port}/postgres`;
}

function readRecord(): z.infer<typeof record> | null {
  if (!existsSync(recordFile)) return null;
  try {
    return record.parse(JSON.parse(readFileSync(recordFile, "utf8")));
  } catch {
    throw new Stop(
      `${recordFile} cannot be read: it holds the built-in database's passwords. Restore it from a backup.`,
    );
  }
}

function writeRecord(known: z.infer<typeof record>): void {
  writeFileSync(recordFile, `${JSON.stringify(known)}\n`, { mode: 0o600 });
}
