import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../installation";

const clients: (pg.Client & AsyncDisposable)[] = [];
let owner: pg.Client & AsyncDisposable;

beforeAll(async () => {
  owner = await connect(process.env.DATABASE_DIRECT_URL ?? "");
  // The form that the counter must not have, for the same race.
  await owner.query(`
    create function update_then_insert() returns integer language plpgsql as $$
    declare new_count integer;
    begin
      update website_visitors set count = count + 1 where id = 'visitor_count' returning count into new_count;
      if not found then
        insert into website_visitors (id, count) values ('visitor_count', 1) on conflict (id) do nothing
        returning count into new_count;
      end if;
      return new_count;
    end $$`);
  const website = process.env.TEST_WEBSITE_URL ?? "";
  clients.push(...(await Promise.all(Array.from({ length: 100 }, () => connect(website)))));
});
afterAll(async () => {
  await Promise.all([owner, ...clients].map((client) => client.end()));
});

/** A hundred calls at once while the row is missing: 99 arrive before the first one's transaction has ended. */
async function countAtOnce(call: string): Promise<{ answers: unknown[]; stored: number }> {
  await owner.query("delete from website_visitors");
  const [first, ...others] = clients;
  const opening = await first?.query(`begin; ${call}`).then((results) => (results as unknown as pg.QueryResult[])[1]);
  const rest = others.map((client) => client.query(call));
  for (let waiting = 0; waiting < others.length; ) {
    const { rows } = await owner.query(
      "select count(*)::int as n from pg_locks l where not l.granted and l.locktype in ('transactionid', 'tuple') and exists (select from pg_stat_activity a where a.pid = l.pid and a.datname = current_database())",
    );
    waiting = rows[0].n;
  }
  await first?.query("commit");
  const answers = [opening, ...(await Promise.all(rest))].map((result) => result?.rows[0].n);
  const { rows } = await owner.query("select count from website_visitors where id = 'visitor_count'");
  return { answers: answers.sort((a, b) => a - b), stored: rows[0].count };
}

const oneToHundred = Array.from({ length: 100 }, (_, index) => index + 1);

test("a hundred first visitors at once are a hundred, which update-then-insert does not count", async () => {
  expect(await countAtOnce("select increment_visitor_count() as n")).toEqual({ answers: oneToHundred, stored: 100 });

  const naive = await countAtOnce("select update_then_insert() as n");
  expect(naive.stored).toBeLessThan(100);
  expect(naive.answers).toContain(null);
});

test("a hundred visitors in a free race are counted exactly, from the first on", async () => {
  await owner.query("delete from website_visitors");
  const results = await Promise.all(clients.map((client) => client.query("select increment_visitor_count() as n")));
  expect(results.map(({ rows }) => rows[0].n).sort((a, b) => a - b)).toEqual(oneToHundred);
  expect((await owner.query("select id, count from website_visitors")).rows).toEqual([
    { id: "visitor_count", count: 100 },
  ]);
});
