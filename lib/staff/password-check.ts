import "server-only";
import { HashingBusyError, verifyPassword } from "./password";
import { logSecurityEvent } from "./security-log";
import { accountKey, claimAttempt, settleAttempt } from "./throttle";

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
 * Whether a password is the one behind `stored` (null: there is nobody to match, and the same work is done), within
 * the tries that are left. Each other answer writes one line to the security log. @throws DatabaseError
 */
export async function checkPassword(asking: Asking, stored: string | null, password: string): Promise<PasswordCheck> {
  const account = accountKey(asking.email);
  const who = { account, address: asking.address, staffId: asking.staffId };
  const claim = await claimAttempt(account, asking.address);
  if (!claim.ok) {
    logSecurityEvent({ event: "sign_in_throttled", ...who });
    return { ok: false, code: "throttled", retryAfter: claim.retryAfter };
  }
  try {
    if (await verifyPassword(stored, password)) {
      await settleAttempt(claim.id, "succeeded");
      return { ok: true };
    }
  } catch (error) {
    if (!(error instanceof HashingBusyError)) throw error;
    await settleAttempt(claim.id, "not tried");
    logSecurityEvent({ event: "sign_in_busy", ...who });
    return { ok: false, code: "busy", retryAfter: 2 };
  }
  logSecurityEvent({ event: "sign_in_failed", ...who });
  return { ok: false, code: "wrong" };
}
