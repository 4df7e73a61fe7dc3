import { createHash } from "node:crypto";

/** What stands for an e-mail in `sign_in_attempts`: the same for every spelling, and not the e-mail itself. */
export function accountKey(email: string): string {
  return createHash("sha256").update(email.trim().toLowerCase()).digest("hex");
}
