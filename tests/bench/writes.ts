import { randomBytes, randomUUID } from "node:crypto";
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

/** One status change and 10,000 of them beside the bare UPDATE, and the website's INSERT beside the same on its own schema. */
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
  const measured: Measured = { ours: [], bare: [], website: [] };
  const update = (id: string) => ({
    text: "update contact_submissions set status = 'in_review' where id = $1",
    values: [id],
  });
  const timeOf = (one: pg.Client, statement: ReturnType<typeof update>) =>
    seenBy === "caller" ? clock(() => one.query(statement)) : databaseTime(one, [statement]);
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  try {
    await withStaff(world, (staffId) =>
      withExistingSchema(other, async () => {
        for (const target of targets) {
          const { result: seen, statements } = await capture(() =>
            clock(() => withoutKeeping(change(staffId, [target]))),
          );
          const inDatabase = () => takenBack(client, "transaction", () => databaseTime(client, statements));
          measured.ours.push(seenBy === "caller" ? seen : await inDatabase());
          measured.bare.push(await withoutTriggers(client, () => timeOf(client, update(target.id))));
          measured.website.push(await takenBack(other, "part", () => timeOf(other, update(target.id))));
        }
      }),
    );
  } finally {
    await other.end();
  }
  return toChangeAnswer(measured, 10);
}

async function bulkChange(world: World): Promise<Answer> {
  const { client, url } = world;
  const targets = await listTargets(client, Math.min(bulk, Math.floor(world.contacts / 2)));
  const measured: Measured = { ours: [], bare: [], website: [] };
  const ids = targets.map(({ id }) => id);
  const update = "update contact_submissions set status = 'in_review' where id = any($1)";
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  try {
    await withStaff(world, (staffId) =>
      withExistingSchema(other, async () => {
        for (let round = 0; round <= Math.min(3, world.repeat); round++) {
          let sum = 0;
          for (let first = 0; first < targets.length; first += contactsPerCall) {
            const chunk = targets.slice(first, first + contactsPerCall);
            sum += await clock(() => withoutKeeping(change(staffId, chunk)));
          }
          measured.ours.push(sum);
          measured.bare.push(await withoutTriggers(client, () => clock(() => client.query(update, [ids]))));
          measured.website.push(await takenBack(other, "part", () => clock(() => other.query(update, [ids]))));
        }
      }),
    );
  } finally {
    await other.end();
  }
  return toChangeAnswer(measured, null);
}

/** Times of the same change: by the desk, by a bare UPDATE, and by one on the website's own schema, which has few indexes. */
type Measured = { ours: number[]; bare: number[]; website: number[] };

/** Does the work where an UPDATE is bare: in the same table with all its indexes, without version, history and batch. */
function withoutTriggers<R>(client: pg.Client, work: () => Promise<R>): Promise<R> {
  return takenBack(client, "transaction", async () => {
    await client.query("alter table public.contact_submissions disable trigger user");
    return work();
  });
}

function toChangeAnswer({ ours, bare, website }: Measured, limit: number | null): Answer {
  const before = toTiming(website.slice(1)).p50;
  const note = `version, history and batch included; the bare UPDATE on the website's own schema: ${before.toFixed(1)} ms`;
  return toWriteAnswer(ours.slice(1), bare.slice(1), { times: 3, limit, note });
}

async function websiteInserts({ client, url, repeat }: World): Promise<Answer> {
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  const ours: number[] = [];
  const ideal: number[] = [];
  try {
    await withExistingSchema(other, async () => {
      const rows = await listSubmissions(client, inserts);
      for (let round = 0; round <= Math.min(5, repeat); round++) {
        // As the desk's server does once a minute: not even a very busy form brings a thousand in between.
        await client.query("select clear_pending_words()");
        await takenBack(client, "transaction", async () => ours.push(await clock(() => submit(client, rows))));
        await takenBack(other, "part", async () => ideal.push(await clock(() => submit(other, rows))));
      }
    });
  } finally {
    await other.end();
  }
  return toWriteAnswer(ours.slice(1), ideal.slice(1), { times: 3, limit: null, note: copied });
}

/** What a visitor fills in. */
export type Submission = Record<
  "name" | "email" | "company" | "service" | "budget" | "message" | "user_agent" | "page_url",
  string
>;

/** What the newest contacts were filled in with; a small database has fewer. */
export async function listSubmissions(client: pg.Client, count: number): Promise<Submission[]> {
  const { rows } = await client.query<Submission>(
    `select name, email, company, service, budget, message, user_agent, page_url
     from public.contact_submissions order by "timestamp" desc, id desc limit $1`,
    [count],
  );
  return rows;
}

/** An id as the website gives it: the second, so that the latest stand together in the primary key, and eight hex digits. */
export function makeContactId(): string {
  return `contact_${Math.floor(Date.now() / 1_000)}_${randomBytes(4).toString("hex")}`;
}

/** The website's own statement. */
export function submitOne(client: pg.Client, id: string, row: Submission): Promise<unknown> {
  return client.query(
    `insert into contact_submissions (id, name, email, company, service, budget, message, timestamp, status, source,
       user_agent, page_url, document_processing_enabled, search_capabilities)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
    [
      id,
      ...[row.name, row.email, row.company, row.service, row.budget, row.message, new Date(), "new", "website"],
      ...[row.user_agent, row.page_url, true, true],
    ],
  );
}

async function submit(client: pg.Client, rows: Submission[]): Promise<void> {
  for (const row of rows) await submitOne(client, makeContactId(), row);
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
