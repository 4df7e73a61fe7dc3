import "server-only";
import { z } from "zod";
import { openToken, sealToken } from "../session/sealed-token";
import { cookieOptions } from "../session/token";
import type { IdentityClaim } from "./identities";

type Cookies = { get(name: string): { value: string } | undefined };

/** Time in which an identity claim can be confirmed, in seconds. */
const claimSeconds = 10 * 60;
const salt = "provider claim";

const claimSchema = z.object({ iss: z.string(), subject: z.string(), sub: z.uuid(), email: z.string() });

function claimCookieName(secure: boolean): string {
  return `${secure ? "__Host-" : ""}desk-claim`;
}

/** The identity claim that this browser may confirm; null if the cookie is missing, forged or expired. */
export async function readClaim(cookies: Cookies, secure: boolean): Promise<IdentityClaim | null> {
  const token = cookies.get(claimCookieName(secure))?.value;
  if (!token) return null;
  const claims = claimSchema.safeParse(await openToken(token, salt)).data;
  return claims ? { issuer: claims.iss, subject: claims.subject, staffId: claims.sub, email: claims.email } : null;
}

/** The sealed cookie that holds an identity claim until its person has confirmed it. */
export async function printClaimCookie({ issuer, subject, staffId, email }: IdentityClaim, secure: boolean) {
  const token = { iss: issuer, subject, sub: staffId, email };
  const value = await sealToken(token, salt, claimSeconds);
  return { name: claimCookieName(secure), value, ...cookieOptions(secure, claimSeconds) };
}

/** The cookie that deletes the identity claim. */
export function forgetClaimCookie(secure: boolean) {
  return { name: claimCookieName(secure), value: "", ...cookieOptions(secure, 0) };
}
