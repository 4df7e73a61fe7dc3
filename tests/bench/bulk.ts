import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { setLimit } from "@/lib/change/frozen-set";
import { isEnding } from "@/scripts/command/command";
import type { Site } from "./http";
import type { Answer, Question } from "./line";
import { loadPage } from "./load";
import { clock, type Timing, toTiming } from "./measure";
import { withUndo } from "./undo";
import type { World } from "./world";
import { listSubmissions, makeContactId, type Submission, submitOne } from "./writes";

/** What everybody else feels of a bulk change of as many contacts as one may select: the list, and the website. */
export function bulkQuestions(world: World, site: Site): Question[] {
  const count = Math.min(setLimit, Math.floor(world.contacts / 2)).toLocaleString("en-GB");
  const group = "bulk";
  return [
    { group, name: `/contacts while a bulk of ${count} runs`, ask: () => listBesideBulk(world, site) },
    { group, name: `website's INSERT while a bulk of ${count} runs`, ask: () => insertsBesideBulk(world, site) },
  ];
}

async function listBesideBulk(world: World, site: Site): Promise<Answer> {
  const page = { url: `${site.base}/contacts`, cookie: site.cookie, marker: site.newest };
  const load = async () => (await loadPage(page, 1, world.seconds)).first;
  return besideBulk(world, site, load);
}

async function insertsBesideBulk(world: World, site: Site): Promise<Answer> {
  const rows = await listSubmissions(world.client, 1_000);
  return besideBulk(world, site, () => insertFor(world, rows));
}

/** The website's INSERT, each a transaction of its own, for so many seconds; what it brought is removed. */
async function insertFor({ url, seconds }: World, rows: Submission[]): Promise<Timing> {
  const website = new pg.Client({ connectionString: url });
  await website.connect();
  const ids: string[] = [];
  const remove = async (client: pg.Client) => {
    await client.query("delete from contact_submissions where id = any($1)", [ids]);
    await writeWithoutTriggers(client, "contact_history", () =>
      client.query("delete from contact_history where contact_id = any($1)", [ids]),
    );
  };
  try {
    return await withUndo(url, remove, async () => {
      const measured: number[] = [];
      for (const started = performance.now(); performance.now() - started < seconds * 1_000 && !isEnding(); ) {
        const row = rows[ids.length % rows.length];
        if (!row) break;
        const id = makeContactId();
        ids.push(id);
        measured.push(await clock(() => submitOne(website, id, row)));
        // As busy as no contact form is: fifty a second.
        await pause(20);
      }
      return toTiming(measured);
    });
  } finally {
    await website.end();
  }
}

/** The same measurement alone, and while the desk changes what is selected. */
async function besideBulk(world: World, { staffId }: Site, measure: () => Promise<Timing>): Promise<Answer> {
  const { client, url } = world;
  const batch = randomUUID();
  const ideal = await measure();
  return withUndo(
    url,
    (own) => takeBack(own, batch),
    async () => {
      await begin(client, batch, staffId, Math.min(setLimit, Math.floor(world.contacts / 2)));
      const started = await waitFor(client, batch, ({ done }) => done > 0);
      const at = performance.now();
      const ours = await measure();
      const { done, finished } = await read(client, batch);
      const rate = Math.round(((done - started.done) / (performance.now() - at)) * 1_000);
      const note = `the bulk made ${rate.toLocaleString("en-GB")} a second${finished ? ", and ended before" : ""}; ideal: the same without it`;
      return { ours, ideal, unit: "ms", bar: "no harm: 2 x p95", met: ours.p95 <= 2 * ideal.p95, note };
    },
  );
}

type Progress = { done: number; finished: boolean };

async function read(client: pg.Client, batch: string): Promise<Progress> {
  const { rows } = await client.query<Progress>(
    "select done, finished_at is not null as finished from change_batches where id = $1",
    [batch],
  );
  return rows[0] ?? { done: 0, finished: true };
}

async function waitFor(client: pg.Client, batch: string, reached: (progress: Progress) => boolean): Promise<Progress> {
  for (let times = 0; times < 600; times++) {
    const progress = await read(client, batch);
    if (reached(progress) || isEnding()) return progress;
    await pause(100);
  }
  throw new Error("The bulk did not come on within a minute.");
}

/** The newest contacts as a frozen set, and a batch that sets their status; the application's own runner finds it. */
async function begin(client: pg.Client, batch: string, staffId: string, count: number): Promise<void> {
  await client.query(
    `with chosen as materialized (
       select id, version from contact_submissions
       where status is distinct from 'in_review'
       order by "timestamp" desc, id desc
       limit $3
     ), stored as (
       insert into frozen_sets (id, staff_id, total) select $1::uuid, $2::uuid, count(*) from chosen
     ), contacts as (
       insert into frozen_contacts (set_id, position, contact_id, version)
       select $1::uuid, row_number() over (order by id), id, version from chosen
     )
     insert into change_batches (id, staff_id, kind, request, total)
     select $1::uuid, $2::uuid, 'status', jsonb_build_object('set', $1::uuid, 'change', '{"status": "in_review"}'::jsonb), count(*)
     from chosen`,
    [batch, staffId, count],
  );
  // Not before all of it is there: the runner looks for what has a set.
  await client.query("update change_batches set set_id = id where id = $1", [batch]);
}

/** Stops the bulk, and makes the database what it was, without a trace in the history. */
async function takeBack(client: pg.Client, batch: string): Promise<void> {
  await client.query("update change_batches set cancelled_at = now() where id = $1 and finished_at is null", [batch]);
  await waitFor(client, batch, ({ finished }) => finished);
  await writeWithoutTriggers(client, "contact_submissions", () =>
    client.query(
      `update contact_submissions c set status = h.status_from, version = h.version_to - 1
       from contact_history h where h.batch_id = $1 and h.contact_id = c.id`,
      [batch],
    ),
  );
  await writeWithoutTriggers(client, "contact_history", () =>
    client.query("delete from contact_history where batch_id = $1", [batch]),
  );
  await client.query("delete from change_batches where id = $1", [batch]);
  await client.query("delete from frozen_contacts where set_id = $1", [batch]);
  await client.query("delete from frozen_sets where id = $1", [batch]);
  // The next question is asked of a table without a hundred thousand dead rows.
  await client.query("vacuum analyze contact_submissions, contact_history, frozen_contacts");
}

async function writeWithoutTriggers(
  client: pg.Client,
  table: "contact_submissions" | "contact_history",
  work: () => Promise<unknown>,
): Promise<void> {
  await client.query("begin");
  await client.query(`alter table public.${table} disable trigger user`);
  await work();
  await client.query(`alter table public.${table} enable trigger user`);
  await client.query("commit");
}
