import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Models, RunQuery } from "@/lib/database/query";
import { getNow } from "@/lib/runtime/clock";
import { isLast, underListLock } from "../people";
import { logSecurityEvent } from "../security-log";
import { endSessions, holdsProof, type Origin, openSession, type Proof } from "../session/sessions";
import type { Role } from "../staff";
import type { ProviderPerson } from "./openid-claims";
import type { ProviderProblem } from "./problems";
import type { ProviderSettings } from "./settings";

/** A person of this desk whom the provider's e-mail names, and who has not yet confirmed that this is them. */
export type PendingIdentity = { issuer: string; subject: string; staffId: string; email: string };

export type ProviderSignIn =
  | { ok: true; sessionId: string; staffId: string; preferences: unknown }
  | { ok: false; problem: ProviderProblem }
  | { ok: false; pending: PendingIdentity };

type Known = {
  id: string;
  role: Role;
  roleSource: "desk" | "provider";
  hasPassword: boolean;
  disabled: boolean;
  preferences: unknown;
};

const knownColumns = Prisma.sql`
  p.id, p.role, p.preferences, p.role_source as "roleSource",
  p.password_hash is not null as "hasPassword", p.disabled_at is not null as disabled`;

/**
 * Opens a session for a person whom the provider has identified, by issuer and subject and never by e-mail alone. A new
 * person is added if their domain is allowed. If the e-mail belongs to somebody at this desk, the result is a pending
 * identity, which this person must confirm. In all other cases it says why not. @throws DatabaseError
 */
export function signInByProvider(
  person: ProviderPerson,
  settings: Pick<ProviderSettings, "domains">,
  origin: Origin,
): Promise<ProviderSignIn> {
  return underListLock(async (models, admins, run) => {
    const known = await findByIdentity(run, person);
    const met = known ?? (await meet(run, models, person, settings));
    if ("problem" in met || "pending" in met) return { ok: false, ...met };
    if (met.disabled) return { ok: false, problem: "disabled" };
    if (known && !(await renew(run, models, known, person, admins))) return { ok: false, problem: "no_role" };
    const sessionId = await openSession(run, models, met.id, "provider", origin, null);
    return { ok: true, sessionId, staffId: met.id, preferences: met.preferences };
  });
}

async function findByIdentity(run: RunQuery, { issuer, subject }: ProviderPerson): Promise<Known | null> {
  const [known] = await run<Known>(Prisma.sql`
    select ${knownColumns}
    from staff_identities i
    join staff p on p.id = i.staff_id
    where i.issuer = ${issuer} and i.subject = ${subject}
    for update of p`);
  return known ?? null;
}

/** Handles a person's first sign-in with the provider. */
async function meet(
  run: RunQuery,
  models: Models,
  person: ProviderPerson,
  { domains }: Pick<ProviderSettings, "domains">,
): Promise<Known | { problem: ProviderProblem } | { pending: PendingIdentity }> {
  const { issuer, subject, email, role } = person;
  if (email === null) return { problem: "no_email" };
  if (!person.emailVerified) return { problem: "unverified" };
  const [same] = await run<Known>(Prisma.sql`
    select ${knownColumns} from staff p where lower(p.email) = ${email}`);
  if (same?.disabled) return { problem: "disabled" };
  if (same) return { pending: { issuer, subject, staffId: same.id, email } };
  if (!domains.includes(email.slice(email.lastIndexOf("@") + 1))) return { problem: "domain" };
  if (role === null) return { problem: "no_role" };
  const [made] = await run<Known>(Prisma.sql`
    insert into staff as p (email, name, role, role_source)
    values (${email}, ${person.name ?? nameFrom(email)}, ${role === "not asked" ? "agent" : role}, 'provider')
    returning ${knownColumns}`);
  if (!made) throw new Error("A person was not added.");
  await keepIdentity(run, models, person, made.id);
  logSecurityEvent({ event: "provider_person_added", staffId: made.id });
  return made;
}

/** Takes over what the provider says about a known person; false if it no longer gives them a role. */
async function renew(
  run: RunQuery,
  models: Models,
  known: Known,
  person: ProviderPerson,
  admins: string[],
): Promise<boolean> {
  const { issuer, subject, email } = person;
  await models.staffIdentity.updateMany({
    where: { issuer, subject },
    data: { signedInAt: getNow(), ...(email === null ? {} : { email }) },
  });
  // With a password the e-mail is part of their sign-in, so it stays. Somebody else's e-mail is not taken.
  if (!known.hasPassword && person.emailVerified && person.email) {
    await run(Prisma.sql`
      update staff set email = ${person.email}, updated_at = now()
      where id = ${known.id}::uuid and email <> ${person.email}
        and not exists (select from staff o where lower(o.email) = ${person.email} and o.id <> ${known.id}::uuid)`);
  }
  return renewRole(models, known, person.role, admins);
}

async function renewRole(
  models: Models,
  known: Known,
  role: ProviderPerson["role"],
  admins: string[],
): Promise<boolean> {
  const where = { id: known.id };
  if (known.roleSource === "desk" || role === "not asked") return true;
  if (role === known.role) {
    await models.staff.updateMany({ where: { ...where, roleRefusedAt: { not: null } }, data: { roleRefusedAt: null } });
    return true;
  }
  if (isLast(admins, known.id)) {
    // The only active admin keeps their role, or nobody could manage the desk. With another one, the provider decides.
    logSecurityEvent({ event: "provider_role_kept", staffId: known.id });
    return true;
  }
  await endSessions(models, known.id);
  const now = getNow();
  if (role === null) {
    // From now on their password does not let them in either.
    await models.staff.updateMany({ where, data: { roleRefusedAt: now, updatedAt: now } });
    return false;
  }
  await models.staff.updateMany({ where, data: { role, roleRefusedAt: null, updatedAt: now } });
  logSecurityEvent({ event: "provider_role_changed", staffId: known.id, reason: role });
  return true;
}

/**
 * Opens a session for a person who has confirmed a pending identity by signing in, and stores the identity. It replaces
 * an earlier one of the same issuer. Null if the proof is no longer valid, or if the identity belongs to somebody else
 * by now.
 * @throws DatabaseError
 */
export function confirmIdentity(
  pending: PendingIdentity,
  proof: Proof,
  origin: Origin,
  device: string | null,
): Promise<string | null> {
  return underListLock(async (models, _admins, run) => {
    const { staffId } = pending;
    if (!(await holdsProof(run, staffId, proof)) || !(await keepIdentity(run, models, pending, staffId))) return null;
    logSecurityEvent({ event: "provider_identity_confirmed", staffId });
    return openSession(run, models, staffId, "provider", origin, device);
  });
}

/** False if the identity belongs to another person. */
async function keepIdentity(
  run: RunQuery,
  models: Models,
  { issuer, subject, email }: { issuer: string; subject: string; email: string | null },
  staffId: string,
): Promise<boolean> {
  await models.staffIdentity.deleteMany({ where: { staffId, issuer, subject: { not: subject } } });
  const kept = await run(Prisma.sql`
    insert into staff_identities as i (issuer, subject, staff_id, email)
    values (${issuer}, ${subject}, ${staffId}::uuid, ${email})
    on conflict (issuer, subject) do update set signed_in_at = now() where i.staff_id = excluded.staff_id
    returning subject`);
  return kept.length > 0;
}

/** "ada.lindgren@…" → "Ada Lindgren". */
function nameFrom(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[._+-]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ") || email;
}
