import { createHash } from "node:crypto";
import { trimText } from "@/lib/text/visible-text";

/** The key that stands for an e-mail in `sign_in_attempts`: a hash, equal for every spelling. */
export function accountKey(email: string): string {
  return createHash("sha256").update(trimText(email).toLowerCase()).digest("hex");
}
