import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { findFreePort } from "@/scripts/command/processes";
import { findServerUser } from "@/scripts/database/server-programs";
import type { TestServer } from "./server";

export type PgBouncer = { port: number; stop: () => Promise<void> };

type Options = {
  /** Connections to the server for each database and role. */
  poolSize?: number;
  /** Seconds after which a client that waits for one is refused. */
  queryWait?: number;
};

/**
 * Starts PgBouncer in transaction mode in front of a test server, with a database for each of the server's. It is as
 * strict as Debian's default: it refuses settings that a client sends when it connects.
 */
export async function startPgBouncer(server: TestServer, options: Options = {}): Promise<PgBouncer> {
  const { poolSize = 20, queryWait = 30 } = options;
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-pgbouncer-"));
  const user = findServerUser();
  const port = await findFreePort();
  const roles = ["postgres", "desk_owner", "desk_app", "website"];
  writeFileSync(join(folder, "users.txt"), roles.map((role) => `"${role}" "${server.password}"\n`).join(""));
  writeFileSync(
    join(folder, "pgbouncer.ini"),
    `[databases]
* = host=127.0.0.1 port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, "users.txt")}
admin_users = postgres
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 1000
query_wait_timeout = ${queryWait}
server_idle_timeout = 5
log_connections = 0
log_disconnections = 0
`,
  );
  for (const path of [folder, join(folder, "users.txt"), join(folder, "pgbouncer.ini")]) {
    chmodSync(path, path === folder ? 0o700 : 0o600);
    if (user.uid !== undefined) chownSync(path, user.uid, user.gid ?? user.uid);
  }
  const program = process.env.PGBOUNCER_PATH || "/usr/sbin/pgbouncer";
  const child = spawn(program, ["-q", join(folder, "pgbouncer.ini")], {
    ...user,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exited = once(child, "exit");
  while (child.exitCode === null && !(await isListening(port))) await pause(20);
  if (child.exitCode !== null) throw new Error(`PgBouncer ended with code ${child.exitCode}.`);
  const stop = async () => {
    // Stops at once, without waiting for its clients to leave.
    child.kill("SIGTERM");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, stop };
}

/** Closes PgBouncer's connections to a database that is to be dropped. */
export async function forgetDatabase({ poolerPort, password }: TestServer, name: string): Promise<void> {
  if (poolerPort === undefined) return;
  const client = new pg.Client({
    host: "127.0.0.1",
    port: poolerPort,
    user: "postgres",
    password,
    database: "pgbouncer",
  });
  await client.connect();
  try {
    // PgBouncer refuses this if no client has used that database.
    await client.query(`kill ${name}`).catch(() => undefined);
  } finally {
    await client.end();
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((found) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      found(true);
    });
    socket.once("error", () => found(false));
  });
}
