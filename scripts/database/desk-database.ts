import { type ConnectionSettings, readDatabaseSettings } from "@/lib/database/settings";
import { isGiven, setSetting } from "@/lib/settings/settings";
import { atEnd } from "../command/command";
import { Stop } from "../command/stop";
import { readEmbeddedUrls, startEmbedded } from "./embedded";
import { alreadyRunning, becomeLauncher, type Launcher } from "./launcher";
import { requireDatabase } from "./reach";

/** The database of a command. `embedded`: the built-in PostgreSQL, which may hold sample data and known passwords. */
export type DeskDatabase = { embedded: boolean; owner: ConnectionSettings; application: ConnectionSettings };

/** If any of these is set the built-in database is not used, so that a typo cannot lead to sample data. */
const ownDatabase = ["DATABASE_URL", "DATABASE_DIRECT_URL", "DB_HOST", "DB_NAME", "DB_USER", "DB_PASSWORD"] as const;

/** Whether no setting names a database, so that commands use the built-in one. */
export function usesBuiltIn(): boolean {
  return !ownDatabase.some((name) => isGiven(name));
}

/**
 * Opens the configured database, or runs the built-in one until the command ends. Puts its URLs into the environment of
 * this process and its children.
 * @throws Stop or SettingError, a sentence each
 */
export async function openDatabase(kind: Launcher["kind"], say: (line: string) => void): Promise<DeskDatabase> {
  if (!usesBuiltIn()) return openConfigured();
  const other = await becomeLauncher(kind, say);
  if (other && kind === "desk") throw alreadyRunning(other);
  const urls = other ? readEmbeddedUrls() : await startOwn(say);
  if (!urls) throw new Stop("The built-in database has not been set up yet: start Contact Desk with npm start.");
  setSetting("DATABASE_URL", urls.app);
  setSetting("DATABASE_DIRECT_URL", urls.owner);
  // Checks the remaining setting, DB_POOL_MAX, now instead of failing on every page.
  readDatabaseSettings();
  return { embedded: true, owner: { connectionString: urls.owner }, application: { connectionString: urls.app } };
}

async function startOwn(say: (line: string) => void) {
  const started = await startEmbedded(say);
  atEnd(() => started.cluster.stop());
  return started;
}

async function openConfigured(): Promise<DeskDatabase> {
  const { app, direct } = readDatabaseSettings();
  await requireDatabase(app, isGiven("DATABASE_URL") ? "DATABASE_URL" : "DB_HOST");
  if (direct) await requireDatabase(direct, "DATABASE_DIRECT_URL");
  // Passed on as URLs without a $. Next's reader expands a $ in every variable that .env names, even if the environment
  // already sets it.
  setSetting("DATABASE_URL", withoutDollar(app.connectionString));
  if (direct) setSetting("DATABASE_DIRECT_URL", withoutDollar(direct.connectionString));
  return { embedded: false, owner: direct ?? app, application: app };
}

/** The URL with each $ of user and password encoded. */
function withoutDollar(url: string): string {
  return url.replace(/^[^/]*\/\/[^/?]*/, (start) => start.replaceAll("$", "%24"));
}
