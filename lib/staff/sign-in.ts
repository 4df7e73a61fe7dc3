import "server-only";
import { z } from "zod";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { HashingBusyError, verifyPassword } from "./password";
import { logSecurityEvent } from "./security-log";
import { type Origin, startSession } from "./sessions";
import { accountKey, claimAttempt, settleAttempt } from "./throttle";

/** Strict: an object or an array where a text belongs is refused. The lengths keep a flood from being hashed. */
const credentialsSchema = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) });

export type SignInResult =
  | { ok: true; sessionId: string; staffId: string; preferences: unknown }
  | { ok: false; code: "wrong" }
  | { ok: false; code: "throttled" | "busy"; retryAfter: number };

type Account = { id: string; passwordHash: string; disabled: boolean; preferences: unknown };

/**
 * Checks an e-mail and a password and opens a session. "wrong" is one answer for a wrong password, an unknown e-mail
 * and a disabled person, after the same work. `retryAfter` is in seconds.
 * @throws DatabaseError
 */
export async function signIn(input: unknown, origin: Origin): Promise<SignInResult> {
  const credentials = credentialsSchema.safeParse(input).data;
  if (!credentials) return { ok: false, code: "wrong" };
  const account = accountKey(credentials.email);
  const who = { account, address: origin.address };

  const claim = await claimAttempt(account, origin.address);
  if (!claim.ok) {
    logSecurityEvent({ event: "sign_in_throttled", ...who });
    return { ok: false, code: "throttled", retryAfter: claim.retryAfter };
  }

  const person = await getAccount(credentials.email);
  let matches: boolean;
  try {
    matches = await verifyPassword(person?.passwordHash ?? null, credentials.password);
  } catch (error) {
    if (!(error instanceof HashingBusyError)) throw error;
    await settleAttempt(claim.id, "not tried");
    logSecurityEvent({ event: "sign_in_busy", ...who });
    return { ok: false, code: "busy", retryAfter: 2 };
  }

  const sessionId =
    person && matches && !person.disabled ? await startSession(person.id, person.passwordHash, origin) : null;
  if (!person || !sessionId) {
    const reason = !person ? "unknown account" : person.disabled ? "disabled" : "wrong password";
    logSecurityEvent({ event: "sign_in_failed", reason, ...who });
    return { ok: false, code: "wrong" };
  }
  await settleAttempt(claim.id, "succeeded");
  return { ok: true, sessionId, staffId: person.id, preferences: person.preferences };
}

async function getAccount(email: string): Promise<Account | null> {
  // NUL and lone surrogates cannot be stored, so nobody has such an e-mail.
  if (/[\0\p{Cs}]/u.test(email)) return null;
  const [row] = await queryRows<Account>(Prisma.sql`
    select id, password_hash as "passwordHash", disabled_at is not null as disabled, preferences
    from staff
    where lower(email) = lower(${email.trim()})`);
  return row ?? null;
}
