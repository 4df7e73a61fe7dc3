import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingNames } from "@/lib/settings/schema";
import { removeAbandoned } from "@/tests/database/abandoned";
import { generateClient } from "./building/client";
import { copyPdfAssets } from "./building/pdf-assets";
import { compareAdvisories, listLocked, readAdvisories } from "./checks/advisories";
import {
  chromium,
  fakeTime,
  findProgram,
  libreOffice,
  nginx,
  openSsl,
  pgBouncer,
  pgDump,
  prometheus,
  promtool,
  psql,
} from "./checks/programs";
import { type Count, readPlaywright, readVitest } from "./checks/test-reports";
import { atEnd, isEnding, runCommand } from "./command/command";
import { runNode } from "./command/node";
import { Stop } from "./command/stop";

// No colours in a log file.
const plain = process.stdout.isTTY ? [] : ["--colors=off"];

const say = (line: string) => console.log(line);

/**
 * npm test: all checks, on a separate database, ports and build folder. The database tests connect through PgBouncer in
 * transaction mode. With --pgbouncer the browser tests do, too.
 */
await runCommand(async () => {
  forgetSettings();
  process.env.NEXT_DIST_DIR = ".next-test";
  // No telemetry, and no .env of this folder, because it belongs to a desk.
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  process.env.__NEXT_PROCESSED_ENV = "true";
  const reports = mkdtempSync(join(tmpdir(), "contact-desk-reports-"));
  atEnd(() => rmSync(reports, { recursive: true, force: true }));
  // Registered before anything is started, so it runs last: it removes what interrupted tests left behind.
  atEnd(removeAbandoned);
  const total = await runSteps(reports);
  // Once more at the end, because a long log is often kept only in part.
  for (const name of total.names) say(`Failed: ${name}`);
  say(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});

async function runSteps(reports: string): Promise<Required<Count>> {
  const total = { passed: 0, failed: 0, names: [] as string[] };
  const step = async (title: string, work: () => Promise<Count>) => {
    if (isEnding()) return false;
    say(`\n== ${title}`);
    const started = Date.now();
    const { passed, failed, names } = await work().catch(toFailure);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) total.names.push(...(names?.length ? names : [title]));
    say(`== ${title}: ${failed ? "FAILED" : "passed"} after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return failed === 0;
  };

  for (const each of [chromium, libreOffice, openSsl, nginx, pgBouncer, psql, pgDump, promtool, prometheus, fakeTime]) {
    if (!(await step(each.name, () => once(findProgram(each, say))))) return total;
  }
  if (!(await step("Database client", () => once(generateClient(say))))) return total;
  await step("Format and lint", () => program("node_modules/@biomejs/biome/bin/biome", "check", ".", ...plain));
  await step("Advisories", checkAdvisories);
  await step("Types", checkTypes);
  await step("Unit tests", () => vitest("unit", reports));
  await step("Database tests", () => vitest("database", reports));
  if (await step("Build", build)) await step("Browser tests", () => playwright(reports));
  return total;
}

/**
 * Removes all settings from the environment: the tests use their own database, and this machine's settings must not
 * reach them.
 */
function forgetSettings(): void {
  const settings = settingNames.filter((name) => !name.endsWith("_PATH"));
  const variables = new Set([...settings, ...settings.map((name) => `${name}_FILE`), "NODE_ENV", "TZ"]);
  for (const name of Object.keys(process.env)) {
    if (variables.has(name) || (name.startsWith("PG") && !name.endsWith("_PATH"))) delete process.env[name];
  }
}

async function program(...args: string[]): Promise<Count> {
  return (await runNode(args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function once(work: Promise<void>): Promise<Count> {
  await work;
  return { passed: 1, failed: 0 };
}

/** Checks the locked packages for known vulnerabilities that are neither mended nor accepted. */
async function checkAdvisories(): Promise<Count> {
  const advisories = readAdvisories(readFileSync("security/advisories.json", "utf8"));
  const locked = listLocked(readFileSync("package-lock.json", "utf8"));
  const { problems, warnings } = compareAdvisories(advisories, locked, new Date().toISOString().slice(0, 10));
  for (const line of [...warnings, ...problems]) say(line);
  return problems.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: problems.length };
}

async function checkTypes(): Promise<Count> {
  // Not incremental: after a change to an imported module, a second incremental run was seen to miss errors in its
  // importers.
  const generated = await program("node_modules/next/dist/bin/next", "typegen");
  return generated.failed
    ? generated
    : program("node_modules/typescript/bin/tsc", "--noEmit", "--incremental", "false", "-p", ".");
}

async function build(): Promise<Count> {
  // Imported only now, because it reads NEXT_DIST_DIR when loaded.
  const { buildApplication } = await import("./building/building");
  copyPdfAssets();
  return once(buildApplication(say));
}

async function vitest(project: string, reports: string): Promise<Count> {
  const report = join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const env: Record<string, string> = project === "database" ? { TEST_PGBOUNCER: "yes" } : {};
  const code = await runNode(["node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters], { env });
  return settle(readVitest(report), code);
}

async function playwright(reports: string): Promise<Count> {
  const report = join(reports, "browser.json");
  const env = {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    TEST_PGBOUNCER: process.argv.includes("--pgbouncer") ? "yes" : "",
  };
  const code = await runNode(["node_modules/playwright/cli.js", "test"], { env });
  return settle(readPlaywright(report), code);
}

/** A run with a bad exit code has failed even if no test did, for example because a file or a setup did not load. */
function settle({ passed, failed, names }: Count, code: number): Count {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, names };
}

function toFailure(error: unknown): Count {
  if (!(error instanceof Stop)) throw error;
  console.error(error.message);
  return { passed: 0, failed: 1 };
}
