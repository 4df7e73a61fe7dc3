import { afterAll, beforeEach, expect, test } from "vitest";
import { listPersonActs } from "@/lib/people/queries";
import {
  changeRetention,
  listRetentionRules,
  previewRetention,
  runRetentionChunk,
  wakeRetention,
} from "@/lib/people/retention";
import { retentionSchema } from "@/lib/people/retention-input";
import { openWorld } from "../change/change-world";

const world = openWorld();
afterAll(() => world.close());

const rules = [
  { status: "closed", days: 365 },
  { status: "spam", days: 90 },
];

beforeEach(async () => {
  await world.query("truncate contact_submissions, documents, person_acts, forgotten_files");
  await world.query("update desk_settings set retention = null, retention_week = null, time_zone = 'Pacific/Auckland'");
  await world.query(
    `insert into contact_submissions (id, name, email, message, status, "timestamp")
     select status || '-' || age || '-' || n, 'N', 'n@x.example', '', status, now() - make_interval(days => age)
     from (values ('spam', 200, 700), ('spam', 30, 2), ('closed', 200, 2), ('closed', 500, 3), ('new', 900, 2)) v (status, age, amount),
       generate_series(1, amount) n`,
  );
});

const countLeft = async () => {
  const { rows } = await world.query(
    "select status, count(*)::int as n from contact_submissions group by 1 order by 1",
  );
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
};
const everything = { closed: 5, new: 2, spam: 702 };

/** As though the rules had been kept last week. */
const letMondayCome = () => world.query("update desk_settings set retention_week = retention_week - 7");

test("retention is off, and stays off where nobody set it", async () => {
  expect(await listRetentionRules()).toEqual([]);
  await wakeRetention();
  expect(await countLeft()).toEqual(everything);
});

test("the preview says how many on which Monday, and as many are removed then and not before", async () => {
  const preview = await previewRetention(rules);
  expect(preview).toMatchObject({
    total: 703,
    parts: [
      { status: "closed", days: 365, count: 3 },
      { status: "spam", days: 90, count: 700 },
    ],
  });
  expect(new Date(`${preview.nextRun}T00:00:00Z`).getUTCDay()).toBe(1);
  await changeRetention(rules);
  await wakeRetention();
  expect(await countLeft()).toEqual(everything);

  await letMondayCome();
  await wakeRetention();

  expect(await countLeft()).toEqual({ closed: 2, new: 2, spam: 2 });
  const acts = await listPersonActs();
  expect(acts.map(({ kind, staff }) => [kind, staff])).toEqual([
    ["retention", null],
    ["retention", null],
  ]);
  expect(acts.reduce((sum, { counts }) => sum + (counts.contacts ?? 0), 0)).toBe(703);
  // Once a week: what has become old enough since waits for the next Monday.
  await world.query(`update contact_submissions set "timestamp" = now() - interval '2 years'`);
  await wakeRetention();
  expect(await countLeft()).toEqual({ closed: 2, new: 2, spam: 2 });
});

test("of several servers one does it, and the others pass by", async () => {
  await changeRetention(rules);
  await letMondayCome();
  await world.hold("select from desk_settings for no key update", [], async () => {
    expect(await runRetentionChunk()).toBe(false);
  });
  expect(await countLeft()).toEqual(everything);
  await Promise.all(Array.from({ length: 4 }, runRetentionChunk));
  await wakeRetention();
  const acts = await listPersonActs();
  expect(acts.reduce((sum, { counts }) => sum + (counts.contacts ?? 0), 0)).toBe(703);
});

test("a contact that somebody has just rescued stays, and the others go all the same", async () => {
  await changeRetention(rules);
  await letMondayCome();
  let removal: Promise<void> | undefined;
  await world.hold(
    "update contact_submissions set status = 'new' where id = 'closed-500-1'",
    [],
    async () => {
      removal = wakeRetention();
      while ((await world.countWaiting()) === 0);
    },
    "commit",
  );
  await removal;
  expect(await countLeft()).toEqual({ closed: 2, new: 3, spam: 2 });
});

test("what is put off beyond that Monday stays, and what has no real time, and both are not counted", async () => {
  await world.query(
    `update contact_submissions set snoozed_until = now() + interval '20 days' where id = 'closed-500-1'`,
  );
  await world.query(
    `update contact_submissions set snoozed_until = now() - interval '20 days' where id = 'closed-500-2'`,
  );
  await world.query(`update contact_submissions set "timestamp" = '-infinity' where id = 'closed-500-3'`);
  expect(await previewRetention(rules)).toMatchObject({ parts: [{ status: "closed", count: 1 }, { status: "spam" }] });
  await changeRetention(rules);
  await letMondayCome();
  await wakeRetention();
  expect(await countLeft()).toEqual({ closed: 4, new: 2, spam: 2 });
});

test("rules that would remove too much are no rules", () => {
  expect(retentionSchema.safeParse([{ status: "new", days: 29 }]).success).toBe(false);
  expect(retentionSchema.safeParse([rules[0], rules[0]]).success).toBe(false);
  expect(retentionSchema.safeParse([{ status: "new", days: 1.5 }]).success).toBe(false);
});
