import { parseArgs } from "node:util";
import { BackupError } from "@/lib/backup/backup-error";
import { readDeskVersion } from "@/lib/backup/desk-version";
import { makeBackup } from "@/lib/backup/make";
import { proveBackup } from "@/lib/backup/prove";
import { openStore } from "@/lib/backup/store";
import { formatBytes } from "@/lib/desk/bytes";
import { formatCount } from "@/lib/desk/wording";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { atEnd, runCommand } from "./command";
import { Stop } from "./stop";

const usage = `Backups of the desk's database:
  npm run backup                    makes one and proves it by restoring it
  npm run backup -- --no-check      makes one
  npm run backup -- --check NAME    proves one that is there`;

const say = (line: string) => console.log(line);

await runCommand(async () => {
  loadEnvironmentFile();
  const { check, noCheck } = readArguments();
  const stopped = new AbortController();
  const working = work(check, noCheck, stopped.signal);
  // What was begun is taken back before the command ends.
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
    throw error instanceof BackupError ? new Stop(error.message) : error;
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

async function work(check: string | undefined, noCheck: boolean, signal: AbortSignal): Promise<number> {
  const store = openStore();
  if (check !== undefined) return prove(check, signal);
  const began = performance.now();
  const made = await makeBackup({ store, deskVersion: readDeskVersion(), report: say, signal });
  const rows = made.tables.reduce((sum, { rows }) => sum + rows, 0);
  say(
    `${made.name}: ${formatBytes(made.dump.bytes)}, ${made.tables.length} tables with ${formatCount(rows)} rows, after ${secondsSince(began)} s${made.sealedFor ? ", sealed" : ""}.`,
  );
  if (made.documents) {
    say(`${formatCount(made.documents.count)} files of documents (${formatBytes(made.documents.total)}) are listed.`);
  }
  return noCheck ? 0 : prove(made.name, signal);
}

async function prove(name: string, signal: AbortSignal): Promise<number> {
  const outcome = await proveBackup({ store: openStore(), name, report: say, signal });
  if (outcome.state === "proved") {
    const { tables, rows, seconds } = outcome.proof;
    say(`Proved after ${seconds} s: ${tables} tables with ${formatCount(rows)} rows are as they were dumped.`);
    return 0;
  }
  const what = outcome.state === "refuted" ? `${name} cannot be restored` : `${name} could not be checked`;
  console.error(`${what}: ${outcome.reason}`);
  return 1;
}

function secondsSince(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(1);
}
