import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { Stop } from "../command/stop";
import { buildFolder } from "./building";

/**
 * The folder of a package: Next's standalone output, to which `packageApplication` adds the rest. It can be copied
 * anywhere and needs only Node.
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

/** Packages that Next does not bundle either (next.config.js), so the package's node_modules has them. */
const collected = ["next", "pg", "pino", "@node-rs/argon2", "@aws-sdk/client-s3", "@aws-sdk/lib-storage"];

/**
 * Picture scaling, a third of the folder. It is not needed, because pictures are served as they are (next.config.js).
 */
const unused = ["node_modules/sharp", "node_modules/@img"];

/** Completes the standalone folder with programs, static files and migrations. */
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

/**
 * Bundles the programs with everything that is not in the package's node_modules, so that the package needs nothing
 * else.
 */
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
    // Older packages load Node's modules with require.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  });
}

/**
 * The start file of a program. It changes into its own folder, wherever it is started, and gives Next the configuration
 * of the build. Node reads the .env there, because it does not expand a $; Next's own reader is switched off.
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
