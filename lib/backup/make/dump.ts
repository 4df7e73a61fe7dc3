import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import type { ConnectionSettings } from "@/lib/database/settings";
import { BackupError } from "../backup-error";
import { describeConnection } from "../connection";
import type { BackupTools } from "../tools";

/** The first bytes of a custom-format dump. */
const magic = "PGDMP";

/** Minimum bytes of a dump per table. Each table's entry in the table of contents alone takes more. */
const leastPerTable = 100;

/** Milliseconds that pg_dump waits for its locks, so that a migration holding one does not block it for ever. */
const lockWait = 60_000;

/**
 * Dumps a whole database at an exported snapshot, in the custom format, compressed by pg_dump. The stream ends without
 * an error only after pg_dump has succeeded, so a failed dump never becomes a complete file.
 * @param tables how many tables the dump holds, to detect a dump that is too small
 * @throws BackupError
 */
export async function* dumpDatabase(options: {
  tools: BackupTools;
  source: ConnectionSettings;
  snapshot: string;
  tables: number;
  signal?: AbortSignal;
}): AsyncGenerator<Uint8Array> {
  const { tools, source, snapshot, tables, signal } = options;
  const args = ["--format=custom", `--snapshot=${snapshot}`, `--lock-wait-timeout=${lockWait}`, "--no-password"];
  const child = spawn(tools.dump, args, { env: programEnvironment(source), stdio: ["ignore", "pipe", "pipe"] });
  const said = collectErrors(child.stderr);
  const ended = once(child, "close").catch((error: Error) => [error.message]);
  const leave = () => {
    child.kill("SIGKILL");
    // A process that pg_dump started could keep the pipe open.
    child.stdout.destroy();
  };
  signal?.addEventListener("abort", leave, { once: true });
  yieldToOthers(child.pid);
  let bytes = 0;
  let start = "";
  try {
    for await (const chunk of child.stdout as AsyncIterable<Uint8Array>) {
      if (start.length < magic.length) start += Buffer.from(chunk.subarray(0, magic.length)).toString("latin1");
      bytes += chunk.length;
      yield chunk;
    }
    const [code, killedBy] = await ended;
    signal?.throwIfAborted();
    if (code !== 0) throw new BackupError(`pg_dump ${describeEnd(code, killedBy)}: ${said() || "it said nothing"}.`);
    if (said()) throw new BackupError(`pg_dump said of an error, though it ended well: ${said()}.`);
    if (!start.startsWith(magic) || bytes < tables * leastPerTable) {
      throw new BackupError(`pg_dump gave ${bytes} bytes for ${tables} tables, which is no whole dump.`);
    }
  } finally {
    signal?.removeEventListener("abort", leave);
    // If something else failed, nobody reads the rest.
    if (child.exitCode === null) child.kill("SIGKILL");
  }
}

/** The environment of PostgreSQL's programs. */
export function programEnvironment(settings: ConnectionSettings, database?: string): NodeJS.ProcessEnv {
  return { ...describeConnection(settings, database), NODE_ENV: "production" };
}

/**
 * Lowers the priority of a program. Compression keeps a processor busy for minutes, and the desk's users come first.
 */
export function yieldToOthers(pid: number | undefined): void {
  try {
    if (pid) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not permitted, or the process has ended: it keeps its normal priority.
  }
}

/**
 * Collects the errors that a PostgreSQL program prints, and returns the first three in one line. Only the first line of
 * each error is kept, because later lines may repeat rows.
 */
export function collectErrors(stream: NodeJS.ReadableStream): () => string {
  const errors: string[] = [];
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = (lines.pop() ?? "").slice(0, 10_000);
    for (const line of lines) {
      const [, what] = /^\S+: (?:error|fatal): (.*)$/.exec(line) ?? [];
      if (what && errors.length < 20) errors.push(what.trim().slice(0, 300));
    }
  });
  return () => errors.slice(0, 3).join(" / ").replace(/\.$/, "");
}

/** Describes how a program failed. */
export function describeEnd(code: unknown, signal: unknown): string {
  if (typeof code === "number") return `failed with code ${code}`;
  return signal ? `was ended by ${signal}` : "could not be run";
}
