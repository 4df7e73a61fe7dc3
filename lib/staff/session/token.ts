import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { readSetting, SettingError } from "@/lib/settings/settings";

/** The longest life of a session in seconds, even in constant use: 30 days. It is also the cookie's age. */
export const sessionSeconds = 30 * 24 * 60 * 60;

/** The life of the theme cookie in seconds: a year. */
export const themeSeconds = 365 * 24 * 60 * 60;

type Headers = { get(name: string): string | null };
type Cookies = { get(name: string): { value: string } | undefined };

/**
 * What the sealed session cookie holds: the session and its person. Cookies from older versions hold only the session.
 */
export type SessionToken = { sessionId: string; staffId: string | null };

const tokenSchema = z.object({ sid: z.uuid(), sub: z.uuid().nullable().catch(null) });

/**
 * Whether the browser uses https, so that cookies must be Secure. NEXTAUTH_URL decides. Without it, the protocol that a
 * proxy trusted by TRUST_PROXY reports.
 */
export function isSecure(headers: Headers): boolean {
  const address = readSetting("NEXTAUTH_URL");
  if (address) return address.startsWith("https://");
  return readSetting("TRUST_PROXY") > 0 && headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}

/** The session cookie's name, as next-auth has it. The prefix keeps plain-http pages of the host from setting it. */
export function sessionCookieName(secure: boolean): string {
  return `${secure ? "__Secure-" : ""}next-auth.session-token`;
}

/** The theme cookie's name. The prefix keeps other hosts of the domain from setting it. */
export function themeCookieName(secure: boolean): string {
  return `${secure ? "__Host-" : ""}theme`;
}

/** The options of all our cookies. `maxAge` is in seconds; 0 deletes the cookie. */
export function cookieOptions(secure: boolean, maxAge: number) {
  return { httpOnly: true, sameSite: "lax", secure, path: "/", maxAge } as const;
}

/** The secret that seals the cookies. @throws SettingError naming the variable, if it is missing */
export function readSecret(): string {
  const secret = readSetting("NEXTAUTH_SECRET") ?? readSetting("AUTH_SECRET");
  if (!secret) throw new SettingError("Set NEXTAUTH_SECRET: sign-in cookies are sealed with it.");
  return secret;
}

/** The payload of a session's token, as next-auth takes it. `sub` is JWT's name for the person (RFC 7519). */
export function toTokenPayload({ sessionId, staffId }: SessionToken) {
  return { sid: sessionId, sub: staffId ?? undefined };
}

/** The cookie's value for a session. */
export function printToken(session: SessionToken): Promise<string> {
  return encode({ token: toTokenPayload(session), secret: readSecret(), maxAge: sessionSeconds });
}

/** The session in a decoded token; null if it names none. */
export function parseToken(payload: unknown): SessionToken | null {
  const { data } = tokenSchema.safeParse(payload);
  return data ? { sessionId: data.sid, staffId: data.sub } : null;
}

/** The session that a request's cookie names; null if the cookie is missing, forged or expired. */
export async function readToken(cookies: Cookies, headers: Headers): Promise<SessionToken | null> {
  const token = cookies.get(sessionCookieName(isSecure(headers)))?.value;
  if (!token) return null;
  const secret = readSecret();
  return parseToken(await decode({ token, secret }).catch(() => null));
}

/** The id of that session. */
export async function readSessionId(cookies: Cookies, headers: Headers): Promise<string | null> {
  return (await readToken(cookies, headers))?.sessionId ?? null;
}
