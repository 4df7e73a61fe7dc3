import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { listFirstFiles } from "./first-files";
import { expect, test } from "./test";

/** Gzipped bytes of JavaScript that may load before the inbox can be used; docs/decisions/25-late-parts.md. */
const bar = 190_000;

/** The files that a route loads first, with their gzipped bytes. */
function weigh(route: string) {
  const { folder, names } = listFirstFiles(route);
  return names.map((name) => ({ name, bytes: gzipSync(readFileSync(join(folder, name))).length }));
}

test("the inbox's first JavaScript stays within its bar", () => {
  const files = weigh("/contacts").sort((one, other) => other.bytes - one.bytes);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const list = files.map(({ name, bytes }) => `${name} ${bytes}`).join(", ");
  console.log(`The inbox loads ${(total / 1000).toFixed(1)} kB of JavaScript at first, gzipped: ${list}`);
  expect(files.length).toBeGreaterThan(5);
  expect(total).toBeLessThanOrEqual(bar);
});
