import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const readCode = (path: string) =>
  readFileSync(path, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");

test("what the form stores for 'not given' is known in one file of TypeScript and one of SQL", () => {
  const files = ["lib", "app", "components", "prisma", "scripts"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  expect(files.length).toBeGreaterThan(300);
  const known = files.filter((path) => /["'`]not specified["'`]/i.test(readCode(path)));
  expect(known.toSorted()).toEqual(["lib/database/not-given-sql.ts", "lib/database/not-given.ts"]);
});
