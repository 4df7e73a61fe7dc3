import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect, test } from "vitest";
import { createWatcher } from "@/lib/live/watcher";
import { startCluster } from "@/scripts/database/postgres";
import { findServerUser } from "@/scripts/database/server-programs";
import { createDatabase } from "../databases";
import { endPool } from "../of-process";
import { startMigratedServer } from "../server";
import { website } from "../website-statements";
import { listen, soon } from "./live-world";

async function submit(url: string): Promise<string> {
  const id = `live_${randomUUID()}`;
  const site = new pg.Client({ connectionString: url });
  await site.connect();
  await website.submit(site, id);
  await site.end();
  return id;
}

async function openSession(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `with person as (
      insert into staff (email, name, role, password_hash) values ('ada@desk.example', 'Ada Keller', 'agent', 'x') returning id
    )
    insert into staff_sessions (id, staff_id, expires_at)
    select gen_random_uuid(), id, now() + interval '1 day' from person returning id`,
  );
  await client.end();
  return rows[0].id;
}

test("the database's restart is said and made good: nothing is missed, nothing told twice", async () => {
  const { server, cluster, stop } = await startMigratedServer();
  const before = process.env.DATABASE_URL;
  const watcher = createWatcher();
  let again: typeof cluster | undefined;
  try {
    const database = await createDatabase(server);
    await endPool();
    process.env.DATABASE_URL = database.app;
    const ear = listen(watcher, { list: "", sessionId: await openSession(database.superuser) });
    await soon(ear.names).toContain("ready");
    const first = await submit(database.website);
    await soon(ear.arrived).toEqual([first]);

    await cluster.stop();
    await soon(ear.names).toContain("trouble");
    again = await startCluster({ directory: cluster.directory, port: cluster.port, user: findServerUser() });
    const second = await submit(database.website);
    await soon(ear.arrived).toEqual([first, second]);
    expect(ear.closed()).toBe(false);
  } finally {
    watcher.stop();
    await endPool();
    process.env.DATABASE_URL = before;
    await again?.stop();
    await stop();
  }
});
