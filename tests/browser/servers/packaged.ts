import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageApplication, packageFolder } from "@/scripts/building/packaging";

/** An ordinary user if root runs the tests, otherwise the user who runs them. It owns nothing of the package. */
export const ordinaryUser = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A package as an administrator has it, copied to a folder outside the project. */
export type Package = {
  folder: string;
  /** Runs one of its programs from another folder, with only these variables. */
  start(program: string, env: Record<string, string>, args?: string[], input?: string): Running;
  remove(): void;
};

/** A started program, and its output so far. */
export type Running = { child: ChildProcess; said: () => string; ended: Promise<number | null> };

/** Packages the current build and copies it away. */
export async function installPackage(): Promise<Package> {
  await packageApplication();
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-package-"));
  cpSync(packageFolder, folder, { recursive: true });
  chmodSync(folder, 0o755);
  const start = (program: string, env: Record<string, string>, args: string[] = [], input = ""): Running => {
    const child = spawn(process.execPath, [join(folder, program), ...args], {
      cwd: "/",
      env: env as NodeJS.ProcessEnv,
      ...ordinaryUser,
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        text += chunk;
      });
    }
    child.stdin?.end(input);
    return { child, said: () => text, ended: new Promise((over) => child.once("close", over)) };
  };
  return { folder, start, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes an absent database reachable: forwards `port` to `target`. */
export async function openPort(port: number, target: number): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    near.pipe(far).on("close", () => near.destroy());
    far.pipe(near).on("close", () => far.destroy());
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return () =>
    new Promise((closed) => {
      server.close(() => closed());
      for (const socket of sockets) socket.destroy();
    });
}
