import { randomBytes } from "node:crypto";
import pg from "pg";
import { forgetDatabase } from "./pgbouncer";
import type { TestServer } from "./server";

export type TestDatabase = {
  name: string;
  /** URLs by role: the application, the owner (migrations), the website, and the server's superuser. */
  app: string;
  owner: string;
  website: string;
  superuser: string;
  drop(): Promise<void>;
};

/** Creates a database on the tests' server: `desk` is migrated, `empty` holds nothing. Both belong to desk_owner. */
export async function createDatabase(server: TestServer, template: "desk" | "empty" = "desk"): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asSuperuser(server, `create database ${name} template template_${template} owner desk_owner strategy wal_log`);
  const url = (role: string, port = server.port) => `postgresql://${role}:${server.password}@127.0.0.1:${port}/${name}`;
  return {
    name,
    app: url("desk_app", server.poolerPort),
    owner: url("desk_owner"),
    website: url("website"),
    superuser: url("postgres"),
    drop: async () => {
      await forgetDatabase(server, name);
      await asSuperuser(server, untilClosed(name));
      await asSuperuser(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/**
 * Waits up to a second until the last connections to a database are closed. A pool reports its end while some are still
 * open, and an error on one of those would end the process, because nothing listens for it.
 */
function untilClosed(name: string): string {
  return `do $$ begin
    for look in 1..100 loop
      perform pg_stat_clear_snapshot();
      exit when not exists (select from pg_stat_activity where datname = '${name}');
      perform pg_sleep(0.01);
    end loop;
  end $$`;
}

/** Runs one statement as the server's superuser, outside any test's database. */
export async function asSuperuser({ port, password }: TestServer, sql: string): Promise<void> {
  const client = new pg.Client({ host: "127.0.0.1", port, user: "postgres", password, database: "postgres" });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
