import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { openToken, sealToken } from "../session/sealed-token";
import { cookieOptions } from "../session/token";

/** Somebody whose password was right, and who still has to give a code. */
export type SecondStep = { staffId: string; email: string; passwordMark: string };

type Cookies = { get(name: string): { value: string } | undefined };

/** Seconds in which the code can be given. */
const stepSeconds = 5 * 60;
const salt = "second step";
const stepSchema = z.object({ sub: z.uuid(), email: z.string(), mark: z.string() });

const cookieName = (secure: boolean) => `${secure ? "__Secure-" : ""}desk-second-step`;

/** What stands for the password that was right, so that the step ends when it is changed. */
export function markPassword(passwordHash: string): string {
  return createHash("sha256").update(passwordHash).digest("hex");
}

/** The step that a browser may take; null without the cookie, or when it is forged or too old. */
export async function readStep(cookies: Cookies, secure: boolean): Promise<SecondStep | null> {
  const token = cookies.get(cookieName(secure))?.value;
  if (!token) return null;
  const claims = stepSchema.safeParse(await openToken(token, salt)).data;
  return claims ? { staffId: claims.sub, email: claims.email, passwordMark: claims.mark } : null;
}

/** The cookie for the step, sealed: sent to the sign-in endpoint only. */
export async function printStepCookie({ staffId, email, passwordMark }: SecondStep, secure: boolean) {
  const token = { sub: staffId, email, mark: passwordMark };
  const value = await sealToken(token, salt, stepSeconds);
  return { name: cookieName(secure), value, ...options(secure, stepSeconds) };
}

/** The cookie that forgets it. */
export function forgetStepCookie(secure: boolean) {
  return { name: cookieName(secure), value: "", ...options(secure, 0) };
}

function options(secure: boolean, maxAge: number) {
  return { ...cookieOptions(secure, maxAge), path: "/api/auth/callback" } as const;
}
