import { parseArgs } from "node:util";
import pg from "pg";
import { BackupError } from "@/lib/backup/backup-error";
import { listBackups } from "@/lib/backup/list";
import { compareDocuments, readListedDocuments } from "@/lib/backup/make/documents";
import { type Recovery, recover } from "@/lib/backup/restore/recover";
import { openStore } from "@/lib/backup/store/open-store";
import { readPart } from "@/lib/backup/store/parts";
import { readSealKey } from "@/lib/backup/store/seal";
import type { BackupStore } from "@/lib/backup/store/store";
import { MigrationError } from "@/lib/database/migrate/migration-files";
import { migrate } from "@/lib/database/migrate/migrations";
import { type ConnectionSettings, readDatabaseSettings } from "@/lib/database/settings";
import { formatBytes } from "@/lib/desk/bytes";
import { formatCount } from "@/lib/desk/wording";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { readSetting } from "@/lib/settings/settings";
import { atEnd, runCommand } from "./command/command";
import { Stop } from "./command/stop";

const usage = `Restores a backup of the desk's database:
  npm run restore -- --list
  npm run restore -- --from NAME --into postgresql://OWNER@HOST/DATABASE
                     [--over DATABASE]  in place of that database, which is kept under another name
                     [--no-roles]       all belongs to OWNER, and nobody else gets rights
NAME is one of the list, or "latest": the latest that was proved. Leave the password out of the address, which everybody on the
machine can read while this runs, and give it in PGPASSWORD.`;

const say = (line: string) => console.log(line);

await runCommand(async () => {
  loadEnvironmentFile();
  const { list, from, into, over, ...rest } = readArguments();
  const stopped = new AbortController();
  const work = async () => {
    if (list) return printList(openStore());
    if (!from || !into) throw new Stop(usage);
    const store = openStore();
    const target = readTarget(into);
    const roles = rest["no-roles"] ? "one" : "kept";
    const name = from === "latest" ? await findLatest(store) : from;
    const began = performance.now();
    const made = await recover({ store, name, into: target, over, roles, report: say, signal: stopped.signal });
    say(
      `${name} is restored into ${made.database} and proved after ${((performance.now() - began) / 1_000).toFixed(1)} s: ${made.manifest.tables.length} tables with ${formatCount(made.rows)} rows are as they were dumped.`,
    );
    if (made.before)
      say(`The database that was there before is kept as ${made.before}: drop it when you no longer need it.`);
    await grantRights(target, made);
    await lookForDocuments(store, made);
    say("Set DATABASE_URL and DATABASE_DIRECT_URL to this database, and start the desk.");
    return 0;
  };
  const working = work();
  atEnd(() => {
    stopped.abort();
    return working.then(
      () => undefined,
      () => undefined,
    );
  });
  try {
    return await working;
  } catch (error) {
    throw error instanceof BackupError || error instanceof MigrationError ? new Stop(error.message) : error;
  }
});

function readArguments() {
  try {
    return parseArgs({
      options: {
        list: { type: "boolean", default: false },
        from: { type: "string" },
        into: { type: "string" },
        over: { type: "string" },
        "no-roles": { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new Stop(`${(error as Error).message.split(". ")[0]}.\n${usage}`);
  }
}

function readTarget(url: string): ConnectionSettings {
  try {
    return { connectionString: readSetting("DATABASE_URL", { DATABASE_URL: url }) ?? "" };
  } catch {
    throw new Stop("--into is not a postgresql:// URL.");
  }
}

async function printList(store: BackupStore): Promise<number> {
  const backups = await listBackups(store);
  if (backups.length === 0) say(`There are no backups in ${store.location}.`);
  for (const { name, bytes, manifest, proof, problem } of backups) {
    const state = problem ?? (proof ? `proved ${proof.checkedAt.slice(0, 16).replace("T", " ")} UTC` : "not proved");
    const what = manifest ? `${manifest.database}, PostgreSQL ${manifest.server}, desk ${manifest.desk}` : "";
    say([name, formatBytes(bytes).padStart(8), state, what].filter(Boolean).join("  "));
  }
  return 0;
}

async function findLatest(store: BackupStore): Promise<string> {
  const latest = (await listBackups(store)).find(({ proof }) => proof !== null);
  if (!latest) throw new Stop("No backup has been proved yet: choose one from npm run restore -- --list.");
  return latest.name;
}

/**
 * Applies missing migrations and grants the application its rights. Only the tables' owner should do so, because a
 * superuser would own the new objects.
 */
async function grantRights(target: ConnectionSettings, { manifest }: Recovery): Promise<void> {
  if (manifest.migration === null) return;
  const { user = "" } = new pg.Client(target);
  const application = readApplication();
  if (!application || (manifest.owners.length > 0 && !manifest.owners.includes(user))) {
    say("Run npm run db:migrate on it, as the owner of its tables, before the desk starts.");
    return;
  }
  const applied = await migrate({ owner: target, application, report: say });
  say(
    applied.length
      ? `${applied.length} migrations applied.`
      : "No migration is missing, and the application has its rights.",
  );
}

function readApplication(): ConnectionSettings | null {
  try {
    return readDatabaseSettings().app;
  } catch {
    return null;
  }
}

async function lookForDocuments(store: BackupStore, { manifest }: Recovery): Promise<void> {
  const { documents } = manifest;
  const folder = readSetting("DOCUMENTS_DIR");
  if (!documents) return;
  if (!folder) {
    say(`The backup lists ${formatCount(documents.count)} files of documents: set DOCUMENTS_DIR to compare them.`);
    return;
  }
  const listed = readListedDocuments(readPart(store, manifest, documents, await readSealKey()));
  const { whole, missing, other } = await compareDocuments(folder, listed);
  say(
    `Of ${formatCount(documents.count)} files of documents ${formatCount(whole)} are there, ${formatCount(missing)} are missing and ${formatCount(other)} have another size.`,
  );
}
