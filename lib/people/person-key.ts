import "server-only";
import { createHmac, hkdfSync } from "node:crypto";
import { readSecret } from "@/lib/staff/session/token";
import { confirmationOf, type Person } from "./person";

/**
 * What stands for a person in the record of acts: equal for one address, and no way back to it without NEXTAUTH_SECRET. A plain hash
 * could be found by trying addresses.
 */
export function printPersonKey(person: Pick<Person, "address" | "contact">): string {
  return keyOf(confirmationOf(person));
}

/** The same for what somebody typed. */
export function keyOf(typed: string): string {
  const key = Buffer.from(hkdfSync("sha256", readSecret(), "", "contact desk person", 32));
  return createHmac("sha256", key).update(typed.trim().toLowerCase()).digest("base64url");
}
