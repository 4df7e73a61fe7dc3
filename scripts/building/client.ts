import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { runNodeQuietly } from "../command/node";
import { Stop } from "../command/stop";

const stamp = "generated/.stamp";

/** Generates Prisma's client if the schema or the packages have changed. */
export async function generateClient(say: (line: string) => void): Promise<void> {
  const hash = createHash("sha256")
    .update(readFileSync("prisma/schema.prisma"))
    .update(readFileSync("package-lock.json"));
  const wanted = hash.digest("hex");
  if (existsSync("generated/prisma/client.ts") && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Generating the database client…");
  rmSync(stamp, { force: true });
  // Prisma would download an engine that `generate` does not need, so a stand-in replaces it. It is set only here,
  // because with it other commands would succeed without doing anything.
  const standIn = ["/bin/true", "/usr/bin/true"].find((path) => existsSync(path)) ?? process.execPath;
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: standIn, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  const code = await runNodeQuietly(["node_modules/prisma/build/index.js", "generate"], env);
  if (code !== 0 || !existsSync("generated/prisma/client.ts")) {
    throw new Stop("The database client could not be generated from prisma/schema.prisma: see the reason above.");
  }
  mkdirSync("generated", { recursive: true });
  writeFileSync(stamp, wanted);
}
