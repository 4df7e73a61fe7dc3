import "server-only";
import { z } from "zod";
import { openToken, sealToken } from "../session/sealed-token";
import { cookieOptions } from "../session/token";
import type { PendingIdentity } from "./identities";

type Cookies = { get(name: string): { value: string } | undefined };

/** Time in which a pending identity can be confirmed, in seconds. */
const pendingSeconds = 10 * 60;
const salt = "pending identity";

const pendingSchema = z.object({ iss: z.string(), subject: z.string(), sub: z.uuid(), email: z.string() });

function cookieName(secure: boolean): string {
  return `${secure ? "__Host-" : ""}desk-pending-identity`;
}

/** The pending identity that this browser may confirm; null if the cookie is missing, forged or expired. */
export async function readPendingIdentity(cookies: Cookies, secure: boolean): Promise<PendingIdentity | null> {
  const token = cookies.get(cookieName(secure))?.value;
  if (!token) return null;
  const payload = pendingSchema.safeParse(await openToken(token, salt)).data;
  return payload ? { issuer: payload.iss, subject: payload.subject, staffId: payload.sub, email: payload.email } : null;
}

/** The sealed cookie that holds a pending identity until its person has confirmed it. */
export async function printPendingIdentity({ issuer, subject, staffId, email }: PendingIdentity, secure: boolean) {
  const token = { iss: issuer, subject, sub: staffId, email };
  const value = await sealToken(token, salt, pendingSeconds);
  return { name: cookieName(secure), value, ...cookieOptions(secure, pendingSeconds) };
}

/** The cookie that deletes the pending identity. */
export function forgetPendingIdentity(secure: boolean) {
  return { name: cookieName(secure), value: "", ...cookieOptions(secure, 0) };
}
