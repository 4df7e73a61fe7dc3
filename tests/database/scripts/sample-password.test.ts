import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { hashPassword, verifyPassword } from "@/lib/staff/password/password";
import { fillWithSample } from "@/scripts/database/sample";
import { provideSamplePassword } from "@/scripts/database/sample-password";
import { connect } from "../installation";

const former = "sample-desk-sign-in";
const people = ["ada@example.com", "milo@example.com", "tomo@example.com"];
const owner = { connectionString: process.env.DATABASE_DIRECT_URL ?? "" };
const folder = mkdtempSync(join(tmpdir(), "contact-desk-sample-password-"));
const file = join(folder, "sample-password");
const lines: string[] = [];

/** What npm start does for the sample, and prints at its end. */
const start = (dataFolder = folder) =>
  fillWithSample({ owner, documentsDir: join(folder, "documents"), dataFolder }, (line) => lines.push(line));

async function query(sql: string, values: unknown[] = []) {
  await using client = await connect(owner.connectionString);
  return (await client.query(sql, values)).rows;
}

async function setPassword(email: string, password: string): Promise<void> {
  await query("update staff set password_hash = $2 where email = $1", [email, await hashPassword(password)]);
}

const hashOf = async (email: string): Promise<string> =>
  (await query("select password_hash as hash from staff where email = $1", [email]))[0]?.hash;

let password: string;

beforeAll(async () => {
  const signIns = await start();
  password = readFileSync(file, "utf8").trim();
  expect(signIns.map(({ email }) => email)).toEqual(people);
});
afterEach(async () => {
  for (const email of people) await setPassword(email, password);
  writeFileSync(file, `${password}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("it is made for the installation, can be read aloud, and is closed to other users", () => {
  expect(password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const other = mkdtempSync(join(tmpdir(), "contact-desk-sample-password-"));
  expect(provideSamplePassword(other)).not.toBe(password);
  rmSync(other, { recursive: true });
});

test("each start says it, and fills nothing again", async () => {
  lines.length = 0;
  expect(await start()).toEqual(
    ["admin", "manager", "agent"].map((role, at) => ({ email: people[at], role, password })),
  );
  expect(lines).toEqual([]);
});

test("one that somebody has changed is not said, nor that of somebody who may not sign in", async () => {
  await setPassword("milo@example.com", "gravel under blue harbour");
  await query("update staff set disabled_at = now() where email = 'tomo@example.com'");
  expect((await start()).map(({ email }) => email)).toEqual(["ada@example.com"]);
  expect(await verifyPassword(await hashOf("milo@example.com"), "gravel under blue harbour")).toBe(true);
  await query("update staff set disabled_at = null where email = 'tomo@example.com'");
});

test("an installation with the password that everybody knew gets one of its own, and its sessions end", async () => {
  rmSync(file);
  await setPassword("ada@example.com", former);
  await setPassword("tomo@example.com", former);
  await setPassword("milo@example.com", "gravel under blue harbour");
  await query(
    `insert into staff_sessions (id, staff_id, expires_at)
     select gen_random_uuid(), id, now() + interval '1 day' from staff where email = any($1)`,
    [people],
  );
  const signIns = await start();
  const made = readFileSync(file, "utf8").trim();
  expect(signIns).toEqual([
    { email: "ada@example.com", role: "admin", password: made },
    { email: "tomo@example.com", role: "agent", password: made },
  ]);
  expect(made).not.toBe(password);
  for (const { email } of signIns) expect(await verifyPassword(await hashOf(email), made)).toBe(true);
  expect(await verifyPassword(await hashOf("milo@example.com"), "gravel under blue harbour")).toBe(true);
  const living = await query(
    "select p.email from staff_sessions s join staff p on p.id = s.staff_id where s.ended_at is null",
  );
  expect(living).toEqual([{ email: "milo@example.com" }]);
  expect(await start()).toEqual(signIns);
  await query("delete from staff_sessions");
});

test("a password that is lost is not invented anew, and a file that holds none is one sentence", async () => {
  rmSync(file);
  expect(await start()).toEqual([]);
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, "\n");
  await expect(start()).rejects.toMatchObject({ name: "Stop", message: expect.stringContaining("holds no password") });
});
