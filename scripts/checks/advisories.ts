import { gte, lt, lte } from "semver";
import { z } from "zod";

/** A date in the file. */
const day = z.iso.date();

/**
 * A range of versions, from each `introduced` to the end that follows it (OSV schema 1.7, affected[].ranges[].events).
 */
const event = z.union([
  z.strictObject({ introduced: z.string() }),
  z.strictObject({ fixed: z.string() }),
  z.strictObject({ last_affected: z.string() }),
]);

const affected = z.object({
  package: z.object({ ecosystem: z.literal("npm"), name: z.string() }),
  ranges: z.array(z.object({ type: z.enum(["SEMVER", "ECOSYSTEM"]), events: z.array(event).min(2) })).min(1),
});

/**
 * What an advisory means for this repository, in OSV's field for own data (`database_specific`).
 * `mended`: no version in the lock file is affected. `accepted`: one is, and the reason says why it does no harm, until
 * a day of review.
 */
const meaning = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("mended"), reason: z.string().min(10) }),
  z.strictObject({ state: z.literal("accepted"), reason: z.string().min(30), until: day }),
]);

const advisory = z.object({
  id: z.string().regex(/^(GHSA(-[0-9a-z]{4}){3}|CVE-\d{4}-\d+)$/),
  modified: z.iso.datetime(),
  aliases: z.array(z.string()).optional(),
  summary: z.string(),
  affected: z.array(affected).min(1),
  references: z.array(z.object({ type: z.string(), url: z.url() })).min(1),
  database_specific: z.strictObject({ here: meaning }),
});

const file = z.strictObject({
  /** When somebody last looked for new advisories. */
  checked: day,
  sources: z.array(z.string()),
  advisories: z.array(advisory),
});

export type Advisories = z.infer<typeof file>;
type Advisory = Advisories["advisories"][number];

/** A package in the lock file. A package with several versions has several entries. */
export type Locked = { name: string; version: string };

/** Sentences. A problem fails the tests, a warning does not. */
export type Findings = { problems: string[]; warnings: string[] };

/** Days without a check after which a warning appears. It fails nothing, because time alone must not break a run. */
const oldAfter = 60;

/** Parses the repository's advisories. @throws ZodError if the file does not follow OSV and this schema */
export function readAdvisories(text: string): Advisories {
  return file.parse(JSON.parse(text));
}

/** The packages of a package-lock.json (lockfile version 3), under the names by which they are published. */
export function listLocked(text: string): Locked[] {
  const { packages } = JSON.parse(text) as { packages: Record<string, { name?: string; version?: string }> };
  return Object.entries(packages).flatMap(([path, { name, version }]) => {
    if (path === "" || version === undefined) return [];
    return [{ name: name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length), version }];
  });
}

/** Compares the lock file with the advisories, on a day such as 2026-11-29. */
export function compareAdvisories({ advisories, checked }: Advisories, locked: Locked[], today: string): Findings {
  const problems = advisories.flatMap((each) => findProblem(each, locked, today) ?? []);
  const age = (Date.parse(today) - Date.parse(checked)) / 86_400_000;
  const warnings =
    age > oldAfter ? [`The advisories were last looked for ${age} days ago, on ${checked}: look for new ones.`] : [];
  return { problems, warnings };
}

function findProblem(advisory: Advisory, locked: Locked[], today: string): string | null {
  const { id, summary } = advisory;
  const { here } = advisory.database_specific;
  const hit = locked.filter((each) => isAffected(advisory, each));
  const names = [...new Set(hit.map(({ name, version }) => `${name} ${version}`))].join(" and ");
  if (here.state === "mended") {
    if (hit.length === 0) return null;
    return `${names} is named by ${id} (${summary}): take a mended version, or say in security/advisories.json why it does no harm.`;
  }
  if (hit.length === 0) {
    return `${id} is accepted in security/advisories.json, but no version in the lock file is affected: call it mended.`;
  }
  if (here.until < today) {
    return `The reason for keeping ${names} in spite of ${id} ran out on ${here.until}: look at it again.`;
  }
  return null;
}

function isAffected(advisory: Advisory, { name, version }: Locked): boolean {
  return advisory.affected.some(
    (each) => each.package.name === name && each.ranges.some(({ events }) => isWithin(version, events)),
  );
}

function isWithin(version: string, events: z.infer<typeof event>[]): boolean {
  let within = false;
  for (const each of events) {
    if ("introduced" in each) within ||= gte(version, each.introduced === "0" ? "0.0.0-0" : each.introduced);
    else if ("fixed" in each) within &&= lt(version, each.fixed);
    else within &&= lte(version, each.last_affected);
  }
  return within;
}
