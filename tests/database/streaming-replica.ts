import { chownSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "@/scripts/command/processes";
import { type Cluster, startCluster } from "@/scripts/database/postgres";
import { findServerUser } from "@/scripts/database/server-programs";
import { connect } from "./installation";
import type { TestServer } from "./server";

/** A streaming replica of a test server, with the slot "desk_replica". */
export type StreamingReplica = {
  port: number;
  /** A fast shutdown; `start` uses the same port again. */
  stop(): Promise<void>;
  start(settings?: Record<string, string>): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
};

/**
 * Makes a replica of a test server as `pg_basebackup -R -S desk_replica` would. The built-in server lacks that program,
 * so this copies the files between pg_backup_start and pg_backup_stop.
 */
export async function startReplica(server: TestServer, primary: Cluster): Promise<StreamingReplica> {
  const directory = join(primary.directory, "../replica");
  const user = findServerUser();
  await using superuser = await connect(`postgresql://postgres:${server.password}@127.0.0.1:${server.port}/postgres`);
  await superuser.query(`create role desk_replicator replication login password '${server.password}'`);
  await superuser.query("select pg_create_physical_replication_slot('desk_replica', true)");
  await superuser.query("select pg_backup_start('replica', true)");
  copyFiles(primary.directory, directory);
  const { rows } = await superuser.query("select labelfile from pg_backup_stop(false)");
  writeFileSync(join(directory, "backup_label"), rows[0].labelfile);
  writeFileSync(join(directory, "standby.signal"), "");
  for (const path of ["", ...readdirSync(directory, { recursive: true, encoding: "utf8" })]) {
    if (user.uid !== undefined) chownSync(join(directory, path), user.uid, user.gid ?? user.uid);
  }
  const settings = {
    primary_conninfo: `host=127.0.0.1 port=${server.port} user=desk_replicator password=${server.password}`,
    primary_slot_name: "desk_replica",
    hot_standby_feedback: "on",
    max_connections: "200",
    log_min_messages: "fatal",
  };
  const port = await findFreePort();
  let running: Cluster | null = null;
  const replica: StreamingReplica = {
    port,
    stop: async () => {
      await running?.stop();
      running = null;
    },
    start: async (more = {}) => {
      running = await startCluster({ directory, port, user, settings: { ...settings, ...more } });
    },
    remove: async () => {
      await replica.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  await replica.start();
  return replica;
}

/** Copies the data folder, except what belongs to the running primary only. */
function copyFiles(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  const left = /^(postmaster\.(pid|opts)|pg_(replslot|notify|stat_tmp|subtrans|dynshmem)\/.+)$/;
  cpSync(from, to, { recursive: true, filter: (path) => !left.test(path.slice(from.length + 1)) });
}
