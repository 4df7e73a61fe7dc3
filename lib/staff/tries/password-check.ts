import "server-only";
import { ofProcess } from "@/lib/runtime/of-process";
import { HashingBusyError } from "../password/hashing-busy";
import { verifyPassword } from "../password/password";
import type { Purpose, Trying } from "./allowances";
import { type Asking, callerOf, type Lane, noteRefusedTry, queueLimits, toTrying } from "./asking";
import { rememberedKnownWait, rememberedWait } from "./remembered";
import { type Find, settleAttempt, takeAttempt } from "./throttle";
import { createTurns } from "./turns";

/** The result of a check within the remaining attempts: what was proved, or why not. */
export type Check<Proof> =
  | { ok: true; proof: Proof }
  | { ok: false; code: "wrong" }
  /** `retryAfter` in seconds. */
  | { ok: false; code: "throttled" | "busy"; retryAfter: number };

export type Refused = Exclude<Check<unknown>, { ok: true }>;

export type PasswordCheck<Account> = Check<Account & { passwordHash: string }>;

/**
 * The queue for checking passwords: two at once, because two are hashed at once. A turn is taken before the first
 * statement, so a flood never holds more than two connections of the pool.
 */
const inTurn = ofProcess("password checks", () => createTurns<Lane>(queueLimits(2)));

/**
 * Checks a password against the account that `find` returns, within the remaining attempts. If `find` returns null, the
 * same work is done. Every refusal is a security event. @throws DatabaseError
 */
export function checkPassword<Account extends { passwordHash: string | null }>(
  asking: Asking,
  find: Find<Account | null>,
  password: string,
): Promise<PasswordCheck<Account>> {
  return checkWithin(asking, find, async (account) => {
    const passwordHash = account?.passwordHash ?? null;
    const matches = await verifyPassword(passwordHash, password);
    return matches && account && passwordHash !== null ? { ...account, passwordHash } : null;
  });
}

/**
 * Checks a password or a code in its turn, within the remaining attempts. Every refusal is a security event.
 * @throws DatabaseError
 * @param find reads what to compare with, in the transaction that takes the attempt; null if there is nobody
 * @param look returns what was proved; null for nothing
 */
export async function checkWithin<Found, Proof>(
  asking: Asking,
  find: Find<Found | null>,
  look: (found: Found | null) => Promise<Proof | null>,
): Promise<Check<Proof>> {
  const trying = toTrying(asking);
  const check = await tryInTurn(asking, trying, find, look);
  if (!check.ok) noteRefusedTry(check.code, asking, trying);
  return check;
}

async function tryInTurn<Found, Proof>(
  asking: Asking,
  trying: Trying,
  find: Find<Found | null>,
  look: (found: Found | null) => Promise<Proof | null>,
): Promise<Check<Proof>> {
  const { known } = asking;
  const remembered = () => (known ? rememberedKnownWait(trying, known.proves) : rememberedWait(trying));
  const retryAfter = remembered();
  if (retryAfter > 0) return { ok: false, code: "throttled", retryAfter };
  try {
    return await inTurn(callerOf(asking, trying), async () => {
      // Others with the same key may have used up the attempts meanwhile.
      const retryAfter = remembered();
      if (retryAfter > 0) return { ok: false, code: "throttled", retryAfter };
      return tryOnce(trying, known?.proves ?? "sign-in", find, look);
    });
  } catch (error) {
    if (error instanceof HashingBusyError) return { ok: false, code: "busy", retryAfter: 2 };
    throw error;
  }
}

async function tryOnce<Found, Proof>(
  trying: Trying,
  purpose: "sign-in" | Purpose,
  find: Find<Found | null>,
  look: (found: Found | null) => Promise<Proof | null>,
): Promise<Check<Proof>> {
  const attempt = await takeAttempt(trying, purpose, find);
  if (!attempt.ok) return { ok: false, code: "throttled", retryAfter: attempt.retryAfter };
  try {
    const proof = await look(attempt.found);
    if (proof === null) return { ok: false, code: "wrong" };
    await settleAttempt(attempt.id, trying, "succeeded");
    return { ok: true, proof };
  } catch (error) {
    // Nobody learned whether it was right, so the attempt is given back. If the database is down, it counts as wrong.
    await settleAttempt(attempt.id, trying, "not tried").catch(() => undefined);
    throw error;
  }
}
