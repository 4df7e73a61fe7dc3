import { readFileSync } from "node:fs";
import { z } from "zod";

/** `names` are the tests that failed, as far as the step's report has them. */
export type Count = { passed: number; failed: number; names?: string[] };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

/** What Vitest's JSON report at `path` says; nothing if it was not written. A skipped test has failed. */
export function readVitest(path: string): Count {
  const report = readReport(path, vitestReport);
  if (!report) return { passed: 0, failed: 0 };
  const names = report.testResults.flatMap((file) => {
    const name = file.name.replace(`${process.cwd()}/`, "");
    const failed = file.assertionResults.filter(({ status }) => status !== "passed");
    // A file that could not be loaded has no results.
    if (failed.length === 0 && file.status === "failed") return [name];
    return failed.map(({ fullName }) => `${name}: ${fullName}`);
  });
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests, names };
}

type Suite = { specs: { title: string; file: string; line: number; ok: boolean }[]; suites?: Suite[] };

const suite: z.ZodType<Suite> = z.object({
  specs: z.array(z.object({ title: z.string(), file: z.string(), line: z.number(), ok: z.boolean() })),
  get suites() {
    return z.array(suite).optional();
  },
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(suite),
});

/**
 * What Playwright's JSON report at `path` says; nothing if it was not written. A skipped or retried test has failed.
 */
export function readPlaywright(path: string): Count {
  const report = readReport(path, playwrightReport);
  if (!report) return { passed: 0, failed: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + skipped, names: report.suites.flatMap(listFailed) };
}

function listFailed({ specs, suites = [] }: Suite): string[] {
  const failed = specs.filter(({ ok }) => !ok);
  return [...failed.map(({ file, line, title }) => `${file}:${line}: ${title}`), ...suites.flatMap(listFailed)];
}

function readReport<Report>(path: string, schema: z.ZodType<Report>): Report | null {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}
