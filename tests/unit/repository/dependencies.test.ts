import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const [, desk = "", tools = ""] = readFileSync("docs/dependencies.md", "utf8").split(/^## .*$/m);

function readTable(text: string): string[][] {
  return [...text.matchAll(/^\| `.*$/gm)].map(([line]) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test.each([
  ["the desk", desk, dependencies],
  ["tests and tools", tools, devDependencies],
])("every package of %s has a line that says what for and why, and every line a package", (_, text, packages) => {
  const rows = readTable(text);
  expect(rows.map(([name]) => name)).toEqual(Object.keys(packages).map((name) => `\`${name}\``));
  for (const row of rows) {
    expect(row).toHaveLength(4);
    for (const cell of row) expect(cell.length, row.join(" | ")).toBeGreaterThan(2);
  }
});

test("the licences are those of what is installed", () => {
  for (const [name = "", , licence] of readTable(desk + tools)) {
    const path = `node_modules/${name.replaceAll("`", "")}/package.json`;
    expect([name, JSON.parse(readFileSync(path, "utf8")).license]).toEqual([name, licence]);
  }
});

test("versions are exact, but for types, which nothing runs", () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    const exact = name.startsWith("@types/") ? /^\^?\d/ : /^(npm:[a-z-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
    expect([name, version]).toEqual([name, expect.stringMatching(exact)]);
  }
});
