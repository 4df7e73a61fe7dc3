import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolder, prepareDataFolder } from "./embedded";
import { Stop } from "./stop";

/**
 * Makes sure that sign-in cookies can be sealed: NEXTAUTH_SECRET or AUTH_SECRET as given, or else one that is made
 * once and kept in .data/secret. Several servers behind one address need the same, so there it must be given.
 */
export function provideSecret(): void {
  const given = process.env.NEXTAUTH_SECRET || process.env.AUTH_SECRET;
  if (given) {
    if (given.length < 32) throw new Stop("NEXTAUTH_SECRET is too short: give it at least 32 random characters.");
    process.env.NEXTAUTH_SECRET = given;
    return;
  }
  prepareDataFolder();
  const file = join(dataFolder, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  process.env.NEXTAUTH_SECRET = readFileSync(file, "utf8").trim();
}
