import "server-only";
import { z } from "zod";
import { Prisma } from "@/generated/prisma/client";
import type { RunQuery } from "@/lib/database/query";
import { trimText } from "@/lib/text/visible-text";
import { findFactor, takeCode } from "./factor/second-factor";
import { markPassword, type SecondStep } from "./factor/step-cookie";
import { confirmIdentity, type PendingIdentity } from "./provider/identities";
import { type Origin, startSession } from "./session/sessions";
import { accountKey } from "./tries/account-key";
import type { Device } from "./tries/device-cookie";
import { checkPassword, checkWithin, type Refused } from "./tries/password-check";

/** Anything but strings is refused. The lengths are limited, so that a flood of huge passwords is not hashed. */
const credentialsSchema = z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) });
const codeSchema = z.string().min(1).max(100);

/** Where a sign-in comes from, and the device that the browser's cookie proves for the account. */
export type SignInOrigin = Origin & {
  device?: Device | null;
  /** The identity that the provider has named, to be confirmed by the password. */
  pending?: PendingIdentity | null;
};

export type SignInResult =
  /** `device` identifies the browser from now on, by a cookie for `account`. */
  | { ok: true; sessionId: string; staffId: string; preferences: unknown; account: string; device: Device }
  /** The password was right, and a code is needed too. */
  | { ok: false; code: "second step"; step: SecondStep }
  | Refused;

/**
 * Checks an e-mail and a password, and opens a session or asks for a code. "wrong" is one answer for several cases,
 * after the same work. They are a wrong password, an unknown e-mail, a disabled person, and one whom the provider left
 * without a role. @throws DatabaseError
 */
export async function signIn(input: unknown, origin: SignInOrigin): Promise<SignInResult> {
  const credentials = credentialsSchema.safeParse(input).data;
  if (!credentials) return { ok: false, code: "wrong" };
  const { email, password } = credentials;
  const asking = { email, address: origin.address, device: origin.device };
  const check = await checkPassword(asking, (run) => getAccount(run, email), password);
  if (!check.ok) return check;
  const { proof: account } = check;
  if (account.hasFactor) {
    const step = { staffId: account.id, email, passwordMark: markPassword(account.passwordHash) };
    return { ok: false, code: "second step", step };
  }
  return letIn(account, false, email, origin);
}

/**
 * Checks the code of a person whose password was right, and opens a session. Each code, from the app or a recovery
 * code, works once. @throws DatabaseError
 */
export async function signInByCode(step: SecondStep, input: unknown, origin: SignInOrigin): Promise<SignInResult> {
  const code = codeSchema.safeParse(input).data;
  if (!code) return { ok: false, code: "wrong" };
  const { staffId, email } = step;
  const known = { staffId, proves: "second factor" } as const;
  const asking = { email, address: origin.address, device: origin.device, known };
  const find = async (run: RunQuery) => {
    const [account, factor] = [await getAccount(run, email), await findFactor(run, staffId)];
    return account && factor ? { account, factor } : null;
  };
  const check = await checkWithin(asking, find, async (found) => {
    if (!found || found.account.id !== staffId) return null;
    const { account, factor } = found;
    const { passwordHash } = account;
    // The step ends if the password has been changed since.
    if (passwordHash === null || markPassword(passwordHash) !== step.passwordMark) return null;
    return (await takeCode(factor, code)) ? { ...account, passwordHash } : null;
  });
  return check.ok ? letIn(check.proof, true, email, origin) : check;
}

async function letIn(
  { id: staffId, passwordHash, preferences }: Account & { passwordHash: string },
  code: boolean,
  email: string,
  origin: SignInOrigin,
): Promise<SignInResult> {
  const device = { staffId, id: origin.device?.staffId === staffId ? origin.device.id : crypto.randomUUID() };
  const { pending } = origin;
  if (pending && pending.staffId !== staffId) return { ok: false, code: "wrong" };
  const proof = { passwordHash, code };
  const sessionId = pending
    ? await confirmIdentity(pending, proof, origin, device.id)
    : await startSession(staffId, proof, origin, device.id);
  return sessionId
    ? { ok: true, sessionId, staffId, preferences, account: accountKey(email), device }
    : { ok: false, code: "wrong" };
}

type Account = { id: string; passwordHash: string | null; hasFactor: boolean; preferences: unknown };

async function getAccount(run: RunQuery, email: string): Promise<Account | null> {
  // NUL and lone surrogates cannot be stored, so no such e-mail exists.
  if (/[\0\p{Cs}]/u.test(email)) return null;
  // Lower-cased here, as the throttle's key is. The database maps some letters (İ) differently, and then each spelling
  // of an account would have its own attempts.
  const [row] = await run<Account>(Prisma.sql`
    select id, password_hash as "passwordHash", preferences,
      exists (select from second_factors f where f.staff_id = staff.id and f.confirmed_at is not null) as "hasFactor"
    from staff
    where lower(email) = ${trimText(email).toLowerCase()} and disabled_at is null and role_refused_at is null`);
  return row ?? null;
}
