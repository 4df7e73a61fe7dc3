import "server-only";
import { decode, encode } from "next-auth/jwt";
import { getNow } from "@/lib/runtime/clock";
import { readSecret } from "./token";

/** Extra seconds for next-auth's own expiry check, because it uses the server's clock, which may be hours off. */
const mostOff = 2 * 24 * 60 * 60;

/**
 * Seals what a browser keeps for some minutes between two steps of a sign-in. The expiry uses the database's time, so
 * that any server can handle the next step.
 * @param salt the token's purpose; it opens for no other
 */
export function sealToken(token: Record<string, unknown>, salt: string, seconds: number): Promise<string> {
  const until = getNow().getTime() + 1_000 * seconds;
  return encode({ token: { ...token, until }, secret: readSecret(), salt, maxAge: seconds + mostOff });
}

/** What was sealed; null if the token is forged, expired or for another purpose. */
export async function openToken(token: string, salt: string): Promise<Record<string, unknown> | null> {
  const opened = await decode({ token, secret: readSecret(), salt }).catch(() => null);
  return typeof opened?.until === "number" && opened.until > getNow().getTime() ? opened : null;
}
