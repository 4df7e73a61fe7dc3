import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { readDatabaseSettings } from "@/lib/database/settings";
import { listCutValues, loadEnvironmentFile } from "@/lib/settings/environment-file";
import { SettingError } from "@/lib/settings/settings";

const folder = mkdtempSync(join(tmpdir(), "contact-desk-settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parts = { DB_HOST: "db.example", DB_NAME: "website", DB_USER: "desk" };

/** What pg makes of the settings, since that is what connects. */
function connection(env: Record<string, string>) {
  const { host, port, user, database, password } = new pg.Client(readDatabaseSettings(env).app);
  return { host, port, user, database, password };
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the parts of a connection", () => {
  test("reach the driver as they were given, whatever is in them", () => {
    const password = `p#a$s!w@o/r:d%25 "'\``;
    expect(connection({ ...parts, DB_PORT: "6432", DB_USER: "d e/s@k", DB_PASSWORD: password })).toEqual({
      host: "db.example",
      port: 6432,
      user: "d e/s@k",
      database: "website",
      password,
    });
  });

  test("may name an IPv6 address or the folder of a socket", () => {
    expect(connection({ ...parts, DB_HOST: "::1" }).host).toBe("::1");
    expect(connection({ ...parts, DB_HOST: "/var/run/postgresql" })).toMatchObject({
      host: "/var/run/postgresql",
      database: "website",
    });
  });

  test("give way to DATABASE_URL", () => {
    expect(connection({ ...parts, DATABASE_URL: "postgresql://u:p@other/data" }).host).toBe("other");
  });

  test("count as not given when they are empty", () => {
    expect(connection({ ...parts, DATABASE_URL: "", DB_PORT: "", DB_PASSWORD: "" }).port).toBe(5432);
  });
});

describe("a wrong setting is answered with its name and never its value", () => {
  test.each([
    ["DATABASE_URL", { DATABASE_URL: "mysql://desk:Secret77@host/data" }],
    ["DATABASE_URL", { DATABASE_URL: "postgresql://desk:#Secret77@host/data" }],
    ["DATABASE_URL", { DATABASE_URL: "postgresql://desk:7/Secret77@host/data" }],
    ["DATABASE_URL", { DATABASE_URL: "postgresql://desk:Secret77?x@host/data" }],
    ["DATABASE_URL", { DATABASE_URL: "postgresql://desk:Secret77@host:port/data" }],
    ["DATABASE_URL", { DATABASE_URL: "postgresql://desk:p@host/data?sslrootcert=/Secret77.pem" }],
    ["DATABASE_DIRECT_URL", { ...parts, DATABASE_DIRECT_URL: "Secret77" }],
    ["DATABASE_REPLICA_URL", { ...parts, DATABASE_REPLICA_URL: "postgresql://desk:#Secret77@host/data" }],
    ["DB_HOST", { ...parts, DB_HOST: "Secret77@host" }],
    ["DB_PORT", { ...parts, DB_PORT: "Secret77" }],
    ["DB_NAME", { ...parts, DB_NAME: "Secret77?" }],
    ["DB_USER", { ...parts, DB_USER: "", DB_PASSWORD: "Secret77" }],
    ["DB_POOL_MAX", { ...parts, DB_POOL_MAX: "-1" }],
    ["DB_PASSWORD_FILE", { ...parts, DB_PASSWORD_FILE: "/nowhere/Secret77" }],
    ["DB_PASSWORD_FILE", { ...parts, DB_PASSWORD_FILE: "/nowhere", DB_PASSWORD: "Secret77" }],
  ])("%s in %o", (name, env) => {
    const message = messageOf(() => readDatabaseSettings(env as Record<string, string>));
    expect(message).toContain(name);
    expect(message).not.toContain("Secret77");
  });
});

describe("DB_PASSWORD_FILE", () => {
  test("loses the newline at its end and nothing else", () => {
    const path = join(folder, "password");
    writeFileSync(path, " #Sample2k77!  \n");
    chmodSync(path, 0o600);
    expect(connection({ ...parts, DB_PASSWORD_FILE: path }).password).toBe(" #Sample2k77!  ");
  });
});

describe(".env", () => {
  function load(text: string): { warnings: string[]; read: (name: string) => string | undefined } {
    const path = join(folder, "env");
    writeFileSync(path, text);
    const warnings: string[] = [];
    loadEnvironmentFile(path, (line) => warnings.push(line));
    return {
      warnings,
      read: (name) => {
        const value = process.env[name];
        delete process.env[name];
        return value;
      },
    };
  }

  test.each([
    ["single quotes", `TEST_DB='#Sample2k77!'`, "#Sample2k77!"],
    ["single quotes keep a $ as it is", `TEST_DB='a$HOME!c'`, "a$HOME!c"],
    ["backticks, for a value with both kinds of quotes", `TEST_DB=\`p#a$s!w@o/r:d%25 "'\``, `p#a$s!w@o/r:d%25 "'`],
  ])("%s", (_what, line, value) => {
    const { warnings, read } = load(`${line}\n`);
    expect(read("TEST_DB")).toBe(value);
    expect(warnings).toEqual([]);
  });

  test("does not override what is set already", () => {
    process.env.TEST_SET = "from outside";
    expect(load("TEST_SET=from the file\n").read("TEST_SET")).toBe("from outside");
  });

  test("says which value looks cut short, without the value", () => {
    const { warnings, read } = load("TEST_A=#Sample2k77!\nTEST_B=a#b\nTEST_C='it's'\nTEST_D=whole # a comment\n");
    for (const name of ["TEST_A", "TEST_B", "TEST_C", "TEST_D"]) read(name);
    expect(warnings).toHaveLength(3);
    expect(warnings.join()).toMatch(/TEST_A.*TEST_B.*TEST_C/);
    expect(warnings.join()).not.toContain("Sample2k77");
  });

  test("takes comments, blank lines and whole quoted values for what they are", () => {
    expect(listCutValues(`# A=a#b\n\nexport B='a#b' # why\nC="x" \nD=plain\nE=\n`)).toEqual([]);
  });

  test("may be missing", () => {
    expect(() => loadEnvironmentFile(join(folder, "none"))).not.toThrow();
  });
});
