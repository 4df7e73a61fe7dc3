import "server-only";
import { z } from "zod";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { checkPassword, type PasswordCheck } from "./password-check";
import { type Origin, startSession } from "./sessions";

/** An object or an array where a text belongs is refused; the lengths keep a flood from being hashed. */
const credentialsSchema = z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) });

export type SignInResult = { ok: true; sessionId: string; preferences: unknown } | Exclude<PasswordCheck, { ok: true }>;

/**
 * Checks an e-mail and a password and opens a session. "wrong" is one answer for a wrong password, an unknown e-mail
 * and a disabled person, after the same work. @throws DatabaseError
 */
export async function signIn(input: unknown, origin: Origin): Promise<SignInResult> {
  const credentials = credentialsSchema.safeParse(input).data;
  if (!credentials) return { ok: false, code: "wrong" };
  const { email, password } = credentials;
  const account = await getAccount(email);
  const check = await checkPassword({ email, address: origin.address }, account?.passwordHash ?? null, password);
  if (!check.ok) return check;
  const sessionId = account && (await startSession(account.id, account.passwordHash, origin));
  return account && sessionId
    ? { ok: true, sessionId, preferences: account.preferences }
    : { ok: false, code: "wrong" };
}

type Account = { id: string; passwordHash: string; preferences: unknown };

async function getAccount(email: string): Promise<Account | null> {
  // NUL and lone surrogates cannot be stored, so nobody has such an e-mail.
  if (/[\0\p{Cs}]/u.test(email)) return null;
  // Lowered here, as the throttle's key is: the database lowers some letters (İ) to others, and each spelling of an
  // account would have tries of its own.
  const [row] = await queryRows<Account>(Prisma.sql`
    select id, password_hash as "passwordHash", preferences
    from staff
    where lower(email) = ${email.trim().toLowerCase()} and disabled_at is null`);
  return row ?? null;
}
