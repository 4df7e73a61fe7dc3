import pg from "pg";
import { migrate } from "@/lib/database/migrate/migrations";

/** Migrates the template of the tests' databases, and grants the website's role the rights it has in installations. */
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
