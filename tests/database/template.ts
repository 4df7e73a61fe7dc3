import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";

/** Migrates the database that the tests' databases are cloned from, and lets the website in as installations do. */
export async function migrateTemplate(urls: { owner: string; app: string }): Promise<void> {
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  try {
    await client.query("create table schema_migration (name text primary key, sha256 text, applied_at timestamptz)");
    for (const name of readdirSync("sql")
      .filter((file) => file.endsWith(".sql"))
      .sort()) {
      await client.query(readFileSync(`sql/${name}`, "utf8"));
    }
    await client.query("grant select, insert, update, delete on all tables in schema public to desk_app");
    await client.query("revoke update, delete on contact_history from desk_app");
    await client.query("grant usage on all sequences in schema public to desk_app");
    await client.query(`
      grant select, insert, update on contact_submissions, documents, analytics_events, website_visitors to website;
      grant delete on contact_submissions to website`);
  } finally {
    await client.end();
  }
}
