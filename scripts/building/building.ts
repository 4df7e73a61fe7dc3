import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { readSetting } from "@/lib/settings/settings";
import { runNode } from "../command/node";
import { Stop } from "../command/stop";
import { hashSources } from "./sources";

/** Next's own program. It is started without npx, because npx does not pass on signals. */
export const nextProgram = "node_modules/next/dist/bin/next";

/**
 * Environment of every Next program: no telemetry, and a mark that .env has been read. We read it, because Next's
 * reader would expand a $ in passwords, even of variables that are already set. (`__NEXT_PROCESSED_ENV` is the mark of
 * @next/env itself.)
 */
export const nextEnvironment = { NEXT_TELEMETRY_DISABLED: "1", __NEXT_PROCESSED_ENV: "true" };

/** The build folder. The tests have their own. */
export const buildFolder = readSetting("NEXT_DIST_DIR");

/** Builds the application unless the existing build was made from exactly these sources. */
export async function buildApplication(say: (line: string) => void, always = false): Promise<void> {
  const stamp = join(buildFolder, "sources");
  const wanted = hashSources();
  const built =
    existsSync(join(buildFolder, "BUILD_ID")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (built && !always) return;
  say("Building the application: one to three minutes, the first time and after an update…");
  rmSync(stamp, { force: true });
  const code = await runNode([nextProgram, "build"], { env: { ...nextEnvironment, NODE_ENV: "production" } });
  if (code !== 0) throw new Stop("The application could not be built: see the reason above.");
  await bundleServer();
  writeFileSync(stamp, wanted);
}

/** The program that serves the build folder. */
export const serverProgram = join(buildFolder, "desk-server.mjs");

/** Bundles server.ts with the modules of lib/ that it needs into one file. Packages stay external. */
export async function bundleServer(): Promise<void> {
  await build({
    entryPoints: ["server.ts"],
    outfile: serverProgram,
    bundle: true,
    packages: "external",
    // Replaces the package server-only, which guards lib/, by its empty variant.
    alias: { "server-only": resolve("node_modules/server-only/empty.js") },
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
}
