import pg from "pg";
import type { ConnectionSettings } from "@/lib/database/settings";
import { onServer } from "../connection";

/** How often a drop is attempted. */
const tries = 4;

/**
 * Drops a database that was made for a backup, on a separate connection. Sessions of the same role in it are ended
 * first, because an index build goes on after pg_restore has gone. `drop database … with (force)` is not used: it would
 * also end autovacuum, which the role may not do. The plain form asks autovacuum to leave and waits some seconds.
 * @returns why the database is still there; null once it is gone
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
