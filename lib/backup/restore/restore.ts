import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import pg from "pg";
import type { ConnectionSettings } from "@/lib/database/settings";
import { BackupError, UnavailableError } from "../backup-error";
import { onServer } from "../connection";
import { compareContents, readContents } from "../make/contents";
import { collectErrors, describeEnd, programEnvironment, yieldToOthers } from "../make/dump";
import type { Manifest } from "../make/manifest";
import { readPart, verifyPart } from "../store/parts";
import type { SealKey } from "../store/seal";
import type { BackupStore } from "../store/store";
import type { BackupTools } from "../tools";

export type RestoreOptions = {
  store: BackupStore;
  manifest: Manifest;
  key: SealKey | null;
  tools: BackupTools;
  /** An empty database. */
  target: ConnectionSettings;
  /**
   * "kept": restores owners and rights, so roles of the same names must exist.
   * "one": the target's role owns everything and nobody else gets rights.
   */
  roles: "kept" | "one";
  report?: (line: string) => void;
  signal?: AbortSignal;
};

/**
 * A newer pg_restore sets this parameter even for an older server that lacks it. The restore is complete without it.
 */
const harmless = /^could not execute query: ERROR: {2}unrecognized configuration parameter "transaction_timeout"$/;

/** Errors caused by the target server, not by the backup. */
const ofTheServer =
  /No space left|could not extend|could not write|out of (shared )?memory|connection to server|server closed the connection|terminating connection|shutting down|too many (clients|connections)/;

/**
 * Restores a backup into an empty database and compares every table's count and checksum with the manifest. First the
 * files are read in full and compared with the manifest, so that nothing damaged is run.
 * @returns how many rows were restored
 * @throws BackupError with the reason; what was restored until then remains for the caller to drop
 */
export async function restoreBackup(options: RestoreOptions): Promise<{ rows: number }> {
  const { store, manifest, target, roles, report = () => {}, signal } = options;
  await verifyPart(store, manifest.dump, signal);
  if (manifest.documents) await verifyPart(store, manifest.documents, signal);
  const entries = await listEntries(options);
  const lacking = await onServer(target, (client) => makeExtensions(client, manifest), signal);
  for (const { name, reason } of lacking) report(`The extension ${name} is left out: ${reason}.`);
  report(`Restoring ${manifest.name} (${manifest.tables.length} tables)…`);
  try {
    await restoreEntries(options, selectEntries(entries, roles));
  } catch (error) {
    const [missing] = lacking;
    if (!(error instanceof BackupError) || !missing) throw error;
    throw new UnavailableError(`${error.message} The extension ${missing.name} could not be made: ${missing.reason}.`);
  }
  return await onServer(
    target,
    async (client) => {
      await client.query("begin isolation level repeatable read, read only");
      const found = await readContents(client);
      await client.query("commit");
      const differences = compareContents(manifest.tables, found);
      if (differences.length > 0) {
        const more = differences.length > 3 ? ` And ${differences.length - 3} tables more.` : "";
        throw new BackupError(`What was restored is not what was dumped. ${differences.slice(0, 3).join(" ")}${more}`);
      }
      return { rows: found.reduce((sum, { rows }) => sum + rows, 0) };
    },
    signal,
  );
}

/** The dump's table of contents, one line per entry. It is at the start of the dump. */
async function listEntries(options: RestoreOptions): Promise<string[]> {
  const listed = await runRestore(options, ["--list"], { NODE_ENV: "production", PATH: "", LC_ALL: "C" });
  return listed.split("\n").filter((line) => /^\d+;/.test(line));
}

/**
 * The entries to restore. Extensions are created beforehand, because one that the role may not create must not fail the
 * restore. The schema `public` already exists.
 */
function selectEntries(entries: string[], roles: RestoreOptions["roles"]): string[] {
  return entries.filter((entry) => {
    const what = entry.replace(/^\d+; \d+ \d+ /, "");
    if (/^(EXTENSION|COMMENT - EXTENSION) /.test(what)) return false;
    if (/^(SCHEMA - public|COMMENT - SCHEMA public) /.test(what)) return false;
    // They name roles that need not exist here.
    return roles === "kept" || !/^(ACL|DEFAULT ACL) /.test(what);
  });
}

/** Creates the extensions of a backup. Returns those that the server lacks or the role may not create. */
async function makeExtensions(
  client: pg.Client,
  { extensions }: Manifest,
): Promise<{ name: string; reason: string }[]> {
  const lacking: { name: string; reason: string }[] = [];
  for (const { name, schema } of extensions) {
    const into = pg.escapeIdentifier(schema);
    try {
      await client.query(`create schema if not exists ${into}`);
      await client.query(`create extension if not exists ${pg.escapeIdentifier(name)} with schema ${into}`);
    } catch (error) {
      lacking.push({ name, reason: (error as Error).message });
    }
  }
  return lacking;
}

async function restoreEntries(options: RestoreOptions, entries: string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "contact-desk-restore-"));
  try {
    const list = join(folder, "list");
    await writeFile(list, entries.join("\n"), { mode: 0o600 });
    const { target, roles } = options;
    const one = roles === "one" ? ["--no-owner", "--no-privileges"] : [];
    const { database = "" } = new pg.Client(target);
    // A plain name that contains "=" would be read as a connection string.
    const named = `dbname='${database.replaceAll(/[\\']/g, "\\$&")}'`;
    await runRestore(
      options,
      ["--no-password", `--use-list=${list}`, ...one, `--dbname=${named}`],
      programEnvironment(target),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Streams the dump from the store into pg_restore, and returns what it prints. @throws BackupError */
async function runRestore(
  { store, manifest, key, tools, signal }: RestoreOptions,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const child = spawn(tools.restore, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  const said = collectErrors(child.stderr);
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const ended = once(child, "close").catch((error: Error) => [error.message]);
  const leave = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", leave, { once: true });
  yieldToOthers(child.pid);
  try {
    await feed(child.stdin, readPart(store, manifest, manifest.dump, key));
    const [code, killedBy] = await ended;
    signal?.throwIfAborted();
    const errors = said();
    if (code !== 0 && !(code === 1 && harmless.test(errors))) {
      const Failure = ofTheServer.test(errors) ? UnavailableError : BackupError;
      throw new Failure(`pg_restore ${describeEnd(code, killedBy)}: ${errors || "it said nothing"}.`);
    }
    return printed;
  } catch (error) {
    child.kill("SIGKILL");
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", leave);
  }
}

/** Writes the content until the reader closes its end. It closes early if it needs only the start, or fails. */
async function feed(input: Writable, content: AsyncIterable<Uint8Array>): Promise<void> {
  let closed = false;
  input.on("error", () => undefined);
  input.once("close", () => {
    closed = true;
  });
  for await (const chunk of content) {
    if (closed) return;
    if (!input.write(chunk) && !closed) await isWritable(input);
  }
  input.end();
}

/** Waits until the stream drains or closes. */
function isWritable(input: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      input.off("drain", done).off("close", done);
      resolve();
    };
    input.once("drain", done).once("close", done);
  });
}
