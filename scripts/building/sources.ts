import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Files that do not affect a build: its own output, installed packages, and what only people or tests read. */
const ignored = new Set([
  "node_modules",
  "generated",
  "tests",
  "scripts",
  "sql",
  "docs",
  "deploy",
  "security",
  "next-env.d.ts",
  "test-results",
  "playwright-report",
  "playwright.config.ts",
  "vitest.config.ts",
  "biome.json",
  "pdfjs",
  "coverage",
  "tsconfig.tsbuildinfo",
]);

/** A hash of everything that a build is made from: sources, packages, and the version of Node. */
export function hashSources(): string {
  const hash = createHash("sha256").update(process.versions.node);
  addFolder(".", hash);
  return hash.digest("hex");
}

function addFolder(folder: string, hash: ReturnType<typeof createHash>): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (ignored.has(entry.name) || entry.name.startsWith(".") || entry.name.endsWith(".md")) continue;
    if (entry.isDirectory()) addFolder(path, hash);
    else if (entry.isFile()) hash.update(`\0${path}\0`).update(readFileSync(path));
  }
}
