import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

// Every way into the desk authorises in its first line. What may do otherwise is named here, with the reason.
const openPages: Record<string, string> = {
  "app/sign-in/page.tsx": "where one signs in",
};
const openHandlers: Record<string, string> = {
  "app/api/auth/[...nextauth]/route.ts": "where one signs in",
  "app/api/health/route.ts": "asked by whoever watches the server",
  "app/api/health/ready/route.ts": "asked by whoever watches the server",
  "app/api/no-file/route.ts": "says only that a file is not there",
};
/** Closed by a token and not by a session: a program asks. */
const byToken = ["app/api/metrics/route.ts"];
/** Open to whoever must still change a first password. */
const forNewcomers = [
  "app/(desk)/account/page.tsx",
  "setOwnPassword",
  "startSecondFactor",
  "confirmSecondFactor",
  "signOut",
  "signOutEverywhere",
];

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const sources = ["app", "components", "lib"]
  .flatMap(listFiles)
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

/** The first statement of each exported function: its name, and the line. */
function firstStatements(text: string): [name: string, statement: string][] {
  const pattern = /^export (?:default )?async function (\w+)[\s\S]*?\{\n\s*([^\n]+)/gm;
  return [...text.matchAll(pattern)].map(([, name = "", statement = ""]) => [name, statement]);
}

const byRole = /^(?:const (?:\w+|\{[^}]*\}) = )?await requireStaff\((?:"\w+")?\);$/;
const bySession = /^(?:const \w+ = )?await requireSession\(\);$/;

describe("every page", () => {
  const pages = sources.filter(({ path }) => path.endsWith("/page.tsx") && !(path in openPages));
  test.each(pages)("$path requires staff in its first line", ({ path, text }) => {
    const page = text.match(/^export default async function \w+[\s\S]*?\{\n\s*([^\n]+)/m)?.[1];
    expect(page).toMatch(forNewcomers.includes(path) ? bySession : byRole);
  });
});

describe("every server action", () => {
  const files = sources.filter(({ text }) => /^\s*["']use server["']/m.test(text));

  test.each(files)("$path says so in its first line and exports nothing else", ({ text }) => {
    expect(text.startsWith('"use server";\n')).toBe(true);
    expect(text).not.toMatch(/^export (?!async function |type )/m);
  });

  test.each(
    files.flatMap(({ path, text }) => firstStatements(text).map(([name, statement]) => ({ path, name, statement }))),
  )("$name in $path requires staff in its first line", ({ name, statement }) =>
    expect(statement).toMatch(forNewcomers.includes(name) ? bySession : byRole),
  );
});

describe("every handler", () => {
  const handlers = sources.filter(({ path }) => path.endsWith("/route.ts") && !(path in openHandlers));
  test.each(handlers)("$path asks who it is in its first line", ({ path, text }) => {
    const first = text.match(/^export async function GET\([^\n]*\{\n\s*(?:try \{\n\s*)?([^\n]*)/m)?.[1];
    expect(first).toMatch(byToken.includes(path) ? /= refuseMetrics\(/ : /await getStaff\(\)/);
  });
});

test("what is named as open exists", () => {
  const paths = new Set(sources.map(({ path }) => path));
  for (const path of [...Object.keys(openPages), ...Object.keys(openHandlers)]) expect(paths).toContain(path);
});
