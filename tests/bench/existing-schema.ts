import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { splitStatements } from "@/lib/database/migrate/sql-statements";

/** Rows that the copy of the website's own schema holds: the newest. */
const copiedContacts = 20_000;

const schema = "bench_existing";
const columns = `id, name, email, company, service, budget, message, "timestamp", status, source, user_agent, page_url,
  document_processing_enabled, search_capabilities, document_insights, last_updated, created_at, updated_at`;

/**
 * Does the work beside contact_submissions as existing-database.sql has it, with its indexes and its trigger, holding the
 * newest contacts: what the website wrote to before there was a desk. All in one transaction that is rolled back.
 */
export async function withExistingSchema<R>(client: pg.Client, work: () => Promise<R>): Promise<R> {
  const file = join("tests", "database", "existing-database.sql");
  const statements = splitStatements(readFileSync(file, "utf8")).filter(({ text }) =>
    /^create (table contact_submissions|index idx_contact_|function update_updated_at|trigger update_contact_)/.test(
      text,
    ),
  );
  await client.query("begin");
  try {
    await client.query(`create schema ${schema}`);
    await client.query(`set local search_path = ${schema}`);
    for (const { text } of statements) await client.query(text);
    await client.query(
      `insert into contact_submissions (${columns})
       select ${columns} from public.contact_submissions order by "timestamp" desc, id desc limit ${copiedContacts}`,
    );
    await client.query("analyze contact_submissions");
    return await work();
  } finally {
    await client.query("rollback");
  }
}

/** Does the work within a transaction, or a part of one, and takes back what it wrote. */
export async function takenBack<R>(
  client: pg.Client,
  within: "transaction" | "part",
  work: () => Promise<R>,
): Promise<R> {
  await client.query(within === "part" ? "savepoint round" : "begin");
  try {
    return await work();
  } finally {
    await client.query(within === "part" ? "rollback to round" : "rollback");
  }
}
