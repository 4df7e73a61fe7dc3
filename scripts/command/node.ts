import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { atEnd } from "./command";

type Options = {
  env?: Record<string, string>;
  stdout?: "inherit" | "pipe";
  stderr?: "inherit" | "pipe";
  /** The child may prompt: it shares the terminal and its Ctrl-C. */
  terminal?: boolean;
};

/**
 * Starts a Node program as a child that does not outlive this command. At the end it is asked to stop, gets 10 s for
 * requests in flight, and is then killed. If this process is killed, only a child that loads leave-with-parent.mjs
 * notices and exits.
 */
export function startNode(
  args: string[],
  { env, stdout = "inherit", stderr = "inherit", terminal = false }: Options = {},
): ChildProcess {
  const child = spawn(process.execPath, args, {
    stdio: [terminal ? "inherit" : "ignore", stdout, stderr],
    env: { ...process.env, ...env },
    // A separate process group, so that Ctrl-C reaches the child once, from here, and its own children can be killed
    // with it.
    detached: !terminal,
  });
  atEnd(() => endChild(child, !terminal));
  return child;
}

/** Waits for a child and returns its exit code, or 1 if it was killed or could not be started. */
export function waitFor(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? 1);
  return new Promise((done) => {
    child.once("error", () => done(1));
    child.once("exit", (code) => done(code ?? 1));
  });
}

/** Runs a Node program, and shows its output only if it fails. */
export async function runNodeQuietly(args: string[], env: Record<string, string>): Promise<number> {
  const child = startNode(args, { env, stdout: "pipe", stderr: "pipe" });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => said.push(chunk));
  const code = await waitFor(child);
  if (code !== 0) process.stderr.write(Buffer.concat(said));
  return code;
}

/** Runs a Node program to its end and returns its exit code. */
export function runNode(args: string[], options?: Options): Promise<number> {
  return waitFor(startNode(args, options));
}

async function endChild(child: ChildProcess, leadsGroup: boolean): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await Promise.race([waitFor(child), pause(10_000, undefined, { ref: false })]);
  if (!leadsGroup) return void child.kill("SIGKILL");
  try {
    // The rest of its group, such as workers of an interrupted build.
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing is left.
  }
}
