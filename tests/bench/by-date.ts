import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import pg from "pg";
import { findFreePort } from "@/scripts/command/processes";
import { initialiseCluster, startCluster, stopServer } from "@/scripts/database/postgres";
import { findServerUser, reachableFolder } from "@/scripts/database/server-programs";

/**
 * What contacts by month would cost: the same rows in one table and in 36 months, with the same four indexes. In months the id is not
 * unique. Prints the figures of docs/decisions/18. Run by `node --import tsx tests/bench/by-date.ts [ROWS]`.
 */
const rows = Number(process.argv[2] ?? 1_000_000);
const months = 36;
const rounds = 2_000;

const folder = join(reachableFolder, "by-date");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true, mode: 0o711 });
const password = randomBytes(18).toString("base64url");
const user = findServerUser();
const directory = join(folder, "postgres");
initialiseCluster({ directory, password, user });
const settings = { shared_buffers: "256MB", effective_cache_size: "1GB", max_wal_size: "4GB", timezone: "UTC" };
const cluster = await startCluster({ directory, port: await findFreePort(), user, settings });
try {
  await measure(`postgresql://postgres:${password}@127.0.0.1:${cluster.port}/postgres`);
} finally {
  await stopServer(cluster.pid);
  rmSync(folder, { recursive: true, force: true });
}

async function measure(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const columns = `id varchar(255) not null, name varchar(255) not null, email varchar(255) not null, message text not null,
    "timestamp" timestamptz not null, status varchar(50) default 'new', document_insights jsonb default '{}'`;
  await client.query(`create table one (${columns})`);
  await client.query(`create table many (${columns}) partition by range ("timestamp")`);
  await client.query(`do $$ begin
    for m in 0..${months} loop
      execute format('create table many_%s partition of many for values from (%L) to (%L)', m,
        '2024-01-01'::timestamptz + make_interval(months => m), '2024-01-01'::timestamptz + make_interval(months => m + 1));
    end loop; end $$`);
  for (const table of ["one", "many"]) {
    await client.query(
      `insert into ${table} select format('contact_%s_%s', 1704067200 + n * 94, substr(md5(n::text), 1, 8)), 'Visitor ' || n, 'v' || n % 400000 || '@example.com',
         repeat('A question about your services. ', 12), '2024-01-01'::timestamptz + n * interval '94 seconds' * ${1_000_000 / rows},
         (array['new', 'closed', 'spam', 'contacted'])[1 + n % 4], '{"total_documents": 2, "document_types": ["pdf"]}'
       from generate_series(1, ${rows}) n`,
    );
    await client.query(`create ${table === "one" ? "unique " : ""}index on ${table} (id)`);
    await client.query(`create index on ${table} ("timestamp" desc, id desc)`);
    await client.query(`create index on ${table} (status, "timestamp" desc, id desc)`);
    await client.query(`create index on ${table} (lower(email))`);
    await client.query(`vacuum analyze ${table}`);
  }
  const { rows: sample } = await client.query<{ id: string; at: string }>(
    `select id, "timestamp"::text as at from one tablesample system (1) limit ${rounds}`,
  );
  const page = (table: string, condition: string) =>
    `select id, name, status from ${table} where ${condition} order by "timestamp" desc, id desc limit 50`;
  const questions: [string, (table: string) => (at: number) => Promise<unknown>][] = [
    [
      "INSERT of now",
      (table) => (at) =>
        client.query(
          `insert into ${table} (id, name, email, message, "timestamp") values ($1, 'A', 'a@example.com', $2, '2026-12-20') returning id`,
          [`new_${table}_${at}_${Math.random()}`, "Hello ".repeat(60)],
        ),
    ],
    ["newest page", (table) => () => client.query(page(table, "true"))],
    [
      "page after a cursor",
      (table) => (at) =>
        client.query(page(table, `("timestamp", id) < ($1::timestamptz, $2)`), [
          sample[at % sample.length]?.at,
          sample[at % sample.length]?.id,
        ]),
    ],
    ["newest page of a status", (table) => () => client.query(page(table, "status = 'spam'"))],
    [
      "by id",
      (table) => (at) => client.query(`select * from ${table} where id = $1`, [sample[at % sample.length]?.id]),
    ],
    [
      "insights by id",
      (table) => (at) =>
        client.query(`update ${table} set document_insights = '{"total_documents": 3}' where id = $1`, [
          sample[at % sample.length]?.id,
        ]),
    ],
    [
      "by address",
      (table) => (at) =>
        client.query(`select id from ${table} where lower(email) = $1`, [`v${(at * 197) % 400_000}@example.com`]),
    ],
  ];
  for (const [name, question] of questions) {
    const figures: string[] = [];
    for (const table of ["one", "many", "one", "many"]) {
      const ask = question(table);
      for (let at = 0; at < 50; at++) await ask(at);
      const times: number[] = [];
      for (let at = 0; at < rounds; at++) {
        const started = performance.now();
        await ask(at);
        times.push(performance.now() - started);
      }
      times.sort((a, b) => a - b);
      figures.push(`${table} ${times[rounds / 2]?.toFixed(2)} (p95 ${times[Math.floor(rounds * 0.95)]?.toFixed(2)})`);
    }
    console.log(`${name}: ${figures.join(", ")} ms`);
  }
  await client.query("insert into many select * from many where id = (select id from one limit 1)");
  await client.query(
    `insert into many select id, name, email, message, "timestamp" + interval '40 days', status, document_insights from one order by "timestamp" limit 1`,
  );
  const { rows: doubled } = await client.query(
    "select count(*)::int as n from (select id from many group by id having count(*) > 1) d",
  );
  console.log(`ids that stand twice in months after the same two were sent again: ${doubled[0].n}`);
  await client.end();
}
