import "server-only";
import { decode, encode } from "next-auth/jwt";
import { getNow } from "@/lib/runtime/clock";
import { readSecret } from "./token";

/** Seconds for which next-auth's own check lets a token live besides: it goes by the server's clock, which may be hours off. */
const mostOff = 2 * 24 * 60 * 60;

/**
 * Seals what a browser keeps for some minutes, from one step of a sign-in to the next. The time is the database's, so that any
 * server may take the next step.
 * @param salt what it is for; it opens for nothing else
 */
export function sealToken(token: Record<string, unknown>, salt: string, seconds: number): Promise<string> {
  const until = getNow().getTime() + 1_000 * seconds;
  return encode({ token: { ...token, until }, secret: readSecret(), salt, maxAge: seconds + mostOff });
}

/** What was sealed; null where it is forged, for something else, or over. */
export async function openToken(token: string, salt: string): Promise<Record<string, unknown> | null> {
  const opened = await decode({ token, secret: readSecret(), salt }).catch(() => null);
  return typeof opened?.until === "number" && opened.until > getNow().getTime() ? opened : null;
}
