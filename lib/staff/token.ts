import { decode, encode } from "next-auth/jwt";
import { z } from "zod";

/** Seconds a session can last at the longest, however busy: 30 days. Also the cookie's age. */
export const sessionSeconds = 30 * 24 * 60 * 60;

/** Seconds the theme's cookie lasts: a year. */
export const themeSeconds = 365 * 24 * 60 * 60;

type Headers = { get(name: string): string | null };
type Cookies = { get(name: string): { value: string } | undefined };

const sessionIdSchema = z.uuid();

/**
 * Whether the browser speaks https with us, so that cookies must be Secure.
 * NEXTAUTH_URL decides; else, behind a proxy that TRUST_PROXY vouches for, the protocol it reports.
 */
export function isSecure(headers: Headers): boolean {
  if (process.env.NEXTAUTH_URL) return process.env.NEXTAUTH_URL.startsWith("https://");
  return Boolean(process.env.TRUST_PROXY) && headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}

/** The session cookie's name: next-auth's own. The prefix keeps plain-http pages of the host from setting it. */
export function sessionCookieName(secure: boolean): string {
  return `${secure ? "__Secure-" : ""}next-auth.session-token`;
}

/** The name of the theme's cookie. The prefix keeps other hosts of the domain from setting it. */
export function themeCookieName(secure: boolean): string {
  return `${secure ? "__Host-" : ""}theme`;
}

/** How every cookie of ours is set; `maxAge` in seconds, 0 forgets it. */
export function cookieOptions(secure: boolean, maxAge: number) {
  return { httpOnly: true, sameSite: "lax", secure, path: "/", maxAge } as const;
}

/** The secret that seals the cookie. @throws Error naming the variable when it is missing. */
export function readSecret(): string {
  const secret = process.env.NEXTAUTH_SECRET || process.env.AUTH_SECRET;
  if (!secret) throw new Error("Set NEXTAUTH_SECRET: sign-in cookies are sealed with it.");
  return secret;
}

/** The cookie's value for a session: the id of its row and nothing else. */
export function printToken(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: readSecret(), maxAge: sessionSeconds });
}

/** The session id in a decoded token, or null when it holds none. */
export function parseSessionId(token: unknown): string | null {
  const sid = (token as { sid?: unknown } | null)?.sid;
  return sessionIdSchema.safeParse(sid).data ?? null;
}

/** The session id that a request claims by its cookie; null without one, or when it is forged or expired. */
export async function readSessionId(cookies: Cookies, headers: Headers): Promise<string | null> {
  const token = cookies.get(sessionCookieName(isSecure(headers)))?.value;
  if (!token) return null;
  const secret = readSecret();
  return parseSessionId(await decode({ token, secret }).catch(() => null));
}
