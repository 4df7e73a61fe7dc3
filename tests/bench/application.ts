import type { ChildProcess } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type pg from "pg";
import { printToken, sessionCookieName } from "@/lib/staff/session/token";
import { buildApplication, buildFolder, nextEnvironment, serverProgram } from "@/scripts/building/building";
import { startNode, waitFor } from "@/scripts/command/node";
import { findFreePort } from "@/scripts/command/processes";
import { Stop } from "@/scripts/command/stop";

export type Application = { base: string; pid: number; stop: () => Promise<void> };

const preload = ["--import", resolve("scripts/command/leave-with-parent.mjs")];

/** Makes the production build, unless the one at hand is to do. */
export async function prepareBuild(buildAtHand: boolean, say: (line: string) => void): Promise<void> {
  if (!buildAtHand) await buildApplication(say);
  else if (!existsSync(join(buildFolder, "BUILD_ID"))) throw new Stop(`There is no build in ${buildFolder}.`);
}

/**
 * The production build serving the database of this process. By one process, unless told otherwise: what is compared with it is
 * one process too.
 */
export async function startApplication({
  processes = Number(process.env.WEB_CONCURRENCY) || 1,
} = {}): Promise<Application> {
  const port = await findFreePort();
  const base = `http://127.0.0.1:${port}`;
  process.env.NEXTAUTH_SECRET ||= randomBytes(24).toString("hex");
  process.env.NEXTAUTH_URL = base;
  const where = {
    HOST: "127.0.0.1",
    PORT: String(port),
    NEXT_DIST_DIR: buildFolder,
    WEB_CONCURRENCY: String(processes),
  };
  return {
    base,
    ...(await startServer([...preload, serverProgram], { ...nextEnvironment, ...where, NODE_ENV: "production" })),
  };
}

/** The bare page of tests/bench/bare-page.ts on the same database. */
export async function startBarePage(url: string): Promise<Application> {
  const port = await findFreePort();
  const args = [...preload, "--import", "tsx", "tests/bench/bare-page.ts", url, String(port)];
  return { base: `http://127.0.0.1:${port}`, ...(await startServer(args, { NODE_ENV: "production" })) };
}

async function startServer(args: string[], env: Record<string, string>): Promise<Omit<Application, "base">> {
  // What it logs under load is no part of the table.
  const server = startNode(args, { env, stdout: "pipe", stderr: "pipe" });
  server.stderr?.resume();
  await saysReady(server);
  const stop = async () => {
    server.kill("SIGTERM");
    await waitFor(server);
  };
  return { pid: server.pid ?? 0, stop };
}

function saysReady(server: ChildProcess): Promise<void> {
  return new Promise((ready, reject) => {
    server.stdout?.on("data", (chunk: Buffer) => String(chunk).includes("Ready") && ready());
    server.once("exit", (code) => reject(new Error(`A server of the bench ended with code ${code}.`)));
  });
}

/** Opens a session for the bench's own person and gives its cookie. */
export async function signIn(client: pg.Client, staffId: string): Promise<string> {
  const session = randomUUID();
  const sql = "insert into staff_sessions (id, staff_id, expires_at) values ($1, $2, now() + interval '1 day')";
  await client.query(sql, [session, staffId]);
  return `${sessionCookieName(false)}=${await printToken({ sessionId: session, staffId })}`;
}
