import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

const distDir = process.env.NEXT_DIST_DIR || ".next-test";

type Route = { route: string; firstLoadChunkPaths: string[] };

/** The JavaScript files that a route loads first according to the build, and the folder they are in. */
export function listFirstFiles(route: string): { folder: string; names: string[] } {
  const routes: Route[] = JSON.parse(readFileSync(join(distDir, "diagnostics", "route-bundle-stats.json"), "utf8"));
  const paths = routes.find((one) => one.route === route)?.firstLoadChunkPaths ?? [];
  return { folder: join(distDir, "static", "chunks"), names: paths.map((path) => basename(path)) };
}
