import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatePassword } from "@/lib/staff/password/password-rules";
import { Stop } from "../command/stop";

/**
 * The sample password of this installation: created once, and kept in `folder`/sample-password, readable by this user
 * only.
 * @throws Stop if the file holds no valid password
 */
export function provideSamplePassword(folder: string): string {
  const file = join(folder, "sample-password");
  if (!existsSync(file)) writeFileSync(file, `${generatePassword()}\n`, { mode: 0o600, flag: "wx" });
  return readSamplePassword(folder) ?? "";
}

/**
 * The sample password of this installation. Null if none was created.
 * @throws Stop if the file holds no valid password
 */
export function readSamplePassword(folder: string): string | null {
  const file = join(folder, "sample-password");
  if (!existsSync(file)) return null;
  const password = readFileSync(file, "utf8").trim();
  if (/^[!-~]{12,100}$/.test(password)) return password;
  throw new Stop(`${file} holds no password: delete it, then set one with npm run staff -- reset ada@example.com.`);
}
