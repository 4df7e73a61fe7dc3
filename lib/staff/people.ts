import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Models, type RunQuery } from "@/lib/database/query";
import { getNow } from "@/lib/runtime/clock";
import { type ChangeResult, type Refusal, refuse } from "./change-result";
import { hashPassword } from "./password/password";
import { findPasswordProblem, generatePassword } from "./password/password-rules";
import { endSessions } from "./session/sessions";
import type { Role } from "./staff";
import { forgetOrigins } from "./tries/familiar-origins";
import { staffProblems } from "./words";

/** Who makes a change: an admin by id, or somebody at the server's console. */
export type Actor = { staffId: string } | "console";

export type NewStaff = {
  email: string;
  name: string;
  role: Role;
  /** Typed by the admin; null to generate one. */
  password: string | null;
  mustChangePassword: boolean;
};

/**
 * Adds a person. The returned `password` is the generated one, to be shown once; null if it was typed.
 * @throws HashingBusyError, DatabaseError
 */
export async function createStaff(
  actor: Actor,
  person: NewStaff,
): Promise<ChangeResult<{ id: string; password: string | null }>> {
  const problem = person.password === null ? null : findPasswordProblem(person.password, person);
  if (problem) return refuse("invalid", problem, "password");
  const password = person.password ?? generatePassword();
  const passwordHash = await hashPassword(password);
  return underAdminLock(actor, async (_models, _admins, run) => {
    // Plain SQL, because the e-mail is unique by an expression, which Prisma models do not support.
    const [row] = await run<{ id: string }>(Prisma.sql`
      insert into staff (email, name, role, password_hash, must_change_password)
      values (${person.email}, ${person.name}, ${person.role}, ${passwordHash}, ${person.mustChangePassword})
      on conflict (lower(email)) do nothing
      returning id`);
    if (!row) return refuse("taken", staffProblems.emailTaken, "email");
    return { ok: true, id: row.id, password: person.password === null ? password : null };
  });
}

/**
 * Gives a person a new first password, which they must change. Ends their sessions and forgets the devices and networks
 * they signed in from. The returned `password` is the generated one, to be shown once; null if it was typed.
 * @throws HashingBusyError, DatabaseError
 */
export async function changeToFirstPassword(
  actor: Actor,
  person: { id: string; email: string; name: string },
  typed: string | null,
): Promise<ChangeResult<{ password: string | null }>> {
  const problem = typed === null ? null : findPasswordProblem(typed, person);
  if (problem) return refuse("invalid", problem, "password");
  const password = typed ?? generatePassword();
  const passwordHash = await hashPassword(password);
  return underAdminLock(actor, async (models) => {
    const { count } = await models.staff.updateMany({
      where: { id: person.id },
      data: { passwordHash, mustChangePassword: true, updatedAt: getNow() },
    });
    if (count === 0) return nobody;
    await endSessions(models, person.id);
    await forgetOrigins(models, person.id);
    return { ok: true, password: typed === null ? password : null };
  });
}

/**
 * Gives a person another role and ends their sessions. The last active admin keeps theirs. From then on the desk sets
 * the role, and the provider does not change it. A person whom the provider had left without a role can sign in again.
 * @throws DatabaseError
 */
export async function changeRole(actor: Actor, id: string, role: Role): Promise<ChangeResult> {
  return underAdminLock(actor, async (models, admins) => {
    if (role !== "admin" && isLast(admins, id)) return lastAdmin("have another role");
    const byDesk = { roleSource: "desk", roleRefusedAt: null };
    const { count } = await models.staff.updateMany({
      where: { id, role: { not: role } },
      data: { ...byDesk, role, updatedAt: getNow() },
    });
    if (count > 0) {
      await endSessions(models, id);
      return { ok: true };
    }
    return (await models.staff.updateMany({ where: { id }, data: byDesk })).count > 0 ? { ok: true } : nobody;
  });
}

/** Lets the provider set a person's role, from their next sign-in with it. @throws DatabaseError */
export async function changeRoleToProvider(actor: Actor, id: string): Promise<ChangeResult> {
  return underAdminLock(actor, async (models) => {
    const { count } = await models.staff.updateMany({
      where: { id, identities: { some: {} } },
      data: { roleSource: "provider", updatedAt: getNow() },
    });
    return count > 0 ? { ok: true } : refuse("unknown", staffProblems.neverLinked);
  });
}

/**
 * Removes the link to a person's identity at the provider and ends their sessions. Their next sign-in there counts as
 * the first. If the provider had left them without a role, they stay out until an admin gives them one.
 * @throws DatabaseError
 */
export async function removeIdentity(actor: Actor, id: string): Promise<ChangeResult> {
  return underAdminLock(actor, async (models) => {
    await models.staffIdentity.deleteMany({ where: { staffId: id } });
    await models.staff.updateMany({ where: { id }, data: { roleSource: "desk", updatedAt: getNow() } });
    await endSessions(models, id);
    return { ok: true };
  });
}

/** Disables a person at once, or enables them again. The last active admin cannot be disabled. @throws DatabaseError */
export async function changeDisabled(actor: Actor, id: string, disabled: boolean): Promise<ChangeResult> {
  return underAdminLock(actor, async (models, admins) => {
    if (disabled && isLast(admins, id)) return lastAdmin("be disabled");
    const person = await models.staff.findFirst({ where: { id }, select: { disabledAt: true } });
    if (!person) return nobody;
    const now = getNow();
    const disabledAt = disabled ? (person.disabledAt ?? now) : null;
    await models.staff.updateMany({ where: { id }, data: { disabledAt, updatedAt: now } });
    if (disabled) {
      await endSessions(models, id);
      await forgetOrigins(models, id);
    }
    return { ok: true };
  });
}

const nobody: Refusal = refuse("unknown", staffProblems.unknown);

function lastAdmin(what: string): Refusal {
  return refuse("last_admin", staffProblems.lastAdmin(what));
}

/** Whether somebody is the only active admin. */
export function isLast(admins: string[], id: string): boolean {
  return admins.length === 1 && admins[0] === id;
}

/**
 * Runs changes to the staff list one at a time. If two admins demote each other at once, the second one waits, is then
 * no longer an admin, and is refused. There is one lock for the whole list, because locking the admins' rows in order
 * can still deadlock. A row that changes during the wait is locked again, out of order.
 * @param change gets the ids of the active admins
 */
export function underListLock<T>(change: (models: Models, admins: string[], run: RunQuery) => Promise<T>): Promise<T> {
  return inTransaction("interactive", async (run, models) => {
    await run(Prisma.sql`select 1 from pg_advisory_xact_lock(hashtextextended('staff list', 0))`);
    const active = { role: "admin", disabledAt: null, roleRefusedAt: null };
    const admins = await models.staff.findMany({ where: active, select: { id: true } });
    return change(
      models,
      admins.map(({ id }) => id),
      run,
    );
  });
}

/** `underListLock` for a change by an admin, who must still be one when their turn comes. */
export function underAdminLock<T>(
  actor: Actor,
  change: (models: Models, admins: string[], run: RunQuery) => Promise<ChangeResult<T>>,
): Promise<ChangeResult<T>> {
  return underListLock(async (models, admins, run) => {
    if (actor !== "console" && !admins.includes(actor.staffId)) {
      return refuse("forbidden", staffProblems.notAdmin);
    }
    return change(models, admins, run);
  });
}
