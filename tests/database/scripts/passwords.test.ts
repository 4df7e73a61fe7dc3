import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { readDatabaseSettings } from "@/lib/database/settings";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { nextEnvironment } from "@/scripts/building/building";
import { requireDatabase } from "@/scripts/database/reach";
import { asSuperuser } from "../databases";

const server = inject("server");
const folder = mkdtempSync(join(tmpdir(), "contact-desk-passwords-"));
const database = new URL(process.env.DATABASE_URL ?? "").pathname.slice(1);

// Each with the quoting that it needs in .env: single quotes, or backticks if it contains a single quote.
const passwords: { password: string; quoted?: string }[] = [
  { password: "#Sample2k77!", quoted: "'#Sample2k77!'" },
  { password: `p#a$s!w@o/r:d%25 "'`, quoted: `\`p#a$s!w@o/r:d%25 "'\`` },
  { password: `all '"\` three` },
];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Connects with the settings, over TCP and scram-sha-256, and returns the role there. */
async function whoAmI(env: Record<string, string | undefined>): Promise<string> {
  const client = new pg.Client(readDatabaseSettings(env).app);
  await client.connect();
  const { rows } = await client.query("select current_user as name");
  await client.end();
  return rows[0].name;
}

describe.each(passwords)("the password $password", ({ password, quoted }) => {
  const role = `scram_${Buffer.from(password).toString("hex").slice(0, 12)}`;
  const parts = { DB_HOST: "127.0.0.1", DB_PORT: String(server.port), DB_NAME: database, DB_USER: role };

  beforeAll(() => asSuperuser(server, `create role ${role} login password ${pg.escapeLiteral(password)}`));
  afterAll(() => asSuperuser(server, `drop role ${role}`));

  test("is kept as scram-sha-256, and a wrong one is refused", async () => {
    await expect(whoAmI({ ...parts, DB_PASSWORD: `${password}x` })).rejects.toMatchObject({ code: "28P01" });
  });

  test("works as a part", async () => {
    expect(await whoAmI({ ...parts, DB_PASSWORD: password })).toBe(role);
  });

  test("works encoded in DATABASE_URL", async () => {
    const url = `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${database}`;
    expect(await whoAmI({ DATABASE_URL: url })).toBe(role);
  });

  test("works in DB_PASSWORD_FILE", async () => {
    const file = join(folder, role);
    writeFileSync(file, `${password}\n`, { mode: 0o600 });
    expect(await whoAmI({ ...parts, DB_PASSWORD_FILE: file })).toBe(role);
  });

  // All three kinds of quotes in one value: .env cannot hold that, and .env.example says so.
  if (!quoted) return;
  test("works quoted in .env", async () => {
    const file = join(folder, ".env");
    writeFileSync(file, `DB_PASSWORD=${quoted}\n`);
    const warnings: string[] = [];
    loadEnvironmentFile(file, (line) => warnings.push(line));
    const given = process.env.DB_PASSWORD;
    delete process.env.DB_PASSWORD;
    expect(await whoAmI({ ...parts, DB_PASSWORD: given })).toBe(role);
    expect(warnings).toEqual([]);
  });
});

describe("Next's own reader of .env", () => {
  const password = "p#a$s!w";

  /** The value of DB_PASSWORD in a Next process that has read the .env of its folder after our reader did. */
  function readByNext(environment: Record<string, string>): string {
    writeFileSync(join(folder, ".env"), `DB_PASSWORD='${password}'\n`);
    const read = `require(${JSON.stringify(resolve("node_modules/@next/env"))}).loadEnvConfig(process.cwd())`;
    return execFileSync(process.execPath, ["-e", `${read}; process.stdout.write(process.env.DB_PASSWORD)`], {
      cwd: folder,
      encoding: "utf8",
      env: { NODE_ENV: "production", DB_PASSWORD: password, ...environment },
    });
  }

  test("would expand a $ of what is set already, and is kept from it", () => {
    expect(readByNext({})).not.toBe(password);
    expect(readByNext(nextEnvironment)).toBe(password);
  });
});

describe("a database that cannot be had is one sentence without a value", () => {
  const url = (change: Partial<{ user: string; password: string; port: number; name: string }>) =>
    `postgresql://${change.user ?? "desk_app"}:${change.password ?? server.password}@127.0.0.1:${change.port ?? server.port}/${change.name ?? database}`;

  test.each([
    ["a wrong password", url({ password: "Sample77" }), /refused the user or the password in DATABASE_URL/],
    ["an unknown user", url({ user: "Sample77" }), /refused the user or the password in DATABASE_URL/],
    ["an unknown database", url({ name: "Sample77" }), /no database with the name in DATABASE_URL/],
    ["a port where nothing listens", url({ port: 1 }), /nothing is listening/],
    ["an unknown host", "postgresql://u:Sample77@sample77.invalid/x", /host name cannot be resolved/],
    ["TLS demanded of a server without it", `${url({})}?sslmode=verify-full`, /asks for TLS/],
  ])("%s", async (_what, connectionString, sentence) => {
    const error = await requireDatabase({ connectionString }, "DATABASE_URL").catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: "Stop", message: expect.stringMatching(sentence) });
    expect((error as Error).message).not.toMatch(/sample77|127\.0\.0\.1|desk_app/i);
  });
});
