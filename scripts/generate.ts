import { parseArgs } from "node:util";
import { Client } from "pg";
import { readDatabaseSettings } from "@/lib/database/settings";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { countForeignContacts, generateSample } from "@/prisma/sample/generate";

const usage = "npm run db:generate -- --contacts 1000000 [--until 2026-11-22T12:00:00Z] [--seed WORD] [--add]";

const number = (value: number) => value.toLocaleString("en-GB");

async function generate(): Promise<number> {
  const { values } = parseArgs({
    options: {
      contacts: { type: "string" },
      until: { type: "string" },
      seed: { type: "string" },
      add: { type: "boolean", default: false },
    },
  });
  const contacts = Number(values.contacts);
  const until = values.until ? new Date(values.until) : new Date();
  if (!Number.isInteger(contacts) || contacts < 1 || contacts > 100_000_000 || Number.isNaN(until.getTime())) {
    console.error(`Say how many contacts: ${usage}`);
    return 2;
  }

  loadEnvironmentFile();
  const settings = readDatabaseSettings();
  const client = new Client(settings.direct ?? settings.app);
  await client.connect();
  try {
    const there = await countForeignContacts(client);
    if (there.foreign > 0 && !values.add) {
      console.error(
        `This database holds contacts that were not generated (${number(there.foreign)}). Nothing was written.\n` +
          "To add generated contacts beside them all the same, repeat the command with --add.",
      );
      return 1;
    }
    if (there.contacts > 0) console.log(`Adding to the ${number(there.contacts)} contacts that are there.`);

    const started = performance.now();
    const report = (done: number) => {
      const seconds = (performance.now() - started) / 1000;
      const left = Math.max(0, Math.round((seconds / done) * (contacts - done)));
      const line = `${number(done)} of ${number(contacts)} contacts, ${Math.round(seconds)} s, about ${left} s left`;
      if (process.stdout.isTTY) process.stdout.write(`\r${line}   `);
      else if (done === contacts || done % 50_000 === 0) console.log(line);
    };
    const written = await generateSample(client, {
      contacts,
      until,
      // A second run must add different rows.
      seed: values.seed ?? (there.contacts > 0 ? `generated beside ${there.contacts}` : "generated"),
      views: 1,
      onProgress: report,
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (process.stdout.isTTY) process.stdout.write("\n");
    console.log(
      `Wrote ${number(written.contacts)} contacts and ${number(written.documents)} documents in ${seconds} s.`,
    );
    return 0;
  } finally {
    await client.end();
  }
}

/** The usual causes of a failure, by SQLSTATE. */
const reasons: Record<string, string> = {
  "42P01": "The database has no tables yet: run npm run db:migrate first.",
  "42703": "The database is not up to date: run npm run db:migrate first.",
  "42501": "This database role may not fill the tables: set DATABASE_DIRECT_URL to their owner.",
  "23505": "These contacts are there already: choose another --seed.",
  "53100": "The database has no space left. Nothing was written.",
};

process.exitCode = await generate().catch((error: { code?: string; message?: string }) => {
  console.error(reasons[error.code ?? ""] ?? error.message ?? "The contacts could not be generated.");
  return 1;
});
