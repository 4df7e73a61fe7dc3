import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSetting, setSetting } from "@/lib/settings/settings";
import { dataFolder, prepareDataFolder } from "./embedded";

/**
 * Makes sure that sign-in cookies can be sealed: NEXTAUTH_SECRET or AUTH_SECRET as given, or else one that is made
 * once and kept in .data/secret. Several servers behind one address need the same, so there it must be given.
 */
export function provideSecret(): void {
  if (readSetting("NEXTAUTH_SECRET") ?? readSetting("AUTH_SECRET")) return;
  prepareDataFolder();
  const file = join(dataFolder, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  setSetting("NEXTAUTH_SECRET", readFileSync(file, "utf8").trim());
}
