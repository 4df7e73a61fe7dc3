import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fileVariable, getSettingFacts, type SettingName, settingNames } from "@/lib/settings/schema";
import { checkSettings, listUnknown, listVariables, readSetting, SettingError } from "@/lib/settings/settings";

const read = (path: string) => readFileSync(path, "utf8");

/** A row of docs/operations.md as the schema wants it. */
function printRow(name: SettingName): string {
  const { means, without } = getSettingFacts(name);
  const names = [name, fileVariable(name)].filter((variable) => variable !== null).map((variable) => `\`${variable}\``);
  return `| ${names.join(" ")} | ${means} | ${without} |`.replaceAll("|  |", "| |");
}

function listNamed(text: string): string[] {
  return [...text.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = ""]) => name);
}

describe("documents name the settings that there are", () => {
  test("docs/operations.md has a row for each, in the schema's words and order", () => {
    const [, chapter = ""] = read("docs/operations.md").split(/^## Settings$/m);
    const rows = (chapter.split(/^## /m)[0] ?? "").split("\n").filter((line) => /^\| `/.test(line));
    expect(rows).toEqual(settingNames.map(printRow));
  });

  test("README's table names each once, and nothing else", () => {
    const [, chapter = ""] = read("README.md").split(/^### Settings$/m);
    const table = (chapter.split(/^#/m)[0] ?? "").split("\n").filter((line) => line.startsWith("| "));
    expect(listNamed(table.join("\n")).sort()).toEqual([...settingNames].sort());
  });

  test(".env.example shows each that an installation sets, and nothing else", () => {
    const shown = [...read(".env.example").matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm)].map(([, name = ""]) => name);
    const known = new Set(listVariables());
    expect(shown.filter((name) => !known.has(name))).toEqual([]);
    const wanted = settingNames.filter((name) => getSettingFacts(name).audience === "desk" && name !== "AUTH_SECRET");
    expect(wanted.filter((name) => !shown.includes(name))).toEqual([]);
  });
});

describe("the code reads settings through the schema", () => {
  const folders = ["app", "components", "lib", "scripts", "prisma"];
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(folder, path)),
  );

  test("and never from the environment itself", () => {
    const direct = [...sources, "server.ts", "proxy.ts", "instrumentation.ts"].flatMap((path) =>
      [...read(path).matchAll(/process\.env\.([A-Z0-9_]+)/g)].map(([, name]) => `${path} ${name}`),
    );
    const named = new Set(listVariables());
    expect(
      direct.filter((line) => named.has(line.split(" ")[1] ?? "") && !line.startsWith("scripts/check.ts ")),
    ).toEqual([]);
  });
});

describe("a value that cannot be used is answered with the variable's name alone", () => {
  const wrong: Partial<Record<SettingName, string>> = {
    NEXTAUTH_SECRET: "Secret77",
    AUTH_SECRET: "Secret77",
    METRICS_TOKEN: "Secret77",
    HOST: "Secret77:80",
  };
  const anything =
    /^(DB_(HOST|NAME|USER|PASSWORD)|S3_(REGION|ACCESS_KEY_ID|SECRET_ACCESS_KEY)|DOCUMENTS_DIR|BACKUP_(DIR|S3_BUCKET|S3_PREFIX|KEY_FILE)|OIDC_(CLIENT_ID|CLIENT_SECRET|NAME|ROLE_CLAIM)|NEXT_DIST_DIR|\w+_PATH)$/;

  test.each(settingNames.filter((name) => !anything.test(name)))("%s", (name) => {
    const env = { [name]: wrong[name] ?? "Secret77" };
    expect(() => checkSettings(env)).toThrow(SettingError);
    expect(() => checkSettings(env)).toThrow(new RegExp(`^${name} (?!.*Secret77).*\\.$`));
  });

  test("an empty one counts as not given", () => {
    for (const name of settingNames) expect(readSetting(name, { [name]: "" })).toEqual(readSetting(name, {}));
  });

  test("a name that looks like ours and is none is told", () => {
    expect(listUnknown({ DB_PASWORD: "x", S3_BUCKET: "x", PATH: "/bin", DB_PASSWORD_FILE: "/x" })).toEqual([
      "DB_PASWORD",
      "S3_BUCKET",
    ]);
  });
});

describe("TRUST_PROXY", () => {
  test.each([
    ["2", 2],
    ["0", 0],
    ["yes", 1],
    ["no", 0],
  ])("%s means %i", (given, proxies) => expect(readSetting("TRUST_PROXY", { TRUST_PROXY: given })).toBe(proxies));
});

describe("every secret comes by a file too", () => {
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-secrets-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const secrets = settingNames.filter((name) => fileVariable(name));
  const sampleOf = (name: SettingName) =>
    name.endsWith("_URL") ? `postgresql://u:${name}@host/data` : ` #$ ${name}, and long enough for any of them `;

  test("there are some", () => expect(secrets).toContain("S3_SECRET_ACCESS_KEY"));

  test.each(secrets)("%s: less the newline at its end, and nothing else", (name) => {
    const path = join(folder, name);
    writeFileSync(path, `${sampleOf(name)}\n`);
    expect(readSetting(name, { [`${name}_FILE`]: path })).toBe(sampleOf(name));
    rmSync(path);
    expect(readSetting(name, { [`${name}_FILE`]: path })).toBe(sampleOf(name));
  });

  test.each(secrets)("%s: not both, and not from a file that is not there", (name) => {
    const file = `${name}_FILE`;
    expect(() => readSetting(name, { [name]: "x", [file]: "/Secret77" })).toThrow(`Set ${name} or ${file}, not both.`);
    expect(() => readSetting(name, { [file]: "/nowhere/Secret77" })).toThrow(
      `${file} names a file that cannot be read.`,
    );
  });
});
