import { randomUUID } from "node:crypto";
import pg from "pg";
import { changeContacts } from "@/lib/change/change";
import { contactsPerCall } from "@/lib/change/request";
import { capture, withoutKeeping } from "./capture";
import { takenBack, withExistingSchema } from "./existing-schema";
import type { Answer, Question } from "./line";
import { clock, databaseTime, toTiming } from "./measure";
import { withStaff } from "./staff";
import type { World } from "./world";

const bulk = 10_000;
const inserts = 1_000;
const copied = "ideal on the website's own schema with the newest 20,000 contacts";

/** One status change, 10,000 of them, and the website's INSERT, each beside the same on the website's own schema. */
export function writeQuestions(world: World): Question[] {
  const group = "writes";
  return [
    { group, name: "one status change, database time", ask: () => oneChange(world, "server") },
    { group, name: "one status change, as its caller sees it", ask: () => oneChange(world, "caller") },
    { group, name: `${bulk.toLocaleString("en-GB")} status changes in chunks of 1,000`, ask: () => bulkChange(world) },
    {
      group,
      name: `website: ${inserts.toLocaleString("en-GB")} INSERTs in a transaction`,
      ask: () => websiteInserts(world),
    },
  ];
}

type Target = { id: string; version: number };

/** The newest contacts with another status than the one they are to get. */
async function listTargets(client: pg.Client, count: number): Promise<Target[]> {
  const { rows } = await client.query<Target>(
    `select id, version from public.contact_submissions
     where status is distinct from 'in_review' order by "timestamp" desc, id desc limit $1`,
    [count],
  );
  return rows;
}

function change(staffId: string, contacts: Target[]) {
  return async () => {
    const result = await changeContacts(staffId, { key: randomUUID(), change: { status: "in_review" }, contacts });
    if (!result.ok) throw new Error(`No status could be changed: ${result.message}`);
    const { changed, unchanged, conflicts } = result;
    if (changed.length !== contacts.length) {
      throw new Error(
        `Of ${contacts.length}, ${unchanged.length} had the status and ${conflicts.length} were changed by others.`,
      );
    }
  };
}

async function oneChange(world: World, seenBy: "server" | "caller"): Promise<Answer> {
  const { client, url } = world;
  const times = Math.max(20, world.repeat);
  const targets = await listTargets(client, times + 1);
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  const ours: number[] = [];
  const ideal: number[] = [];
  const update = (id = "") => ({
    text: "update contact_submissions set status = 'in_review' where id = $1",
    values: [id],
  });
  try {
    await withStaff(world, (staffId) =>
      withExistingSchema(other, async () => {
        for (const target of targets) {
          const { result: seen, statements } = await capture(() =>
            clock(() => withoutKeeping(change(staffId, [target]))),
          );
          const bare = update(target.id);
          if (seenBy === "caller") {
            ours.push(seen);
            ideal.push(await clock(() => takenBack(other, "part", () => other.query(bare))));
          } else {
            ours.push(await takenBack(client, "transaction", () => databaseTime(client, statements)));
            ideal.push(await takenBack(other, "part", () => databaseTime(other, [bare])));
          }
        }
      }),
    );
  } finally {
    await other.end();
  }
  return toWriteAnswer(ours.slice(1), ideal.slice(1), { times: 3, limit: 10, note: "history and batch included" });
}

async function bulkChange(world: World): Promise<Answer> {
  const { client, url } = world;
  const targets = await listTargets(client, Math.min(bulk, Math.floor(world.contacts / 2)));
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  const ours: number[] = [];
  const ideal: number[] = [];
  const ids = targets.map(({ id }) => id);
  const update = "update contact_submissions set status = 'in_review' where id = any($1)";
  try {
    await withStaff(world, (staffId) =>
      withExistingSchema(other, async () => {
        for (let round = 0; round < Math.min(3, world.repeat); round++) {
          let sum = 0;
          for (let first = 0; first < targets.length; first += contactsPerCall) {
            const chunk = targets.slice(first, first + contactsPerCall);
            sum += await clock(() => withoutKeeping(change(staffId, chunk)));
          }
          ours.push(sum);
          await takenBack(other, "part", async () => ideal.push(await clock(() => other.query(update, [ids]))));
        }
      }),
    );
  } finally {
    await other.end();
  }
  const note = `${targets.length.toLocaleString("en-GB")} contacts, one after another; ideal: one bare UPDATE`;
  return toWriteAnswer(ours, ideal, { times: 3, limit: null, note });
}

async function websiteInserts({ client, url, repeat }: World): Promise<Answer> {
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  const ours: number[] = [];
  const ideal: number[] = [];
  try {
    await withExistingSchema(other, async () => {
      const { rows } = await client.query<Submission>(
        `select name, email, company, service, budget, message, user_agent, page_url
         from public.contact_submissions order by "timestamp" desc, id desc limit ${inserts}`,
      );
      for (let round = 0; round <= Math.min(5, repeat); round++) {
        await takenBack(client, "transaction", async () => ours.push(await clock(() => submit(client, rows))));
        await takenBack(other, "part", async () => ideal.push(await clock(() => submit(other, rows))));
      }
    });
  } finally {
    await other.end();
  }
  return toWriteAnswer(ours.slice(1), ideal.slice(1), { times: 3, limit: null, note: copied });
}

type Submission = Record<
  "name" | "email" | "company" | "service" | "budget" | "message" | "user_agent" | "page_url",
  string
>;

/** The website's own statement, once for each; a small database has fewer to copy. */
async function submit(client: pg.Client, rows: Submission[]): Promise<void> {
  for (const row of rows) {
    await client.query(
      `insert into contact_submissions (id, name, email, company, service, budget, message, timestamp, status, source,
         user_agent, page_url, document_processing_enabled, search_capabilities)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
      [
        `contact_${randomUUID()}`,
        ...[row.name, row.email, row.company, row.service, row.budget, row.message, new Date(), "new", "website"],
        ...[row.user_agent, row.page_url, true, true],
      ],
    );
  }
}

function toWriteAnswer(
  measured: number[],
  beside: number[],
  { times, limit, note }: { times: number; limit: number | null; note: string },
): Answer {
  const [ours, ideal] = [toTiming(measured), toTiming(beside)];
  const met = ours.p50 <= times * ideal.p50 && (limit === null || ours.p50 <= limit);
  const bar = `${times} x ideal${limit === null ? "" : `, ${limit} ms`}`;
  return { ours, ideal, unit: "ms", bar, met, note };
}
