import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleStaff } from "@/lib/staff/sample-people";
import { findFreePort } from "@/scripts/command/processes";
import { createDatabase } from "@/tests/database/databases";
import { startMigratedServer } from "@/tests/database/server";

/**
 * Starts what the browser tests run against: a PostgreSQL of its own with the sample data, and the built application.
 * Passes these to the tests through the environment: BASE_URL, DATABASE_URL, DATABASE_DIRECT_URL, NEXTAUTH_SECRET,
 * DOCUMENTS_DIR, SAMPLE_PASSWORD, SAMPLE_SIGN_INS, METRICS_TOKEN.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const distDir = process.env.NEXT_DIST_DIR || ".next-test";
  if (!existsSync(join(distDir, "BUILD_ID"))) throw new Error(`Nothing is built in ${distDir}: run npm test.`);
  const { server, stop } = await startMigratedServer();
  const documents = mkdtempSync(join(tmpdir(), "contact-desk-documents-"));
  let application: ChildProcess | undefined;
  const close = async () => {
    if (application?.exitCode === null) {
      const exited = new Promise((resolve) => application?.once("exit", resolve));
      application.kill("SIGTERM");
      await exited;
    }
    rmSync(documents, { recursive: true, force: true });
    await stop();
  };
  try {
    const database = await createDatabase(server);
    const port = await findFreePort();
    Object.assign(process.env, {
      BASE_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: database.app,
      DATABASE_DIRECT_URL: database.owner,
      TEST_WEBSITE_URL: database.website,
      DOCUMENTS_DIR: documents,
      NEXTAUTH_URL: `http://127.0.0.1:${port}`,
      NEXTAUTH_SECRET: randomBytes(24).toString("hex"),
      SAMPLE_PASSWORD: randomBytes(12).toString("hex"),
      SAMPLE_SIGN_INS: sampleStaff.map(({ email }) => email).join(","),
      METRICS_TOKEN: randomBytes(12).toString("hex"),
      NEXT_DIST_DIR: distDir,
      NEXT_TELEMETRY_DISABLED: "1",
    });
    execFileSync(process.execPath, ["--import", "tsx", "--conditions=react-server", "tests/browser/fill-database.ts"]);
    application = await startApplication(port);
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Starts one process of the built application on the database of this process' environment. Resolves when it answers.
 */
export async function startApplication(port: number, env: Record<string, string> = {}): Promise<ChildProcess> {
  const program = join(process.env.NEXT_DIST_DIR ?? "", "desk-server.mjs");
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      WEB_CONCURRENCY: "1",
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (chunk) => String(chunk).includes("Ready") && resolve());
    child.once("exit", (code) => reject(new Error(`The application ended with code ${code}.`)));
  });
  return child;
}
