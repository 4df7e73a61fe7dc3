import "server-only";
import { createHmac, hkdfSync } from "node:crypto";
import { readSecret } from "@/lib/staff/session/token";
import { trimText } from "@/lib/text/visible-text";
import { confirmationOf, type Person } from "./person";

/**
 * A keyed hash that stands for a person in the record of acts. One address always gives the same key, and nobody can
 * reverse it without NEXTAUTH_SECRET. A plain hash could be reversed by trying addresses.
 */
export function printPersonKey(person: Pick<Person, "address" | "contact">): string {
  return keyOf(confirmationOf(person));
}

/** The same key for a typed address or contact id. */
export function keyOf(typed: string): string {
  const key = Buffer.from(hkdfSync("sha256", readSecret(), "", "contact desk person", 32));
  return createHmac("sha256", key).update(trimText(typed).toLowerCase()).digest("base64url");
}
