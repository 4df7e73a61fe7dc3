import { parseArgs } from "node:util";
import { BackupError } from "@/lib/backup/backup-error";
import { readDeskVersion } from "@/lib/backup/make/desk-version";
import { makeBackup } from "@/lib/backup/make/make";
import type { Manifest } from "@/lib/backup/make/manifest";
import { type CheckOutcome, proveBackup } from "@/lib/backup/restore/prove";
import { makeRun } from "@/lib/backup/run";
import { beginRun, recordCheck } from "@/lib/backup/runs";
import { openStore } from "@/lib/backup/store/open-store";
import { DatabaseError } from "@/lib/database/errors";
import { formatBytes } from "@/lib/desk/bytes";
import { formatCount } from "@/lib/desk/wording";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { atEnd, runCommand } from "./command/command";
import { Stop } from "./command/stop";

const usage = `Backups of the desk's database:
  npm run backup                    makes one and proves it by restoring it
  npm run backup -- --no-check      makes one
  npm run backup -- --check NAME    proves one that is there`;

const say = (line: string) => console.log(line);

await runCommand(async () => {
  loadEnvironmentFile();
  const { check, noCheck } = readArguments();
  const stopped = new AbortController();
  const working = check === undefined ? make(!noCheck, stopped.signal) : prove(check, stopped.signal);
  // Aborts the work and waits until it has cleaned up.
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
    throw error instanceof BackupError || error instanceof DatabaseError ? new Stop(error.message) : error;
  }
});

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { check: { type: "string" }, "no-check": { type: "boolean", default: false } },
    });
    return { check: values.check, noCheck: values["no-check"] };
  } catch (error) {
    throw new Stop(`${(error as Error).message.split(". ")[0]}.\n${usage}`);
  }
}

/** Makes a backup, and records it as the scheduled ones are recorded. */
async function make(check: boolean, signal: AbortSignal): Promise<number> {
  const store = openStore();
  const begun = await beginRun(null).catch((error: unknown) => {
    if (hasNoRuns(error)) return null;
    throw error;
  });
  if (!begun) {
    // The desk's migrations have not run on this database, or the role has no rights on the table. It is backed up
    // without a record.
    const made = await makeBackup({ store, deskVersion: readDeskVersion(), report: say, signal });
    tellMade(made);
    return check ? prove(made.name, signal) : 0;
  }
  if (!begun.ok) throw new Stop("Another backup is being made: wait until it has ended (the page Database shows it).");
  const result = await makeRun(begun.id, { wantsCheck: async () => check, onMade: tellMade, report: say, signal });
  if (result.check && result.made) tellChecked(result.made.name, result.check);
  else if (result.reason) console.error(result.reason);
  for (const name of result.removed) say(`${name} is removed: the rules keep others.`);
  return result.reason === null ? 0 : 1;
}

/** Whether the database has no table of backup runs, or the role no rights on it. */
function hasNoRuns(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  return code === "42P01" || code === "42501";
}

async function prove(name: string, signal: AbortSignal): Promise<number> {
  const outcome = await proveBackup({ store: openStore(), name, report: say, signal });
  tellChecked(name, outcome);
  await recordCheck(name, outcome).catch((error: unknown) => {
    // The result is valid without this record: the store has the proof.
    say(`The page Database does not show this check: ${(error as Error).message}`);
  });
  return outcome.state === "proved" ? 0 : 1;
}

function tellMade({ name, dump, documents, tables, sealedFor, startedAt, endedAt }: Manifest): void {
  const rows = tables.reduce((sum, { rows }) => sum + rows, 0);
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000;
  say(
    `${name}: ${formatBytes(dump.bytes)}, ${tables.length} tables with ${formatCount(rows)} rows, after ${seconds.toFixed(1)} s${sealedFor ? ", sealed" : ""}.`,
  );
  if (documents)
    say(`${formatCount(documents.count)} files of documents (${formatBytes(documents.total)}) are listed.`);
}

function tellChecked(name: string, outcome: CheckOutcome): void {
  if (outcome.state === "proved") {
    const { tables, rows, seconds } = outcome.proof;
    say(`Proved after ${seconds} s: ${tables} tables with ${formatCount(rows)} rows are as they were dumped.`);
    return;
  }
  console.error(
    `${name} ${outcome.state === "refuted" ? "cannot be restored" : "could not be checked"}: ${outcome.reason}`,
  );
}
