import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startNode } from "@/scripts/command/node";

/** What to ask for: over and over, so many at a time; or each once, and kept open. */
export type Greed = {
  asks: { path: string; cookie: string; action?: { id: string; args: unknown[] } }[];
  atOnce: number;
  hold?: boolean;
};

/** Somebody who asks for as much as they can, from now on; gives the way to stop them, which says how often they got which status. */
export async function startGreedy(base: string, greed: Greed): Promise<() => Promise<Record<string, number>>> {
  const preload = ["--import", resolve("scripts/command/leave-with-parent.mjs"), "--import", "tsx"];
  // Too much to be an argument.
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-bench-"));
  const told = join(folder, "greed.json");
  writeFileSync(told, JSON.stringify(greed), { mode: 0o600 });
  const child = startNode([...preload, "tests/bench/greedy.ts", base, told], { stdout: "pipe" });
  const said: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => said.push(String(chunk)));
  while (!said.join("").includes("Ready"))
    await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
  return async () => {
    const ended = once(child, "close");
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true });
    return JSON.parse(said.join("").split("\n")[1] ?? "{}");
  };
}
