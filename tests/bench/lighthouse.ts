import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { runNodeQuietly } from "@/scripts/command/node";
import { Stop } from "@/scripts/command/stop";
import { dataFolder } from "@/scripts/database/embedded";
import { findChromium } from "./chromium";
import type { Site } from "./http";
import type { Answer, Question } from "./line";
import { toTiming } from "./measure";
import type { World } from "./world";

/** Lighthouse's three scores that have a bar, as its report names them. */
const categories = ["performance", "accessibility", "best-practices"] as const;

type Scores = Record<(typeof categories)[number], number>;

/** A desktop, and a phone on a slow network with a processor four times slower, as Lighthouse itself defines them. */
const devices = [
  {
    name: "a desktop",
    options: ["--preset=desktop"],
    bar: { performance: 95, accessibility: 100, "best-practices": 100 },
  },
  { name: "a phone", options: [], bar: { performance: 90, accessibility: 100, "best-practices": 100 } },
];

type Device = (typeof devices)[number];

/** What people see every day. A person who is signed in has no sign-in page. */
const pages = [
  { path: "/sign-in", signedIn: false },
  { path: "/contacts", signedIn: true },
  { path: "/triage", signedIn: true },
  { path: "/analytics", signedIn: true },
];

/** Lighthouse's scores of the four pages, each the median of three runs. */
export function lighthouseQuestions(world: World, site: Site, say: (line: string) => void): Question[] {
  return devices.flatMap((device) =>
    pages.map(({ path, signedIn }) => ({
      group: "lighthouse",
      name: `${path} on ${device.name}, performance`,
      ask: async () => {
        requireLighthouse();
        const browser = await findChromium(say);
        const visit = { url: `${site.base}${path}`, cookie: signedIn ? site.cookie : null, device, browser };
        const runs: Run[] = [];
        for (let times = 0; times < Math.min(world.repeat, 3); times++) runs.push(await runLighthouse(visit));
        return toAnswer(runs, device);
      },
    })),
  );
}

/** The part of Lighthouse's report that is read here. */
const report = z.object({
  finalDisplayedUrl: z.string(),
  runtimeError: z.object({ message: z.string() }).optional(),
  environment: z.object({ benchmarkIndex: z.number() }),
  categories: z.record(
    z.enum(categories),
    z.object({
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
    }),
  ),
  audits: z.record(z.string(), z.object({ score: z.number().nullable(), numericValue: z.number().optional() })),
});

type Run = {
  scores: Scores;
  /** The audits without full marks that lower a score other than performance. */
  faults: string[];
  /** Milliseconds to the largest paint, and how long the page was blocked. */
  paint: number;
  blocked: number;
  /** How fast the machine was, as Lighthouse measures it. */
  pace: number;
};

/** It is no package of ours, because few need it and everybody would install it: docs/decisions/31-lighthouse-and-rows.md. */
const version = "12.2.3";
const folder = join(dataFolder, "lighthouse");
const program = join(folder, "node_modules/lighthouse/cli/index.js");

/** @throws Stop unless Lighthouse is there in our version */
function requireLighthouse(): void {
  const about = join(folder, "node_modules/lighthouse/package.json");
  if (existsSync(about) && JSON.parse(readFileSync(about, "utf8")).version === version) return;
  throw new Stop(`Lighthouse is missing: npm install --no-save --prefix ${folder} lighthouse@${version}`);
}

type Measured = { url: string; cookie: string | null; device: Device; browser: string };

/** @throws Error if Lighthouse measured another page than this one */
async function runLighthouse({ url, cookie, device, browser }: Measured): Promise<Run> {
  const temporary = mkdtempSync(join(tmpdir(), "contact-desk-lighthouse-"));
  const [headers, output] = [join(temporary, "headers.json"), join(temporary, "report.json")];
  try {
    // In a file, because anybody on this machine can read a command's arguments.
    writeFileSync(headers, JSON.stringify(cookie === null ? {} : { Cookie: cookie }), { mode: 0o600 });
    const code = await runNodeQuietly(
      [
        program,
        url,
        ...device.options,
        `--only-categories=${categories.join()}`,
        "--output=json",
        `--output-path=${output}`,
        `--extra-headers=${headers}`,
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --no-first-run",
        "--no-enable-error-reporting",
        "--quiet",
      ],
      { CHROME_PATH: browser },
    );
    if (code !== 0) throw new Error(`Lighthouse ended with code ${code}.`);
    return readReport(url, JSON.parse(readFileSync(output, "utf8")));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function readReport(url: string, text: unknown): Run {
  const { finalDisplayedUrl, runtimeError, categories: found, audits, environment } = report.parse(text);
  if (runtimeError) throw new Error(runtimeError.message);
  // Without a valid session it would have measured the sign-in page.
  if (new URL(finalDisplayedUrl).pathname !== new URL(url).pathname)
    throw new Error(`Lighthouse measured ${finalDisplayedUrl} instead of ${url}.`);
  const scoreOf = (category: keyof Scores) => Math.round((found[category].score ?? 0) * 100);
  const faults = categories
    .filter((category) => category !== "performance")
    .flatMap((category) => found[category].auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => id);
  return {
    scores: {
      performance: scoreOf("performance"),
      accessibility: scoreOf("accessibility"),
      "best-practices": scoreOf("best-practices"),
    },
    faults,
    paint: audits["largest-contentful-paint"]?.numericValue ?? 0,
    blocked: audits["total-blocking-time"]?.numericValue ?? 0,
    pace: environment.benchmarkIndex,
  };
}

function toAnswer(runs: Run[], { bar }: Device): Answer {
  const median = (read: (run: Run) => number) => toTiming(runs.map(read)).p50;
  const scores = categories.map((category) => median(({ scores }) => scores[category]));
  const [performance = 0, accessibility = 0, practices = 0] = scores;
  const lowest = Math.min(...runs.map(({ scores }) => scores.performance));
  const faults = [...new Set(runs.flatMap(({ faults }) => faults))];
  const note = [
    `accessibility ${accessibility}, best practices ${practices}${faults.length > 0 ? `: ${faults.join(", ")}` : ""}`,
    `blocked ${Math.round(median(({ blocked }) => blocked))} ms, largest paint ${(median(({ paint }) => paint) / 1_000).toFixed(1)} s`,
    `the lowest of ${runs.length} stands in place of p95`,
    `the machine's pace ${Math.round(median(({ pace }) => pace))}`,
  ];
  return {
    ours: { p50: performance, p95: lowest, worst: lowest },
    ideal: null,
    unit: "of 100",
    bar: categories.map((category) => bar[category]).join(" / "),
    met: categories.every((category, at) => (scores[at] ?? 0) >= bar[category]),
    note: note.join("; "),
  };
}
