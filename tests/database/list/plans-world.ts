import pg from "pg";
import { generateSample } from "@/prisma/sample/generate";

const generated = 40_000;
const copies = 5;

/** Fills this file's database with 200,000 contacts and more documents, so that the planner must choose. */
export async function fillForPlans(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  try {
    // Loads the rows without indexes and recreates those afterwards, which is five times as fast.
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
       where indrelid = any (array['contact_submissions', 'documents']::regclass[]) and not indisprimary`,
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await generateSample(client, { contacts: generated, until: new Date("2026-11-22T12:00:00Z"), views: 0 });
    await multiply(client);
    await client.query("set maintenance_work_mem = '128MB'");
    for (const { definition } of indexes) await client.query(definition);
    await client.query("analyze contact_submissions, documents");
  } finally {
    await client.end();
  }
  // Index-only scans need this. VACUUM cannot run in a transaction with anything else.
  const vacuum = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await vacuum.connect();
  await vacuum.query("vacuum contact_submissions, documents");
  await vacuum.end();
}

async function multiply(client: pg.Client): Promise<void> {
  await client.query(
    `insert into contact_submissions (id, name, email, company, service, budget, message, "timestamp", status, source,
       user_agent, page_url, document_insights, created_at)
     select id || '_' || copy, name, email, company, service, budget, message, "timestamp" - copy * interval '7 seconds',
       status, source, user_agent, page_url, document_insights, created_at
     from contact_submissions, generate_series(2, ${copies}) copy order by "timestamp"`,
  );
  await client.query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, processing_status)
     select contact_id || '_' || copy, filename, size, content_type, document_type, upload_timestamp, processing_status
     from documents, generate_series(2, ${copies}) copy`,
  );
}

/** A statement as the application sends it. */
export type Sent = { text: string; values: unknown[] };

/** The reading statements that `work` sends, also those that read and write at once; for a cursor, its query. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [first] = given;
    const text = isStatement(first) ? first.text.replace(/^\s*declare \w+ no scroll cursor for\b/, "") : "";
    if (isStatement(first) && /^\s*(?:select|with)\b/.test(text)) sent.push({ text, values: first.values });
    return Reflect.apply(query, this, given);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return sent;
}

function isStatement(given: unknown): given is Sent {
  return typeof given === "object" && given !== null && "text" in given && "values" in given;
}

export type Plan = { buffers: number; scanned: string[] };

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Loops"?: number;
  "Shared Hit Blocks"?: number;
  "Shared Read Blocks"?: number;
  Plans?: Node[];
};

/**
 * How a statement was executed: the blocks it touched, and the tables it scanned completely. A statement that writes is
 * only planned, so that it does not write twice; its tables are those that it may scan completely.
 */
export async function explain({ text, values }: Sent): Promise<Plan> {
  const writes = /\b(?:insert into|update|delete from)\s+\w+/.test(text.replace(/\bfor no key update\b/g, ""));
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query({
      text: `explain (${writes ? "" : "analyze, buffers, timing off, "}format json) ${text}`,
      values,
    });
    const root: Node = rows[0]["QUERY PLAN"][0].Plan;
    const buffers = (root["Shared Hit Blocks"] ?? 0) + (root["Shared Read Blocks"] ?? 0);
    return { buffers, scanned: listScanned(root, writes) };
  } finally {
    await client.end();
  }
}

/** Only the nodes that ran: a stage that was not needed has no loops. */
function listScanned(node: Node, planned: boolean): string[] {
  const carriedOut = planned || Boolean(node["Actual Loops"]);
  const own = node["Node Type"].endsWith("Seq Scan") && carriedOut ? [node["Relation Name"] ?? "?"] : [];
  return [...own, ...(node.Plans ?? []).flatMap((below) => listScanned(below, planned))];
}
