import "server-only";
import { z } from "zod";
import type { Refused } from "./tries/password-check";
import { printWait } from "./tries/wait";
import { signInProblems } from "./words";

const formSchema = z.object({
  csrfToken: z.string().max(200).optional(),
  callbackUrl: z.string().optional(),
  email: z.string().optional(),
  password: z.string().optional(),
  /** The second step: a code, after the password was right. */
  code: z.string().max(100).optional(),
  /** Whether the password confirms an identity that the provider has named. */
  confirmsIdentity: z.literal("true").optional(),
  /** Whether the provider should ask which account to use. */
  choose: z.literal("true").optional(),
  json: z.literal("true").optional(),
});

export type SignInForm = z.infer<typeof formSchema>;

/** The sign-in or sign-out form in a request's body; null if it is not one. */
export function parseSignInForm(text: string, contentType: string): SignInForm | null {
  return formSchema.safeParse(parseBody(text, contentType)).data ?? null;
}

function parseBody(text: string, contentType: string): unknown {
  if (contentType.includes("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  if (!contentType.includes("application/json")) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type NotLookedAt = Extract<Refused, { code: "throttled" | "busy" }>;

/** The answer to an attempt whose password was not checked. `retryAfter` in seconds. */
export function describeRefusedSignIn({ code, retryAfter }: NotLookedAt) {
  return code === "busy"
    ? { status: 503, code, message: signInProblems.busy, retryAfter }
    : { status: 429, code, message: signInProblems.tooMany(printWait(retryAfter)), retryAfter };
}
