import "server-only";
import { z } from "zod";
import type { Refused } from "./tries/password-check";
import { printWait } from "./tries/wait";

const formSchema = z.object({
  csrfToken: z.string().max(200).optional(),
  callbackUrl: z.string().optional(),
  email: z.string().optional(),
  password: z.string().optional(),
  /** The second step: a code, after the password was right. */
  code: z.string().max(100).optional(),
  /** The password confirms who somebody is whom the provider has vouched for. */
  claim: z.literal("true").optional(),
  /** The provider should ask which account is meant. */
  choose: z.literal("true").optional(),
  json: z.literal("true").optional(),
});

export type SignInForm = z.infer<typeof formSchema>;

/** A form that signs in or out, out of a request's body; null when it is none. */
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

/** How a try at sign-in is answered whose password was not looked at. `retryAfter` in seconds. */
export function describeRefusedSignIn({ code, retryAfter }: NotLookedAt) {
  return code === "busy"
    ? { status: 503, code, message: "The desk is busy. Try again in a moment.", retryAfter }
    : { status: 429, code, message: `Too many tries. Wait ${printWait(retryAfter)} and try again.`, retryAfter };
}
