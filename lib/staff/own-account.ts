import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Models, type RunQuery } from "@/lib/database/query";
import { getNow } from "@/lib/runtime/clock";
import { type ChangeResult, refuse } from "./change-result";
import { hashPassword } from "./password/password";
import { findPasswordProblem } from "./password/password-rules";
import type { Preferences } from "./preferences";
import { endSessions } from "./session/sessions";
import type { Staff } from "./staff";
import { checkPassword, type PasswordCheck, type Refused } from "./tries/password-check";
import { printWait } from "./tries/wait";
import { signInProblems, staffProblems } from "./words";

/**
 * Sets a person's own password and ends all their other sessions. It asks for the current password, because somebody
 * else may be at an open screen. These attempts are counted apart from those at sign-in, so neither uses up the
 * other's.
 * @throws HashingBusyError, DatabaseError
 */
export async function changeOwnPassword(
  staff: Staff,
  { current, next }: { current: string; next: string },
  address: string | null,
): Promise<ChangeResult> {
  const problem = findPasswordProblem(next, staff);
  if (problem) return refuse("invalid", problem, "next");
  if (next.normalize("NFKC") === current.normalize("NFKC")) {
    return refuse("invalid", staffProblems.samePassword, "next");
  }
  const check = await checkOwnPassword(staff, current, address);
  if (!check.ok) return refuse(check.code, describeNotConfirmed(check), "current");

  const passwordHash = await hashPassword(next);
  return inTransaction("interactive", async (_run, models) => {
    // Replaces only the password that was verified, so that a reset by an admin meanwhile is kept.
    const { count } = await models.staff.updateMany({
      where: { id: staff.id, passwordHash: check.proof.passwordHash },
      data: { passwordHash, mustChangePassword: false, updatedAt: getNow() },
    });
    if (count === 0) return refuse("wrong", staffProblems.changedMeanwhile, "current");
    await endSessions(models, staff.id, staff.sessionId);
    return { ok: true };
  });
}

/** Checks the password of a signed-in person, because somebody else may be at an open screen. @throws DatabaseError */
export function checkOwnPassword(
  { id, email }: Staff,
  password: string,
  address: string | null,
): Promise<PasswordCheck<{ passwordHash: string | null }>> {
  const find = (_run: RunQuery, models: Models) =>
    models.staff.findFirst({ where: { id }, select: { passwordHash: true } });
  return checkPassword({ email, address, known: { staffId: id, proves: "own password" } }, find, password);
}

/** Makes a change if the person's own password is right, and otherwise gives the refusal. @throws DatabaseError */
export async function withPassword<T>(
  staff: Staff,
  password: string,
  address: string | null,
  change: () => Promise<ChangeResult<T>>,
): Promise<ChangeResult<T>> {
  const check = await checkOwnPassword(staff, password, address);
  return check.ok ? change() : refuse(check.code, describeNotConfirmed(check), "password");
}

/** Words for why one's own password was not accepted. */
function describeNotConfirmed(check: Refused): string {
  if (check.code === "wrong") return staffProblems.wrongPassword;
  if (check.code === "busy") return signInProblems.busy;
  return staffProblems.tooManyWrong(printWait(check.retryAfter));
}

/** Sets a person's own name. @throws DatabaseError */
export async function changeOwnName(staffId: string, name: string): Promise<void> {
  await inTransaction("interactive", (_run, models) =>
    models.staff.updateMany({ where: { id: staffId }, data: { name } }),
  );
}

/**
 * Sets some of a person's preferences and keeps the others. A malformed stored value is replaced. @throws DatabaseError
 */
export async function changePreferences(staffId: string, change: Partial<Preferences>): Promise<void> {
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update staff
      set preferences = case when jsonb_typeof(preferences) = 'object' then preferences else '{}' end
        || ${JSON.stringify(change)}::jsonb
      where id = ${staffId}::uuid`),
  );
}
