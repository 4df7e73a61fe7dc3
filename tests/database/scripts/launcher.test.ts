import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "contact-desk-launcher-"));
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function startRival(): Promise<string> {
  const child = spawn(
    process.execPath,
    [
      "--conditions=react-server",
      "--import",
      import.meta.resolve("tsx"),
      resolve("tests/database/scripts/launcher-rival.ts"),
    ],
    {
      cwd: folder,
      env: { NODE_ENV: "production", PATH: process.env.PATH, TSX_TSCONFIG_PATH: resolve("tsconfig.json") },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  started.push(child);
  return new Promise((said) => child.stdout?.once("data", (line) => said(String(line).trim())));
}

test("of desks that start at once over what a killed one left, one starts, and the others hear which", async () => {
  mkdirSync(join(folder, ".data"), { recursive: true });
  writeFileSync(join(folder, ".data", "launcher"), JSON.stringify({ pid: 2 ** 22 + 1, kind: "desk", port: 1 }));
  const said = await Promise.all(Array.from({ length: 6 }, startRival));
  const { pid } = JSON.parse(readFileSync(join(folder, ".data", "launcher"), "utf8"));
  expect(said.toSorted()).toEqual([...Array(5).fill(`after ${pid}`), `the one ${pid}`]);
  expect(readdirSync(join(folder, ".data")).filter((name) => name.startsWith("launcher"))).toEqual(["launcher"]);
});
