import "server-only";
import { verifyPassword } from "./password";
import { logSecurityEvent } from "./security-log";
import { accountKey, claimAttempt, settleAttempt } from "./throttle";
import { createTurns, HashingBusyError } from "./turns";

type Asking = {
  email: string;
  address: string | null;
  /** The person signed in already, when they confirm who they are. */
  staffId?: string;
};

export type PasswordCheck =
  | { ok: true }
  | { ok: false; code: "wrong" }
  /** `retryAfter` in seconds. */
  | { ok: false; code: "throttled" | "busy"; retryAfter: number };

/**
 * Checks at once and waiting. Taken before the first statement: tries on one account wait for each other on a connection,
 * and a flood of them would hold the whole pool.
 */
const inTurn = createTurns(2, 32);

/**
 * Whether a password is the one behind `stored` (null: there is nobody to match, and the same work is done), within
 * the tries that are left. Each other answer writes one line to the security log. @throws DatabaseError
 */
export async function checkPassword(asking: Asking, stored: string | null, password: string): Promise<PasswordCheck> {
  const account = accountKey(asking.email);
  const who = { account, address: asking.address, staffId: asking.staffId };
  try {
    const check = await inTurn(() => tryPassword(account, asking.address, stored, password));
    if (!check.ok) {
      logSecurityEvent({ event: check.code === "throttled" ? "sign_in_throttled" : "sign_in_failed", ...who });
    }
    return check;
  } catch (error) {
    if (!(error instanceof HashingBusyError)) throw error;
    logSecurityEvent({ event: "sign_in_busy", ...who });
    return { ok: false, code: "busy", retryAfter: 2 };
  }
}

async function tryPassword(
  account: string,
  address: string | null,
  stored: string | null,
  password: string,
): Promise<PasswordCheck> {
  const claim = await claimAttempt(account, address);
  if (!claim.ok) return { ok: false, code: "throttled", retryAfter: claim.retryAfter };
  try {
    const matches = await verifyPassword(stored, password);
    if (matches) await settleAttempt(claim.id, "succeeded");
    return matches ? { ok: true } : { ok: false, code: "wrong" };
  } catch (error) {
    if (error instanceof HashingBusyError) await settleAttempt(claim.id, "not tried");
    throw error;
  }
}
