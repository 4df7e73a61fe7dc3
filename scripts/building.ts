import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { readSetting } from "@/lib/settings/settings";
import { runNode } from "./node";
import { hashSources } from "./sources";
import { Stop } from "./stop";

/** The program of Next that builds, started without npx, which would not hand signals on. */
export const nextProgram = "node_modules/next/dist/bin/next";

/**
 * What every program of Next's is told: no telemetry, and that .env has been read. It has, by us; its own reader would
 * expand a $ in passwords, of variables set already too. (The name is @next/env's own mark that it has run.)
 */
export const nextEnvironment = { NEXT_TELEMETRY_DISABLED: "1", __NEXT_PROCESSED_ENV: "true" };

/** The folder of the build: its own for the tests. */
export const buildFolder = readSetting("NEXT_DIST_DIR");

/** Builds the application unless the build at hand was made from these very sources. */
export async function buildApplication(say: (line: string) => void, always = false): Promise<void> {
  const stamp = join(buildFolder, "sources");
  const wanted = hashSources();
  const built =
    existsSync(join(buildFolder, "BUILD_ID")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (built && !always) return;
  say("Building the application: one to three minutes, the first time and after an update…");
  rmSync(stamp, { force: true });
  const code = await runNode([nextProgram, "build"], { env: { ...nextEnvironment, NODE_ENV: "production" } });
  if (code !== 0) throw new Stop("The application could not be built: the reason stands above.");
  await bundleServer();
  writeFileSync(stamp, wanted);
}

/** The program that serves what is in the build folder. */
export const serverProgram = join(buildFolder, "desk-server.mjs");

/** Makes one file of server.ts and what it needs of lib/. Packages stay where they are. */
export async function bundleServer(): Promise<void> {
  await build({
    entryPoints: ["server.ts"],
    outfile: serverProgram,
    bundle: true,
    packages: "external",
    // The package server-only, which guards lib/, resolves to its empty half.
    alias: { "server-only": resolve("node_modules/server-only/empty.js") },
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
}
