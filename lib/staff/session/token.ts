import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { readSetting, SettingError } from "@/lib/settings/settings";

/** Seconds a session can last at the longest, however busy: 30 days. Also the cookie's age. */
export const sessionSeconds = 30 * 24 * 60 * 60;

/** Seconds the theme's cookie lasts: a year. */
export const themeSeconds = 365 * 24 * 60 * 60;

type Headers = { get(name: string): string | null };
type Cookies = { get(name: string): { value: string } | undefined };

/** What the session's cookie holds, sealed: the session, and whose it is. Cookies from before say only the first. */
export type SessionToken = { sessionId: string; staffId: string | null };

const tokenSchema = z.object({ sid: z.uuid(), sub: z.uuid().nullable().catch(null) });

/**
 * Whether the browser speaks https with us, so that cookies must be Secure.
 * NEXTAUTH_URL decides; else, behind a proxy that TRUST_PROXY vouches for, the protocol it reports.
 */
export function isSecure(headers: Headers): boolean {
  const address = readSetting("NEXTAUTH_URL");
  if (address) return address.startsWith("https://");
  return readSetting("TRUST_PROXY") > 0 && headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
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

/** The secret that seals the cookie. @throws SettingError naming the variable when it is missing. */
export function readSecret(): string {
  const secret = readSetting("NEXTAUTH_SECRET") ?? readSetting("AUTH_SECRET");
  if (!secret) throw new SettingError("Set NEXTAUTH_SECRET: sign-in cookies are sealed with it.");
  return secret;
}

/** What a session's token holds, as next-auth takes it. `sub` is JWT's word for whose it is (RFC 7519). */
export function toClaims({ sessionId, staffId }: SessionToken) {
  return { sid: sessionId, sub: staffId ?? undefined };
}

/** The cookie's value for a session. */
export function printToken(session: SessionToken): Promise<string> {
  return encode({ token: toClaims(session), secret: readSecret(), maxAge: sessionSeconds });
}

/** What a decoded token holds, or null when it names no session. */
export function parseToken(claims: unknown): SessionToken | null {
  const { data } = tokenSchema.safeParse(claims);
  return data ? { sessionId: data.sid, staffId: data.sub } : null;
}

/** The session that a request claims by its cookie; null without one, or when it is forged or expired. */
export async function readToken(cookies: Cookies, headers: Headers): Promise<SessionToken | null> {
  const token = cookies.get(sessionCookieName(isSecure(headers)))?.value;
  if (!token) return null;
  const secret = readSecret();
  return parseToken(await decode({ token, secret }).catch(() => null));
}

/** The id of that session alone. */
export async function readSessionId(cookies: Cookies, headers: Headers): Promise<string | null> {
  return (await readToken(cookies, headers))?.sessionId ?? null;
}
