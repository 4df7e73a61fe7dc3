import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSetting, setSetting } from "@/lib/settings/settings";
import { dataFolder, prepareDataFolder } from "../database/embedded";

/**
 * Provides the secret that encrypts sign-in cookies: NEXTAUTH_SECRET or AUTH_SECRET, or else one that is created once
 * in .data/secret. Several servers behind one address must share it, so there it must be set.
 */
export function provideSecret(): void {
  if (readSetting("NEXTAUTH_SECRET") ?? readSetting("AUTH_SECRET")) return;
  prepareDataFolder();
  const file = join(dataFolder, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  setSetting("NEXTAUTH_SECRET", readFileSync(file, "utf8").trim());
}
