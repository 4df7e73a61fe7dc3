import pg from "pg";
import type { ConnectionSettings } from "@/lib/database/settings";
import { describeUnreachable } from "@/lib/database/unreachable";
import { Stop } from "./stop";

const oldestVersion = 15;

/**
 * Connects once, so that a wrong setting is answered before anything is built.
 * @param name the variable that says where the database is, for the sentence
 * @throws Stop with what is wrong in one sentence that never repeats a value
 */
export async function requireDatabase(settings: ConnectionSettings, name: string): Promise<void> {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: 10_000 });
  // What ends the connection after it has answered is no concern of this check.
  client.on("error", () => undefined);
  let version: number;
  try {
    await client.connect();
    version = Number((await client.query("select current_setting('server_version_num') as version")).rows[0].version);
  } catch (error) {
    throw new Stop(describeUnreachable(error as { code?: string; message?: string }, name));
  } finally {
    await client.end().catch(() => undefined);
  }
  if (version < oldestVersion * 10_000) {
    throw new Stop(`${name} names a PostgreSQL ${Math.floor(version / 10_000)}: it must be ${oldestVersion} or newer.`);
  }
}
