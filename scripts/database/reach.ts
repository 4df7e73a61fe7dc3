import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { ConnectionSettings } from "@/lib/database/settings";
import { describeUnreachable } from "@/lib/database/unreachable";
import { waitAfter } from "@/lib/database/waiting";
import { isGiven } from "@/lib/settings/settings";
import { Stop } from "../command/stop";

/** Waits until the database can be reached, with one line per try. For jobs that start together with the database. */
export async function untilReachable(settings: ConnectionSettings, say: (line: string) => void): Promise<void> {
  const name = ["DATABASE_DIRECT_URL", "DATABASE_URL"].find((url) => isGiven(url as "DATABASE_URL")) ?? "DB_HOST";
  for (let tries = 0; ; tries++) {
    try {
      return await requireDatabase(settings, name);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      say(`${error.message} Trying again in ${waitAfter(tries) / 1000} s.`);
      await pause(waitAfter(tries));
    }
  }
}

/** The database did not answer or refused the connection. */
class Unreachable extends Stop {}

const oldestVersion = 15;

/**
 * Connects once, so that a wrong setting is reported before anything is built.
 * @param name the variable that names the database, for the message
 * @throws Stop with one sentence that never repeats a value
 */
export async function requireDatabase(settings: ConnectionSettings, name: string): Promise<void> {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: 10_000 });
  // Errors after the answer do not matter to this check.
  client.on("error", () => undefined);
  let version: number;
  try {
    await client.connect();
    version = Number((await client.query("select current_setting('server_version_num') as version")).rows[0].version);
  } catch (error) {
    throw new Unreachable(describeUnreachable(error as { code?: string; message?: string }, name));
  } finally {
    await client.end().catch(() => undefined);
  }
  if (version < oldestVersion * 10_000) {
    throw new Stop(`${name} names a PostgreSQL ${Math.floor(version / 10_000)}: it must be ${oldestVersion} or newer.`);
  }
}
