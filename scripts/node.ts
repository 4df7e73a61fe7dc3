import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { atEnd } from "./command";

type Options = {
  env?: Record<string, string>;
  stdout?: "inherit" | "pipe" | "ignore";
  /** The child may ask questions: it shares the terminal, and its Ctrl-C. */
  terminal?: boolean;
};

/**
 * Starts a program of Node's as a child that does not outlive this command: it is asked to stop, waited for
 * (10 s for requests in flight), and then killed. If this process itself is killed, it notices and leaves.
 */
export function startNode(args: string[], { env, stdout = "inherit", terminal = false }: Options = {}): ChildProcess {
  const child = spawn(process.execPath, args, {
    stdio: [terminal ? "inherit" : "ignore", stdout, "inherit"],
    env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: "1" },
    // A group of its own, so that Ctrl-C reaches it once, from here, and its own children can be ended with it.
    detached: !terminal,
  });
  atEnd(() => endChild(child, !terminal));
  return child;
}

/** Waits for a child; gives its exit code, 1 when it was killed or could not be started. */
export function waitFor(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? 1);
  return new Promise((done) => {
    child.once("error", () => done(1));
    child.once("exit", (code) => done(code ?? 1));
  });
}

/** Runs a program of Node's to its end and gives its exit code. */
export function runNode(args: string[], options?: Options): Promise<number> {
  return waitFor(startNode(args, options));
}

async function endChild(child: ChildProcess, leadsGroup: boolean): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await Promise.race([waitFor(child), pause(10_000, undefined, { ref: false })]);
  if (!leadsGroup) return void child.kill("SIGKILL");
  try {
    // Whatever of its group is left: workers of a build that was interrupted.
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing is.
  }
}
