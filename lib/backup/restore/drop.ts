import pg from "pg";
import type { ConnectionSettings } from "@/lib/database/settings";
import { onServer } from "../connection";

/** Tries to drop a database. */
const tries = 4;

/**
 * Drops a database that was made for a backup, on a connection of its own. Sessions of the same role in it are ended first:
 * pg_restore's server side builds an index to its end, whoever is gone. Never with "force", which wants to end autovacuum too and is
 * refused that; the plain form asks autovacuum to leave, and waits for it some seconds.
 * @returns why it is still there; null where it is gone
 */
export async function dropDatabase(server: ConnectionSettings, database: string): Promise<string | null> {
  try {
    return await onServer(server, async (client) => {
      for (let left = tries; ; left--) {
        await client.query(
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and usename = current_user and pid <> pg_backend_pid()",
          [database],
        );
        try {
          await client.query(`drop database if exists ${pg.escapeIdentifier(database)}`);
          return null;
        } catch (error) {
          if (left === 1) return (error as Error).message;
        }
      }
    });
  } catch (error) {
    return (error as Error).message;
  }
}
