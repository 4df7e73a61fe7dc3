import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";

// What the documents name must be there: a command with its options, a file or folder, a heading that a link leads to.
const documents = ["README.md", "CONTRIBUTING.md", ...listFiles("docs").filter((path) => path.endsWith(".md"))];
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

const folders = [
  "app",
  "components",
  "deploy",
  "docs",
  "lib",
  "prisma",
  "public",
  "scripts",
  "security",
  "sql",
  "tests",
];
const files = [
  ...folders.flatMap(listFiles),
  ...readdirSync(".", { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? entry.name : [])),
];
const names = new Set(files.map((path) => basename(path)));
/** Made by a command, or by whoever follows the text. */
const made = /^(\.data|\.next|node_modules|generated|public\/pdfjs|deploy\/(secrets|\.env))(\/|$)/;

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const read = (path: string) => readFileSync(path, "utf8");

/** The code spans of a text, also those that a line's end goes through. */
function listSpans(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "");
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span.replaceAll(/\s+/g, " "));
}

/** The anchors of a document's headings, as GitHub makes them. */
function listAnchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Whether a span is a path of this repository, or the name of one of its files. */
function isPath(span: string): boolean {
  // NNNN and NAME stand for what the reader puts there.
  if (made.test(span) || /NNNN|NAME/.test(span)) return false;
  const [first = ""] = span.split("/");
  if (/^[\w@.()[\]*/-]+$/.test(span) && span.includes("/") && folders.includes(first)) return true;
  return /^[a-z][\w.-]*\.(ts|tsx|css|sql|md)$/.test(span);
}

function exists(path: string): boolean {
  if (path.includes("*")) {
    const pattern = new RegExp(`^${path.replaceAll(/[.()[\]]/g, "\\$&").replaceAll("*", "[^/]*")}$`);
    return files.some((file) => pattern.test(file));
  }
  return existsSync(path) || (!path.includes("/") && names.has(path));
}

test.each(documents)("%s names files and folders that exist", (document) => {
  const missing = listSpans(read(document)).filter((span) => isPath(span) && !exists(span));
  expect(missing).toEqual([]);
});

test("the folders that README's plan of the house names exist", () => {
  const [, plan = ""] = read("README.md").split(/^## Where things are$/m);
  const named = [...plan.matchAll(/^([\w./-]+) {2,}\S/gm)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test.each(documents)("%s links to files and headings that exist", (document) => {
  const text = read(document).replaceAll(/^```[\s\S]*?^```/gm, "");
  for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^https?:/.test(target)) continue;
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? document : join(dirname(document), path);
    expect(existsSync(file), `${target} in ${document}`).toBe(true);
    if (anchor) expect(listAnchors(read(file)), `${target} in ${document}`).toContain(anchor);
  }
});

/** The program behind a command of npm, as text. */
function readProgram(command: string): string {
  const name =
    /run\.mjs (\S+)/.exec(scripts[command] ?? "")?.[1] ?? (/test/.test(scripts[command] ?? "") ? "check" : "serve");
  return read(join("scripts", `${name}.ts`));
}

/** Whether a program knows an option: it parses one of that name, or looks for it among its arguments. */
function knowsOption(program: string, option: string): boolean {
  return new RegExp(`[\\s{,"]${option}"?: \\{|"--${option}"`).test(program);
}

test.each(documents)("%s names commands that exist, with options that they know", (document) => {
  const text = read(document).replaceAll(/\s+/g, " ");
  // An option may stand in a code span of its own after its command: `npm run backup`; `-- --check NAME`.
  const named = /npm (?:(start|test)|run (?:--silent )?([\w:-]+))\b|(?<= )--([a-z][\w-]*)|(`-- )|([`|#])/g;
  let command: string | null = null;
  let inside = false;
  for (const [, short, long, option, again, end] of text.matchAll(named)) {
    if (short || long) {
      command = short ?? long ?? "";
      expect(Object.keys(scripts), `npm run ${command} in ${document}`).toContain(command);
    }
    if (option && inside && command) {
      expect(knowsOption(readProgram(command), option), `npm run ${command} -- --${option} in ${document}`).toBe(true);
    }
    if (short || long || again) inside = true;
    if (end) inside = false;
  }
});

test.each(documents)("%s names programs that a package holds", (document) => {
  const packaging = read("scripts/building/packaging.ts");
  for (const [, program = "", args = ""] of read(document).matchAll(/node (?:\S*\/)?([\w-]+)\.mjs((?: [^`\n]*)?)`/g)) {
    expect(program === "server" || new RegExp(`\\b${program}"?: "`).test(packaging), `${program} in ${document}`).toBe(
      true,
    );
    for (const [, option = ""] of args.matchAll(/ --([a-z][\w-]*)/g)) {
      expect(knowsOption(read(`scripts/${program}.ts`), option), `${program} --${option} in ${document}`).toBe(true);
    }
  }
});

test("each decision is dated, says what was rejected, and is in the list", () => {
  const list = read("docs/decisions/README.md");
  for (const path of listFiles("docs/decisions").filter((each) => basename(each) !== "README.md")) {
    const text = read(path);
    expect(text, path).toMatch(/^# \d\d:? .+\n\n20\d\d-\d\d-\d\d/);
    expect(text, path).toMatch(/reject/i);
    expect(list, path).toContain(`(${basename(path)})`);
  }
});
