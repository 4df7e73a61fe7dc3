import "server-only";
import type { Run } from "@/lib/database/query";
import { verifyPassword } from "../password";
import type { Trying } from "./allowances";
import { type Asking, type Lane, noteRefusedTry, placeOf, queueLimits, toTrying } from "./asking";
import { rememberedOwnWait, rememberedWait } from "./remembered";
import { claimAttempt, settleAttempt } from "./throttle";
import { createTurns, HashingBusyError, type Place } from "./turns";

export type PasswordCheck<Account> =
  | { ok: true; account: Account & { passwordHash: string } }
  | { ok: false; code: "wrong" }
  /** `retryAfter` in seconds. */
  | { ok: false; code: "throttled" | "busy"; retryAfter: number };

/** Next's bundles each have their own copy of this module; the process has one queue. */
const shared = globalThis as unknown as { contactDeskTurns?: ReturnType<typeof createTurns<Lane>> };

/**
 * The queue for checking a password: two at once, as there are two for hashing. Taken before the first statement, so a
 * flood never holds more than two connections of the pool.
 */
function getTurns() {
  shared.contactDeskTurns ??= createTurns(queueLimits(2));
  return shared.contactDeskTurns;
}

/**
 * Whether a password is the one of the account that `find` gives (null: there is nobody, and the same work is done),
 * within the tries that are left. Each other answer is an event for the security log. @throws DatabaseError
 */
export async function checkPassword<Account extends { passwordHash: string | null }>(
  asking: Asking,
  find: (run: Run) => Promise<Account | null>,
  password: string,
): Promise<PasswordCheck<Account>> {
  const trying = toTrying(asking);
  const own = asking.staffId !== undefined;
  const check = await tryInTurn(trying, own, placeOf(asking, trying), find, password);
  if (!check.ok) noteRefusedTry(check.code, asking, trying);
  return check;
}

async function tryInTurn<Account extends { passwordHash: string | null }>(
  trying: Trying,
  own: boolean,
  place: Place<Lane>,
  find: (run: Run) => Promise<Account | null>,
  password: string,
): Promise<PasswordCheck<Account>> {
  const remembered = () => (own ? rememberedOwnWait(trying) : rememberedWait(trying));
  const retryAfter = remembered();
  if (retryAfter > 0) return { ok: false, code: "throttled", retryAfter };
  try {
    return await getTurns()(place, async () => {
      // The others of this key may have used up the tries meanwhile.
      const retryAfter = remembered();
      return retryAfter > 0 ? { ok: false, code: "throttled", retryAfter } : tryPassword(trying, own, find, password);
    });
  } catch (error) {
    if (error instanceof HashingBusyError) return { ok: false, code: "busy", retryAfter: 2 };
    throw error;
  }
}

async function tryPassword<Account extends { passwordHash: string | null }>(
  trying: Trying,
  own: boolean,
  find: (run: Run) => Promise<Account | null>,
  password: string,
): Promise<PasswordCheck<Account>> {
  const claim = await claimAttempt(trying, own ? "own password" : "sign-in", find);
  if (!claim.ok) return { ok: false, code: "throttled", retryAfter: claim.retryAfter };
  try {
    const account = claim.found;
    const passwordHash = account?.passwordHash ?? null;
    const matches = await verifyPassword(passwordHash, password);
    if (!matches || !account || passwordHash === null) return { ok: false, code: "wrong" };
    await settleAttempt(claim.id, trying, "succeeded");
    return { ok: true, account: { ...account, passwordHash } };
  } catch (error) {
    // Nobody has learned whether the password was right. Where the database is gone as well, the try counts as wrong.
    await settleAttempt(claim.id, trying, "not tried").catch(() => undefined);
    throw error;
  }
}
