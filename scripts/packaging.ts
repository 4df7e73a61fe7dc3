import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { buildFolder } from "./building";
import { Stop } from "./stop";

/**
 * The folder of a package: what Next collected of the build and of node_modules, to which `packageApplication` adds the rest.
 * It runs wherever it is copied, by a Node alone.
 */
export const packageFolder = join(buildFolder, "standalone");

/** The programs of a package, each with its source. */
const programs = {
  server: "server.ts",
  migrate: "scripts/migrate.ts",
  staff: "scripts/staff.ts",
  backup: "scripts/backup.ts",
  restore: "scripts/restore.ts",
  "partition-events": "scripts/partition-events.ts",
  "uninstall-from-website": "scripts/uninstall-from-website.ts",
};

/** What Next leaves out of its bundles too (next.config.js), and so is in the package's node_modules. */
const collected = ["next", "pg", "pino", "@node-rs/argon2", "@aws-sdk/client-s3", "@aws-sdk/lib-storage"];

/** What would scale pictures, which are served as they are (next.config.js): a third of the folder. */
const unused = ["node_modules/sharp", "node_modules/@img"];

/** Makes the built application a folder that works by itself: programs, static files, migrations. */
export async function packageApplication(): Promise<void> {
  if (!existsSync(join(packageFolder, "node_modules", "next"))) {
    throw new Stop("The build holds no standalone output: run npm run build.");
  }
  for (const needless of ["server.js", ...unused])
    rmSync(join(packageFolder, needless), { recursive: true, force: true });
  for (const [from, to] of [
    [join(buildFolder, "static"), join(buildFolder, "static")],
    ["public", "public"],
    ["sql", "sql"],
  ] as const) {
    rmSync(join(packageFolder, to), { recursive: true, force: true });
    cpSync(from, join(packageFolder, to), { recursive: true });
  }
  await bundlePrograms();
  for (const name of Object.keys(programs)) writeFileSync(join(packageFolder, `${name}.mjs`), printStart(name));
  writeFileSync(join(packageFolder, "package.json"), printManifest());
}

/** Bundles the programs with all that is not collected, so that the package needs nothing beside itself. */
async function bundlePrograms(): Promise<void> {
  const folder = join(packageFolder, "programs");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  await build({
    entryPoints: Object.entries(programs).map(([out, source]) => ({ in: source, out })),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    external: [...collected, "pg-native"],
    alias: { "server-only": resolve("node_modules/server-only/empty.js") },
    conditions: ["react-server"],
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    // Older packages ask for modules of Node by require.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  });
}

/**
 * The file that is started. It works in its own folder, whoever starts it from where, and gives Next the configuration of the
 * build. A .env there is read by Node, which expands nothing; Next's own reader is kept from it.
 */
function printStart(program: string): string {
  return `import { existsSync, readFileSync } from "node:fs";

process.chdir(import.meta.dirname);
if (existsSync(".env")) process.loadEnvFile(".env");
const { config } = JSON.parse(readFileSync("${buildFolder}/required-server-files.json", "utf8"));
Object.assign(process.env, {
  NODE_ENV: "production",
  NEXT_DIST_DIR: "${buildFolder}",
  NEXT_TELEMETRY_DISABLED: "1",
  __NEXT_PROCESSED_ENV: "true",
  __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify(config),
});
await import("./programs/${program}.mjs");
`;
}

function printManifest(): string {
  const { name, version, engines } = JSON.parse(readFileSync("package.json", "utf8"));
  const scripts = {
    start: "exec node server.mjs",
    "db:migrate": "exec node migrate.mjs",
    staff: "exec node staff.mjs",
    backup: "exec node backup.mjs",
    restore: "exec node restore.mjs",
    "partition-events": "exec node partition-events.mjs",
    "uninstall-from-website": "exec node uninstall-from-website.mjs",
  };
  return `${JSON.stringify({ name, version, private: true, type: "module", engines, scripts }, null, 2)}\n`;
}
