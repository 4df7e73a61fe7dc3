import pg from "pg";
import { loadContact } from "@/lib/contact/queries";
import { getPool } from "@/lib/database/pool";
import { isEnding } from "@/scripts/command/command";
import { capture } from "./capture";
import type { Answer, Question } from "./line";
import { requireSame } from "./line";
import { clockOften, databaseTimesBeside, toTiming } from "./measure";
import { withUndo } from "./undo";
import type { World } from "./world";

/** One contact, the visitor counter, and what the pool saves. */
export function connectionQuestions(world: World): Question[] {
  return [
    { group: "contact", name: "one contact with all its page shows", ask: () => contact(world) },
    { group: "contact", name: "pool beside connect-per-query", ask: () => pooled(world) },
    ...[1, 8].map((clients) => ({
      group: "counter",
      name: `visitor counter, ${clients} ${clients === 1 ? "client" : "clients"}`,
      ask: () => counter(world, clients),
    })),
  ];
}

async function contact({ client, repeat }: World): Promise<Answer> {
  // One of many documents among the newest, so that there is something to load.
  const { rows } = await client.query<{ id: string }>(
    `select n.id from (select id from contact_submissions order by "timestamp" desc, id desc limit 1000) n
     join documents d on d.contact_id = n.id group by n.id order by count(*) desc, n.id limit 1`,
  );
  const id = rows[0]?.id ?? "";
  const { result, statements } = await capture(() => loadContact(id));
  const bare = [
    { text: "select * from contact_submissions where id = $1", values: [id] },
    { text: "select * from documents where contact_id = $1 order by upload_timestamp, id", values: [id] },
  ];
  const documents = await client.query<{ id: string }>(bare[1]?.text ?? "", [id]);
  requireSame(
    result?.contact.documents.map((document) => document.id),
    documents.rows.map((document) => document.id),
  );
  const { ours, ideal } = await databaseTimesBeside(client, statements, bare, repeat);
  const note = "ideal: the row and its documents; ours also history and other submissions";
  return { ours, ideal, unit: "ms", bar: "1.5 x ideal + 2 ms", met: ours.p50 <= 1.5 * ideal.p50 + 2, note };
}

async function pooled({ url, repeat }: World): Promise<Answer> {
  const times = Math.max(20, repeat);
  const ours = await clockOften(times, () => getPool().query("select 1"));
  const ideal = await clockOften(times, async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("select 1");
    await client.end();
  });
  return { ours, ideal, unit: "ms", bar: "no bar", met: null, note: "beside it: a connection for each query" };
}

/** Counts a second, committed, by so many clients at once; the counter is put back afterwards. */
async function counter({ client, url, seconds }: World, clients: number): Promise<Answer> {
  const stored = async () => {
    const sql = "select count from website_visitors where id = 'visitor_count'";
    return (await client.query<{ count: number }>(sql)).rows[0]?.count;
  };
  const before = await stored();
  const putBack = async (own: pg.Client) => {
    if (before === undefined) await own.query("delete from website_visitors where id = 'visitor_count'");
    else await own.query("update website_visitors set count = $1 where id = 'visitor_count'", [before]);
  };
  const statements = {
    ours: "select increment_visitor_count()",
    ideal: "update website_visitors set count = count + 1, last_updated = now() where id = 'visitor_count'",
  };
  const rates: Record<keyof typeof statements, number[]> = { ours: [], ideal: [] };
  return withUndo(url, putBack, async () => {
    // So that both find the row there.
    await client.query(statements.ours);
    let counted = (before ?? 0) + 1;
    for (let round = 0; round < 3; round++) {
      for (const of of ["ours", "ideal"] as const) {
        const done = await hammer(url, statements[of], clients, (seconds * 1_000) / 3);
        counted += done.count;
        rates[of].push(done.count / done.seconds);
      }
    }
    requireSame(await stored(), counted);
    const [ours, ideal] = [toTiming(rates.ours), toTiming(rates.ideal)];
    const met = ours.p50 >= 0.8 * ideal.p50;
    return { ours, ideal, unit: "/s", bar: "80 % of a bare UPDATE", met, note: "exact; more is better" };
  });
}

async function hammer(url: string, statement: string, clients: number, milliseconds: number) {
  const connections = Array.from({ length: clients }, () => new pg.Client({ connectionString: url }));
  await Promise.all(connections.map((connection) => connection.connect()));
  const started = performance.now();
  let count = 0;
  try {
    await Promise.all(
      connections.map(async (connection) => {
        for (; performance.now() - started < milliseconds && !isEnding(); count++) await connection.query(statement);
      }),
    );
    return { count, seconds: (performance.now() - started) / 1_000 };
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}
