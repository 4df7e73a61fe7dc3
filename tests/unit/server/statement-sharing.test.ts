import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";

test("what one process of a server has run, the others know, one that begins later too, and its death ends nobody else", async () => {
  const args = ["--import", "tsx", "--conditions=react-server", "tests/unit/server/statement-cluster.ts"];
  const cluster = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const statement = "select a from t where b = $1";
  expect(JSON.parse(await text(cluster.stdout))).toEqual([statement, statement, statement]);
});
