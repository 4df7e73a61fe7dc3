import { readdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkGivenDatabase, openOwnDatabase, openOwnServer } from "@/tests/bench/database";
import { measureMigrations } from "@/tests/bench/migrations";
import { undoInterrupted } from "@/tests/bench/undo";
import { generateClient } from "./building/client";
import { atEnd, isEnding, runCommand } from "./command/command";
import { Stop } from "./command/stop";

const usage = `npm run bench [-- --contacts 1000000 | --database URL] [--only rows,words,…] [--json FILE]
  --contacts N     a database of its own in .data/bench with so many generated contacts (1,000,000; whole millions beyond, at most ten)
  --database URL   one that is there, as its owner, in which every contact is generated
  --only GROUPS    rows, words, samples, counts, facets, analytics, contact, counter, triage, writes, http, export, bulk, fair,
                   slowed, lighthouse;
                   or migrations alone: what each took with so many rows, written to sql/figures.json
  --repeat N       measurements of a question (5)
  --sample N       queries in a random sample (40)
  --seconds N      under load (6)
  --build-at-hand  measures the build that is there, even if it is not of these sources
  --json FILE      writes the same as JSON, and the pages that each question touched`;

const say = (line: string) => console.log(line);

/** npm run bench: measures every question beside its ideal, in one run on one database. */
await runCommand(async () => {
  const options = readOptions();
  // Settings of another database or a deployment's limits must not affect the bench.
  for (const name of Object.keys(process.env)) if (/^(DATABASE_|DB_|PG)/.test(name)) delete process.env[name];
  if (options.groups?.includes("migrations")) {
    if (options.groups.length > 1 || options.database) throw new Stop(usage);
    await measureMigrations((await openOwnServer()).url, { rows: options.contacts, say });
    return 0;
  }
  await generateClient(say);
  if (options.database)
    await checkGivenDatabase(
      options.database,
      readdirSync("sql").filter((name) => name.endsWith(".sql")),
      say,
    );
  const url = options.database ?? (await openOwnDatabase(options.contacts, say));
  Object.assign(process.env, { DATABASE_URL: url, DATABASE_DIRECT_URL: url });
  atEnd(undoInterrupted);
  // Imported only now, because it needs the generated client.
  const { runBench } = await import("@/tests/bench/run");
  const report = await runBench(url, { ...options, say, goesOn: () => !isEnding() });
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  return report.lines.some((line) => "failed" in line) ? 1 : 0;
});

function readOptions() {
  const { values } = parseArgs({
    options: {
      contacts: { type: "string", default: "1000000" },
      database: { type: "string" },
      only: { type: "string" },
      repeat: { type: "string", default: "5" },
      sample: { type: "string", default: "40" },
      seconds: { type: "string", default: "6" },
      "build-at-hand": { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) throw new Stop(usage);
  const [contacts, repeat, sample, seconds] = [values.contacts, values.repeat, values.sample, values.seconds].map(
    Number,
  );
  if (![contacts, repeat, sample, seconds].every((number) => Number.isInteger(number) && Number(number) >= 1)) {
    throw new Stop(usage);
  }
  return {
    contacts: contacts ?? 1,
    repeat: repeat ?? 1,
    sample: sample ?? 1,
    seconds: seconds ?? 1,
    database: values.database,
    json: values.json,
    groups: values.only?.split(",") ?? null,
    buildAtHand: values["build-at-hand"],
  };
}
