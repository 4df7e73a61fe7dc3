import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { readSetting } from "@/lib/settings/settings";
import { BackupError } from "./backup-error";

/** pg_dump and pg_restore of the same version. */
export type BackupTools = { dump: string; restore: string; major: number; version: string };

const run = promisify(execFile);

/** Folder patterns, one folder per major version. */
const versioned = ["/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin"];
/** Folders without a version in their name. */
const plain = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/homebrew/opt/libpq/bin"];

/**
 * Finds pg_dump and pg_restore for a server. Takes the oldest version that is not older than the server, because a
 * newer pg_restore may set parameters that an older server does not know.
 * @param major the server's version, such as 15
 * @throws BackupError with one sentence that says what to install
 */
export async function findTools(major: number): Promise<BackupTools> {
  const given = readSetting("PG_DUMP_PATH");
  if (given && !existsSync(given)) throw new BackupError("PG_DUMP_PATH names a program that is not there.");
  const paths = given ? [given] : listPaths();
  const found = (await Promise.all(paths.map(readTools))).filter((tools) => tools !== null);
  const [best] = found.filter((tools) => tools.major >= major).sort((a, b) => a.major - b.major);
  if (best) return best;
  const newest = Math.max(...found.map((tools) => tools.major));
  const lack = found.length
    ? `the pg_dump here is of version ${newest}, which refuses a newer server`
    : "there is no pg_dump here";
  throw new BackupError(
    `This server is PostgreSQL ${major}, and ${lack}: install PostgreSQL's client programs of version ${major} or newer (Debian: apt-get install postgresql-client-${major}), or set PG_DUMP_PATH to where pg_dump is.`,
  );
}

/**
 * Finds the programs for a restore. If none fits the target, a version as new as the one that made the dump will do.
 * pg_restore only sends the dump's SQL, and a newer server accepts that. So a database can move to a newer PostgreSQL
 * with the old one's programs.
 * @throws BackupError with one sentence that says what to install
 */
export async function findRestoreTools(major: number, { tool }: { tool: string }): Promise<BackupTools> {
  const made = Number.parseInt(tool, 10);
  return findTools(major).catch((error: unknown) => {
    if (made >= major) throw error;
    return findTools(made);
  });
}

function listPaths(): string[] {
  const folders = versioned.flatMap((pattern) => {
    const [before = "", after = ""] = pattern.split("*");
    const parent = before.endsWith("/") ? before : dirname(before);
    const start = before.slice(parent.endsWith("/") ? parent.length : parent.length + 1);
    const names = existsSync(parent) ? readdirSync(parent).filter((name) => name.startsWith(start)) : [];
    return names.map((name) => join(parent, `${name}${after}`));
  });
  return [...folders, ...plain].map((folder) => join(folder, "pg_dump")).filter((path) => existsSync(path));
}

async function readTools(dump: string): Promise<BackupTools | null> {
  const restore = join(dirname(dump), "pg_restore");
  const { stdout } = await run(dump, ["--version"], { timeout: 10_000 }).catch(() => ({ stdout: "" }));
  const [, version, major] = /\(PostgreSQL\) ((\d+)\S*)/.exec(stdout) ?? [];
  return version && existsSync(restore) ? { dump, restore, major: Number(major), version } : null;
}
