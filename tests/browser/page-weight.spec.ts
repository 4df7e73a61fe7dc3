import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "./test";

const distDir = process.env.NEXT_DIST_DIR || ".next-test";

/**
 * Gzipped bytes of JavaScript that may load before the inbox can be used. The aim is 190 kB; it must not grow. It was
 * 219 kB before words were folded, days could be relative and look-alikes were told apart.
 */
const bar = 230_000;

type Route = { route: string; firstLoadChunkPaths: string[] };

/** The files that a route loads first according to the build, with their gzipped bytes. */
function weigh(route: string) {
  const routes: Route[] = JSON.parse(readFileSync(join(distDir, "diagnostics", "route-bundle-stats.json"), "utf8"));
  const paths = routes.find((one) => one.route === route)?.firstLoadChunkPaths ?? [];
  return paths.map((path) => {
    const name = basename(path);
    return { name, bytes: gzipSync(readFileSync(join(distDir, "static", "chunks", name))).length };
  });
}

test("the inbox's first JavaScript stays within its bar", () => {
  const files = weigh("/contacts").sort((one, other) => other.bytes - one.bytes);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const list = files.map(({ name, bytes }) => `${name} ${bytes}`).join(", ");
  console.log(`The inbox loads ${(total / 1000).toFixed(1)} kB of JavaScript at first, gzipped: ${list}`);
  expect(files.length).toBeGreaterThan(5);
  expect(total).toBeLessThanOrEqual(bar);
});
