import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import type { ConnectionSettings } from "@/lib/database/settings";
import { BackupError, describeBackupError, UnavailableError } from "../backup-error";
import { onDatabase, onServer, readMajor } from "../connection";
import {
  type Manifest,
  manifestFile,
  type Proof,
  parseManifest,
  printManifest,
  proofFile,
  timeOfBackup,
} from "../make/manifest";
import { readBackupDatabases } from "../settings";
import { requireKey } from "../store/parts";
import { readSealKey } from "../store/seal";
import { type BackupStore, readText, writeText } from "../store/store";
import { findTools } from "../tools";
import { dropDatabase } from "./drop";
import { restoreBackup } from "./restore";

/**
 * How a check ended. "refuted": the backup cannot be restored as it was. "unchecked": the check could not be made. It
 * says nothing about the backup and never counts as proof.
 */
export type CheckOutcome =
  | { state: "proved"; proof: Proof }
  | { state: "refuted" | "unchecked"; reason: string; seconds: number };

/**
 * Name prefix of the databases into which this source's backups are restored. It keeps checks of other sources apart.
 */
function checkPrefix({ connectionString }: ConnectionSettings): string {
  const { host, port, database } = new pg.Client({ connectionString });
  const mark = createHash("sha256").update(`${host} ${port} ${database}`).digest("hex").slice(0, 10);
  return `desk_backup_check_${mark}_`;
}

/**
 * Proves a backup: restores it into a new database and compares every table's count and checksum. That database is
 * dropped afterwards, also after an abort. Databases left behind by killed checks are dropped first. The proof is
 * stored beside the backup.
 */
export async function proveBackup(options: {
  store: BackupStore;
  name: string;
  report?: (line: string) => void;
  signal?: AbortSignal;
}): Promise<CheckOutcome> {
  const { store, name, signal, report = () => {} } = options;
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 100) / 10;
  let begun = false;
  try {
    const manifest = await readManifest(store, name);
    const { source, check } = readBackupDatabases();
    const key = await readSealKey();
    if (manifest.sealedFor !== null) requireKey(manifest.sealedFor, key);
    return await onNewDatabase(check, checkPrefix(source), report, async (target, major, server) => {
      const tools = await findTools(major);
      begun = true;
      const { rows } = await restoreBackup({ ...options, manifest, key, tools, target, roles: "one" });
      const proof: Proof = {
        name,
        checkedAt: new Date().toISOString(),
        sha256: manifest.dump.sha256,
        server,
        tables: manifest.tables.length,
        rows,
        seconds: seconds(),
      };
      await writeText(store, proofFile(name), printManifest(proof));
      return { state: "proved", proof };
    });
  } catch (error) {
    signal?.throwIfAborted();
    const ofTheBackup = begun && error instanceof BackupError && !(error instanceof UnavailableError);
    const state = ofTheBackup ? "refuted" : "unchecked";
    return { state, reason: describeBackupError(error), seconds: seconds() };
  }
}

/** The manifest of a backup. @throws BackupError */
export async function readManifest(store: BackupStore, name: string): Promise<Manifest> {
  if (timeOfBackup(name) === null || !(await store.list()).has(manifestFile(name))) {
    throw new BackupError(`There is no backup ${name} in ${store.location}.`);
  }
  return parseManifest(await readText(store, manifestFile(name)), name);
}

/** Creates a temporary database, runs `work` on it, and drops it. */
async function onNewDatabase<R>(
  server: ConnectionSettings,
  prefix: string,
  report: (line: string) => void,
  work: (target: ConnectionSettings, major: number, version: string) => Promise<R>,
): Promise<R> {
  const database = `${prefix}${randomBytes(4).toString("hex")}`;
  const { major, version } = await onServer(server, async (client) => {
    await removeAbandoned(client, prefix);
    await createDatabase(client, database);
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
    return { major: await readMajor(client), version: rows[0]?.version.split(" ")[0] ?? "" };
  });
  try {
    return await work(onDatabase(server, database), major, version);
  } finally {
    const left = await dropDatabase(server, database);
    if (left) report(`The database ${database} is still there: ${left}. The next check removes it.`);
  }
}

async function createDatabase(client: pg.Client, database: string): Promise<void> {
  try {
    await client.query(`create database ${database} template template0 encoding 'UTF8'`);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const { user } = client;
    throw new BackupError(
      code === "42501"
        ? `The role ${user} may not create a database to restore backups into: alter role ${user} createdb, or set BACKUP_CHECK_URL.`
        : `No database could be made to restore backups into: ${message}.`,
    );
  }
}

/** Drops databases that killed checks left behind. One with a client connected belongs to a running check. */
async function removeAbandoned(client: pg.Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname::text as name from pg_database d
     where starts_with(datname, $1) and not exists (
       select from pg_stat_activity a where a.datid = d.oid and a.backend_type = 'client backend')
       and pg_has_role(datdba, 'usage')`,
    [prefix],
  );
  // The next check retries any that cannot be dropped now.
  for (const { name } of rows) {
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)}`).catch(() => undefined);
  }
}
