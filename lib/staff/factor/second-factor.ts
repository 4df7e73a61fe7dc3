import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Models, type RunQuery, readModels } from "@/lib/database/query";
import { getNow } from "@/lib/runtime/clock";
import { staffProblems } from "@/lib/staff/words";
import { type ChangeResult, refuse } from "../change-result";
import { withPassword } from "../own-account";
import { type Actor, underAdminLock } from "../people";
import { logSecurityEvent } from "../security-log";
import { endSessions } from "../session/sessions";
import { type Role, roles, type Staff } from "../staff";
import { findStep, hashRecoveryCode, makeRecoveryCodes, makeSecret } from "./codes";
import { openSecret, sealSecret } from "./sealed-secret";

export type FactorState = { since: Date; codesLeft: number };

/** A person's second factor; null when none is set up. @throws DatabaseError */
export async function getFactorState(staffId: string): Promise<FactorState | null> {
  const factor = await readModels((models) =>
    models.secondFactor.findFirst({
      where: { staffId, confirmedAt: { not: null } },
      select: { confirmedAt: true, _count: { select: { codes: { where: { usedAt: null } } } } },
    }),
  );
  return factor?.confirmedAt ? { since: factor.confirmedAt, codesLeft: factor._count.codes } : null;
}

/** A secret to set up a second factor with, and the name of the desk it is for. */
type StartedFactor = { secret: string; desk: string };

/**
 * Starts to set up a second factor: gives the new secret, which takes effect once a code has confirmed it. It needs the
 * password, because somebody else may be at an open screen. Only if the desk requires the factor before anything else
 * is the password not asked for again. @throws DatabaseError
 */
export function startFactor(
  staff: Staff,
  password: string,
  address: string | null,
): Promise<ChangeResult<StartedFactor>> {
  if (staff.mustSetUpFactor) return makeFactor(staff.id);
  return withPassword(staff, password, address, () => makeFactor(staff.id));
}

function makeFactor(staffId: string): Promise<ChangeResult<StartedFactor>> {
  const secret = makeSecret();
  return inTransaction("interactive", async (run, models) => {
    const rows = await run(Prisma.sql`
      insert into second_factors as f (staff_id, secret)
      values (${staffId}::uuid, ${sealSecret(secret, staffId)})
      on conflict (staff_id) do update set secret = excluded.secret, created_at = now() where f.confirmed_at is null
      returning staff_id`);
    if (rows.length === 0) return refuse("taken", staffProblems.factorOn);
    const desk = await models.deskSettings.findFirst({ select: { name: true } });
    return { ok: true, secret, desk: desk?.name ?? "Contact Desk" };
  });
}

/**
 * Confirms the set-up by a code from the app, and gives the recovery codes, this once. All other sessions of the person
 * end, because none of them has given a code. @throws DatabaseError
 */
export async function confirmFactor(
  { id: staffId, sessionId }: Pick<Staff, "id" | "sessionId">,
  code: string,
): Promise<ChangeResult<{ codes: string[] }>> {
  return inTransaction("interactive", async (run, models) => {
    // Waits for a sign-in in progress, so that its session ends too. A later sign-in waits for this lock.
    await run(Prisma.sql`select from staff where id = ${staffId}::uuid for update`);
    const [pending] = await run<{ secret: string; now: number }>(Prisma.sql`
      select secret, extract(epoch from now())::float8 as now from second_factors where staff_id = ${staffId}::uuid and confirmed_at is null for update`);
    const secret = pending && openSecret(pending.secret, staffId);
    if (!secret || !pending) return refuse("unknown", staffProblems.setUpOver);
    const step = await findStep(secret, code, pending.now);
    if (step === null) {
      return refuse("wrong", staffProblems.notTheCode, "code");
    }
    await models.secondFactor.updateMany({ where: { staffId }, data: { confirmedAt: getNow(), lastStep: step } });
    await endSessions(models, staffId, sessionId);
    logSecurityEvent({ event: "second_factor_set_up", staffId });
    return { ok: true, codes: await replaceCodes(models, staffId) };
  });
}

/** Replaces all recovery codes and gives the new ones, this once. @throws DatabaseError */
export function renewCodes(staffId: string): Promise<ChangeResult<{ codes: string[] }>> {
  return inTransaction("interactive", async (run, models) => {
    const [factor] = await run(Prisma.sql`
      select from second_factors where staff_id = ${staffId}::uuid and confirmed_at is not null for update`);
    if (!factor) return refuse("unknown", staffProblems.factorOff);
    logSecurityEvent({ event: "recovery_codes_renewed", staffId });
    return { ok: true, codes: await replaceCodes(models, staffId) };
  });
}

async function replaceCodes(models: Models, staffId: string): Promise<string[]> {
  const codes = makeRecoveryCodes();
  await models.recoveryCode.deleteMany({ where: { staffId } });
  await models.recoveryCode.createMany({ data: codes.map((code) => ({ staffId, hash: hashRecoveryCode(code) })) });
  return codes;
}

/** Removes a person's own second factor. The caller has checked their password. @throws DatabaseError */
export async function endFactor(staff: Staff): Promise<void> {
  await inTransaction("interactive", (_run, models) => removeFactor(models, staff.id));
  logSecurityEvent({ event: "second_factor_ended", staffId: staff.id });
}

/** Removes a person's second factor, because they have lost it, and signs them out. @throws DatabaseError */
export function resetFactor(actor: Actor, id: string): Promise<ChangeResult> {
  return underAdminLock(actor, async (models) => {
    if (await removeFactor(models, id)) await endSessions(models, id);
    logSecurityEvent({ event: "second_factor_reset", staffId: id });
    return { ok: true };
  });
}

/** Gives whether there was one to remove. */
async function removeFactor(models: Models, staffId: string): Promise<boolean> {
  return (await models.secondFactor.deleteMany({ where: { staffId } })).count > 0;
}

/** The sealed secret as stored, and the database's time when it was read, in seconds since 1970. */
export type StoredFactor = { staffId: string; secret: string; now: number };

/** A person's confirmed second factor as stored; null without one. */
export async function findFactor(run: RunQuery, staffId: string): Promise<StoredFactor | null> {
  const [factor] = await run<StoredFactor>(Prisma.sql`
    select staff_id as "staffId", secret, extract(epoch from now())::float8 as now
    from second_factors where staff_id = ${staffId}::uuid and confirmed_at is not null`);
  return factor ?? null;
}

/**
 * Uses up a code from the app or a recovery code. Each works once, even if two requests bring it at the same moment.
 * Both kinds are always checked, so that the time taken reveals nothing. @throws DatabaseError
 */
export async function takeCode({ staffId, secret: sealed, now }: StoredFactor, code: string): Promise<boolean> {
  const secret = openSecret(sealed, staffId);
  const step = secret === null ? null : await findStep(secret, code, now);
  const taken = await inTransaction("interactive", (run) =>
    run<{ kind: string }>(Prisma.sql`
      with by_app as (
        update second_factors set last_step = ${step ?? 0}::bigint
        where staff_id = ${staffId}::uuid and last_step < ${step ?? 0}::bigint
        returning 'app' as kind
      ), by_recovery as (
        update recovery_codes set used_at = now()
        where staff_id = ${staffId}::uuid and hash = ${hashRecoveryCode(code)} and used_at is null
        returning 'recovery' as kind
      )
      select kind from by_app union all select kind from by_recovery`),
  );
  if (taken.some(({ kind }) => kind === "recovery")) logSecurityEvent({ event: "recovery_code_used", staffId });
  return taken.length > 0;
}

/** The roles for which the desk requires a second factor, least first. @throws DatabaseError */
export async function listFactorRoles(): Promise<Role[]> {
  const desk = await readModels((models) => models.deskSettings.findFirst({ select: { secondFactorRoles: true } }));
  return roles.filter((role) => desk?.secondFactorRoles.includes(role));
}

/** Sets those roles. A person without a factor must then set one up before anything else. @throws DatabaseError */
export function changeFactorRoles(actor: Actor, required: Role[]): Promise<ChangeResult> {
  return underAdminLock(actor, async (models) => {
    await models.deskSettings.updateMany({ data: { secondFactorRoles: required } });
    logSecurityEvent({ event: "second_factor_required", reason: required.join(" ") || "nobody" });
    return { ok: true };
  });
}
