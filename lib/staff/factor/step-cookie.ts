import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { openToken, sealToken } from "../session/sealed-token";
import { cookieOptions } from "../session/token";

/** A person whose password was right, and who still has to give a code. */
export type SecondStep = { staffId: string; email: string; passwordMark: string };

type Cookies = { get(name: string): { value: string } | undefined };

/** Time in which the code can be given, in seconds. */
const stepSeconds = 5 * 60;
const salt = "second step";
const stepSchema = z.object({ sub: z.uuid(), email: z.string(), mark: z.string() });

const cookieName = (secure: boolean) => `${secure ? "__Secure-" : ""}desk-second-step`;

/** A hash of the password hash, so that the step ends when the password changes. */
export function markPassword(passwordHash: string): string {
  return createHash("sha256").update(passwordHash).digest("hex");
}

/** The step that a browser may take; null if the cookie is missing, forged or expired. */
export async function readStep(cookies: Cookies, secure: boolean): Promise<SecondStep | null> {
  const token = cookies.get(cookieName(secure))?.value;
  if (!token) return null;
  const payload = stepSchema.safeParse(await openToken(token, salt)).data;
  return payload ? { staffId: payload.sub, email: payload.email, passwordMark: payload.mark } : null;
}

/** The sealed cookie for the step, which is sent to the sign-in endpoint only. */
export async function printStepCookie({ staffId, email, passwordMark }: SecondStep, secure: boolean) {
  const token = { sub: staffId, email, mark: passwordMark };
  const value = await sealToken(token, salt, stepSeconds);
  return { name: cookieName(secure), value, ...options(secure, stepSeconds) };
}

/** The cookie that deletes the step. */
export function forgetStepCookie(secure: boolean) {
  return { name: cookieName(secure), value: "", ...options(secure, 0) };
}

function options(secure: boolean, maxAge: number) {
  return { ...cookieOptions(secure, maxAge), path: "/api/auth/callback" } as const;
}
