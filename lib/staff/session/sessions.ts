import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Models, queryRows, type RunQuery, readModels } from "@/lib/database/query";
import { countsChanges } from "@/lib/database/replica/replica";
import { getNow } from "@/lib/runtime/clock";
import { networkOf } from "@/lib/runtime/network";
import { rememberChanges } from "@/lib/runtime/requester";
import type { Role, Staff } from "../staff";
import { parsePreferences } from "../stored-preferences";
import { rememberOrigin } from "../tries/familiar-origins";
import { sessionSeconds } from "./token";

/** Hours without a request after which a session ends: a desk left in the evening is signed out in the morning. */
export const idleHours = 12;

/** Whether a session row, alias `s`, is still valid. */
const living = Prisma.sql`
  s.ended_at is null
  and s.expires_at > now()
  and s.last_seen_at > now() - make_interval(hours => ${idleHours})`;

/** Whether the person must first change a password that others know; over aliases `s` and `p`. */
const mustChangePassword = Prisma.sql`(p.must_change_password and s.opened_by = 'password')`;

/** Whether they must first set up a second factor, because the desk requires it for their role; same aliases. */
const mustSetUpFactor = Prisma.sql`(
  s.opened_by = 'password'
  and exists (select from desk_settings d where p.role = any(d.second_factor_roles))
  and not exists (select from second_factors f where f.staff_id = p.id and f.confirmed_at is not null))`;

type SessionRow = {
  id: string;
  email: string;
  name: string;
  role: Role;
  sessionId: string;
  mustChangePassword: boolean;
  mustSetUpFactor: boolean;
  hasPassword: boolean;
  preferences: unknown;
  stale: boolean;
  changes: number;
};

/**
 * The number of changes a person has made to contacts. Reads use it to tell whether a replica is current (sql/0640).
 */
const changesOf = Prisma.sql`coalesce((select n.changes from staff_changes n where n.staff_id = p.id), 0)::float8`;

/**
 * The person signed in by a session; null if it has ended, expired or idled out, or if the person is disabled. Their
 * number of changes is remembered for this request, so that no replica without those changes answers it.
 */
export async function getSessionStaff(sessionId: string): Promise<Staff | null> {
  const [row] = await queryRows<SessionRow>(Prisma.sql`
    select
      p.id, p.email, p.name, p.role, p.preferences,
      ${mustChangePassword} as "mustChangePassword",
      ${mustSetUpFactor} as "mustSetUpFactor",
      p.password_hash is not null as "hasPassword",
      s.id as "sessionId",
      s.last_seen_at < now() - interval '1 minute' as stale,
      ${countsChanges() ? changesOf : Prisma.sql`0`} as changes
    from staff_sessions s
    join staff p on p.id = s.staff_id
    where s.id = ${sessionId}::uuid and p.disabled_at is null and ${living}`);
  if (!row) return null;
  const { stale, preferences, changes, ...staff } = row;
  rememberChanges(staff.id, changes);
  // Updating "last seen" once a minute is enough, and a failure must not cost the person their page.
  if (stale) await markSeen(sessionId).catch(() => undefined);
  return { ...staff, preferences: parsePreferences(preferences) };
}

/**
 * Those of the given sessions that still let their person in, in one query; for work that outlives its request. It does
 * not count as activity, so an unattended desk still idles out. @throws DatabaseError
 */
export async function listLivingSessions(run: RunQuery, sessionIds: string[]): Promise<Set<string>> {
  const rows = await run<{ id: string }>(Prisma.sql`
    select s.id
    from staff_sessions s
    join staff p on p.id = s.staff_id
    where s.id = any(${sessionIds}::uuid[]) and p.disabled_at is null and not ${mustChangePassword}
      and not ${mustSetUpFactor} and ${living}`);
  return new Set(rows.map(({ id }) => id));
}

function markSeen(sessionId: string): Promise<unknown> {
  return inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update staff_sessions set last_seen_at = now()
      where id = ${sessionId}::uuid and last_seen_at < now() - interval '1 minute'`),
  );
}

export type Origin = { address: string | null; userAgent: string | null };

/**
 * Stores a new session, inside the transaction that has checked that the person may have one. The network, and the
 * device if there is one, become familiar.
 * @param by what the person has proved: their password, or their identity at the provider
 */
export async function openSession(
  run: RunQuery,
  models: Models,
  staffId: string,
  by: "password" | "provider",
  origin: Origin,
  device: string | null,
): Promise<string> {
  const createdAt = getNow();
  const { id: sessionId } = await models.staffSession.create({
    data: {
      staffId,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + sessionSeconds * 1_000),
      userAgent: origin.userAgent?.slice(0, 400) ?? null,
      address: origin.address,
      openedBy: by,
    },
    select: { id: true },
  });
  await rememberOrigin(run, staffId, { device, network: origin.address && networkOf(origin.address) });
  return sessionId;
}

/**
 * What a person has just shown: a password that matches `passwordHash`, and whether also a code of their second factor.
 */
export type Proof = { passwordHash: string; code: boolean };

/**
 * Whether a proof still lets its person in, until the end of the transaction. The password must be unchanged, and the
 * person neither disabled nor left without a role. Without a code they must have no second factor. It waits for such a
 * change in progress.
 */
export async function holdsProof(run: RunQuery, staffId: string, { passwordHash, code }: Proof): Promise<boolean> {
  const [person] = await run(Prisma.sql`
    select from staff
    where id = ${staffId}::uuid and password_hash = ${passwordHash} and disabled_at is null
      and role_refused_at is null
    for share`);
  if (!person || code) return person !== undefined;
  // A separate statement, because the one that waited does not see what was committed meanwhile in other tables.
  const [factor] = await run(Prisma.sql`
    select from second_factors where staff_id = ${staffId}::uuid and confirmed_at is not null`);
  return factor === undefined;
}

/** Opens a session for a person by what they have just shown; null if it no longer lets them in. */
export async function startSession(
  staffId: string,
  proof: Proof,
  origin: Origin,
  device: string | null = null,
): Promise<string | null> {
  return inTransaction("interactive", async (run, models) => {
    const holds = await holdsProof(run, staffId, proof);
    return holds ? openSession(run, models, staffId, "password", origin, device) : null;
  });
}

/** Ends one session of a person; idempotent. */
export async function endSession(staffId: string, sessionId: string): Promise<void> {
  await inTransaction("interactive", (_run, models) =>
    models.staffSession.updateMany({
      where: { id: sessionId, staffId, endedAt: null },
      data: { endedAt: getNow() },
    }),
  );
}

/** Ends a session known only by its id, when somebody signs out through next-auth's endpoint. */
export async function endSessionById(sessionId: string): Promise<void> {
  await inTransaction("interactive", (_run, models) =>
    models.staffSession.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: getNow() } }),
  );
}

/** Ends all of a person's sessions except `keep`, inside the caller's transaction. */
export async function endSessions(models: Models, staffId: string, keep: string | null = null): Promise<void> {
  await models.staffSession.updateMany({
    where: { staffId, endedAt: null, ...(keep === null ? {} : { id: { not: keep } }) },
    data: { endedAt: getNow() },
  });
}

/** Ends all of a person's sessions. @throws DatabaseError */
export async function endAllSessions(staffId: string): Promise<void> {
  await inTransaction("interactive", (_run, models) => endSessions(models, staffId));
}

export type OwnSession = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  userAgent: string | null;
  address: string | null;
};

/** A person's living sessions, the most recently seen first. */
export function listSessions(staffId: string): Promise<OwnSession[]> {
  const now = getNow();
  const seenAfter = new Date(now.getTime() - idleHours * 3_600_000);
  return readModels((models) =>
    models.staffSession.findMany({
      where: { staffId, endedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: seenAfter } },
      select: { id: true, address: true, createdAt: true, lastSeenAt: true, userAgent: true },
      orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
      take: 100,
    }),
  );
}
