import "server-only";
import { z } from "zod";
import { Prisma } from "@/generated/prisma/client";
import type { Run } from "@/lib/database/query";
import { confirmClaim, type IdentityClaim } from "./provider/identities";
import { type Origin, startSession } from "./sessions";
import { accountKey } from "./tries/account-key";
import type { Device } from "./tries/device-cookie";
import { checkPassword, type PasswordCheck } from "./tries/password-check";

/** An object or an array where a text belongs is refused; the lengths keep a flood from being hashed. */
const credentialsSchema = z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) });

/** Where a sign-in comes from, with the device that its browser's cookie proves for the account. */
export type SignInOrigin = Origin & {
  device?: Device | null;
  /** Who the provider says they are, to be confirmed by the password. */
  claim?: IdentityClaim | null;
};

export type SignInResult =
  /** `device` is what the browser is remembered as, by a cookie for `account`. */
  | {
      ok: true;
      sessionId: string;
      staffId: string;
      preferences: unknown;
      account: string;
      device: Device;
      claimed: boolean;
    }
  | Exclude<PasswordCheck<Account>, { ok: true }>;

/**
 * Checks an e-mail and a password and opens a session. "wrong" is one answer for a wrong password, an unknown e-mail
 * and a disabled person, after the same work. @throws DatabaseError
 */
export async function signIn(input: unknown, origin: SignInOrigin): Promise<SignInResult> {
  const credentials = credentialsSchema.safeParse(input).data;
  if (!credentials) return { ok: false, code: "wrong" };
  const { email, password } = credentials;
  const asking = { email, address: origin.address, device: origin.device };
  const check = await checkPassword(asking, (run) => getAccount(run, email), password);
  if (!check.ok) return check;
  const { id: staffId, passwordHash, preferences } = check.account;
  const device = { staffId, id: origin.device?.staffId === staffId ? origin.device.id : crypto.randomUUID() };
  const { claim } = origin;
  if (claim && claim.staffId !== staffId) return { ok: false, code: "wrong" };
  const sessionId = claim
    ? await confirmClaim(claim, passwordHash, origin, device.id)
    : await startSession(staffId, passwordHash, origin, device.id);
  return sessionId
    ? { ok: true, sessionId, staffId, preferences, account: accountKey(email), device, claimed: Boolean(claim) }
    : { ok: false, code: "wrong" };
}

type Account = { id: string; passwordHash: string | null; preferences: unknown };

async function getAccount(run: Run, email: string): Promise<Account | null> {
  // NUL and lone surrogates cannot be stored, so nobody has such an e-mail.
  if (/[\0\p{Cs}]/u.test(email)) return null;
  // Lowered here, as the throttle's key is: the database lowers some letters (İ) to others, and each spelling of an
  // account would have tries of its own.
  const [row] = await run<Account>(Prisma.sql`
    select id, password_hash as "passwordHash", preferences
    from staff
    where lower(email) = ${email.trim().toLowerCase()} and disabled_at is null`);
  return row ?? null;
}
