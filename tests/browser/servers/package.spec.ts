import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Page } from "playwright/test";
import { findFreePort } from "@/scripts/command/processes";
import { createDatabase, type TestDatabase } from "@/tests/database/databases";
import { openInbox } from "../inbox-contacts";
import { expect, test } from "../test";
import { installPackage, openPort, type Package, type Running } from "./packaged";

// The package as an administrator installs it: in a folder of its own, as an ordinary user, on an empty database.
const password = "tangerine lamp quarry 9";
// The server itself, also where the tests go through PgBouncer: the package migrates.
const given = new URL(process.env.DATABASE_DIRECT_URL ?? "");
let installed: Package;
let database: TestDatabase;
let files: string;

test.beforeAll(async () => {
  const server = { port: Number(given.port), password: given.password, version: 18 };
  database = await createDatabase(server, "empty");
  installed = await installPackage();
  files = mkdtempSync(join(tmpdir(), "contact-desk-files-"));
  mkdirSync(join(files, "letters"));
  writeFileSync(join(files, "letters", "scope.txt"), "What we need to see first");
  writeFileSync(join(files, "secret"), "a secret of the package's test alone\n");
  chmodSync(files, 0o755);
});
test.afterAll(async () => {
  installed?.remove();
  rmSync(files, { recursive: true, force: true });
  await database?.drop();
});

/** The status and the text of an answer. */
async function ask(base: string, path: string): Promise<{ status: number; text: string; again: string | null }> {
  const answer = await fetch(base + path, { headers: { accept: "text/html" } });
  return { status: answer.status, text: await answer.text(), again: answer.headers.get("retry-after") };
}

async function finish({ ended, said }: Running): Promise<string> {
  expect(await ended, said()).toBe(0);
  return said();
}

test("a package waits for its database and its schema, and then works, by itself", async ({ page }) => {
  test.setTimeout(240_000);
  const [port, databasePort] = [await findFreePort(), await findFreePort()];
  const through = (url: string) => Object.assign(new URL(url), { port: String(databasePort) }).toString();
  const base = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    HOST: "127.0.0.1",
    // Each process waits for the database by itself, a line each.
    WEB_CONCURRENCY: "1",
    NEXTAUTH_URL: base,
    NEXTAUTH_SECRET_FILE: join(files, "secret"),
    DATABASE_URL: through(database.app),
    DOCUMENTS_DIR: files,
  };
  const owners = { ...env, DATABASE_DIRECT_URL: through(database.owner) };
  expect(existsSync(join(installed.folder, "node_modules", "playwright"))).toBe(false);

  const desk = installed.start("server.mjs", env);
  let close: (() => Promise<void>) | undefined;
  try {
    await expect.poll(desk.said, { timeout: 60_000 }).toContain("Ready on port");
    expect(await ask(base, "/api/health")).toMatchObject({ status: 200 });
    expect(askHealth(port)).toBe(0);
    expect(await ask(base, "/api/health/ready")).toMatchObject({
      status: 503,
      text: expect.stringMatching(/"database"/),
    });
    expect(await ask(base, "/contacts")).toMatchObject({ status: 503, again: "5" });
    const lines = () => [...desk.said().matchAll(/"event":"waiting_for_database","again":(\d+)/g)].map(([, s]) => s);
    await expect.poll(lines, { timeout: 60_000 }).toEqual(["1", "2", "4"]);
    expect(desk.said()).toContain("nothing is listening on that host and port");

    const migration = installed.start("migrate.mjs", owners, ["--wait"]);
    await expect.poll(migration.said).toContain("Trying again in 1 s.");
    close = await openPort(databasePort, Number(given.port));
    expect(await finish(migration)).toContain("The database is up to date: ");
    await expect.poll(() => ask(base, "/api/health/ready"), { timeout: 60_000 }).toMatchObject({ status: 200 });
    await expect.poll(() => ask(base, "/sign-in"), { timeout: 60_000 }).toMatchObject({ status: 200 });

    const add = installed.start("staff.mjs", env, ["add", "ada@desk.example", "--role", "admin"], `${password}\n`);
    expect(await finish(add)).toContain("Added Ada <ada@desk.example> as admin.");
    await workAt(page, base);
  } finally {
    desk.child.kill("SIGTERM");
    expect(await desk.ended, desk.said()).toBe(0);
    expect(askHealth(port)).toBe(1);
    await close?.();
  }
});

/** The exit code of the image's own health check, as the Dockerfile has it. */
function askHealth(port: number): number | null {
  const [, command = "[]"] =
    /HEALTHCHECK [^[]*CMD (\[.*\])/.exec(readFileSync("deploy/Dockerfile", "utf8").replaceAll("\\\n", " ")) ?? [];
  const [, ...args]: string[] = JSON.parse(command);
  return spawnSync(process.execPath, args, { env: { NODE_ENV: "production", PORT: String(port) } }).status;
}

async function workAt(page: Page, base: string): Promise<void> {
  const client = new pg.Client(database.owner);
  await client.connect();
  try {
    await client.query(
      `insert into contact_submissions (id, name, email, message, "timestamp")
       values ('contact_1', 'Mara Lind', 'mara@northlight.example', 'Hello there', now())`,
    );
    const { rows } = await client.query(
      `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, s3_bucket, s3_key)
       values ('contact_1', 'scope.txt', 25, 'text/plain', 'notes', now(), 'letters', 'scope.txt') returning id`,
    );
    await page.goto(`${base}/contacts`);
    await page.getByLabel("E-mail").fill("ada@desk.example");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("The password you were given").fill(password);
    await page.getByLabel("New password").fill("gravel under blue harbour");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page).toHaveURL(/\/contacts$/);

    await openInbox(page, `${base}/contacts`);
    await page.keyboard.press("j");
    await page.keyboard.press("5");
    await expect(page.getByRole("row", { name: /Mara Lind/ })).toContainText("Closed");
    const stored = () => client.query("select status from contact_submissions").then((found) => found.rows);
    await expect.poll(stored).toEqual([{ status: "closed" }]);

    const file = await page.request.get(`${base}/documents/${rows[0].id}`);
    expect([file.status(), await file.text()]).toEqual([200, "What we need to see first"]);
  } finally {
    // A page that is still open would prefetch its links from a server that has ended.
    await page.goto("about:blank");
    await client.end();
  }
}
