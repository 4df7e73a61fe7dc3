import pg from "pg";
import { migrate } from "@/lib/database/migrate/migrations";

/** Migrates the database that the tests' databases are cloned from, and lets the website in as installations do. */
export async function migrateTemplate(urls: { owner: string; app: string }): Promise<void> {
  await migrate({ owner: { connectionString: urls.owner }, application: { connectionString: urls.app } });
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  try {
    await client.query(
      "grant select, insert, update, delete on contact_submissions, documents, analytics_events, website_visitors to website",
    );
  } finally {
    await client.end();
  }
}
