import { randomUUID } from "node:crypto";
import { generate } from "otplib";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction } from "@/lib/database/query";
import {
  changeFactorRoles,
  confirmFactor,
  endFactor,
  getFactorState,
  renewCodes,
  resetFactor,
  startFactor,
} from "@/lib/staff/factor/second-factor";
import type { SecondStep } from "@/lib/staff/factor/step-cookie";
import { changeToFirstPassword } from "@/lib/staff/people";
import { confirmIdentity, signInByProvider } from "@/lib/staff/provider/identities";
import {
  getSessionStaff,
  holdsProof,
  listLivingSessions,
  openSession,
  startSession,
} from "@/lib/staff/session/sessions";
import { signIn, signInByCode } from "@/lib/staff/sign-in";
import { tryLimits } from "@/lib/staff/tries/limits";
import { goodPassword, openStaffWorld, watchSecurityLog } from "./staff-world";

const world = openStaffWorld();
let lines: string[];
beforeEach(() => {
  lines = watchSecurityLog();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await world.query("update desk_settings set second_factor_roles = '{}'");
  await world.removeEverybody();
});
afterAll(() => world.close());

const nowhere = { address: null, userAgent: null };
type Person = Awaited<ReturnType<typeof world.addPerson>>;

const start = (person: Person) => startFactor(world.asStaff(person, randomUUID()), goodPassword, null);

/** A person with a second factor, their secret and recovery codes. */
async function addWithFactor() {
  const person = await world.addPerson();
  const started = await start(person);
  if (!started.ok) throw new Error(started.message);
  const { secret } = started;
  const confirmed = await confirmFactor(world.asStaff(person, randomUUID()), await codeOf(secret, 0));
  if (!confirmed.ok) throw new Error(confirmed.message);
  return { ...person, secret, codes: confirmed.codes };
}

/** The next step's code, which is accepted already: later than the set-up's, and valid for at least 60 s. */
const codeOf = (secret: string, steps = 1) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });

async function givePassword(person: Person): Promise<SecondStep> {
  const result = await signIn({ email: person.email, password: goodPassword }, nowhere);
  if (result.ok || result.code !== "second step") throw new Error(JSON.stringify(result));
  return result.step;
}

/** Resolves once somebody waits for a lock. */
const waitsForLock = () =>
  expect
    .poll(async () => {
      const { rowCount } = await world.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rowCount;
    })
    .toBe(1);

const wrong = { ok: false, code: "wrong" };

describe("a second factor", () => {
  test("counts once a code has confirmed it", async () => {
    const person = await world.addPerson();
    const started = await start(person);
    if (!started.ok) throw new Error(started.message);
    expect(await getFactorState(person.id)).toBeNull();
    expect(await signIn({ email: person.email, password: goodPassword }, nowhere)).toMatchObject({ ok: true });
    expect(await confirmFactor(world.asStaff(person, randomUUID()), "000000")).toMatchObject({
      ok: false,
      code: "wrong",
      field: "code",
    });
    const confirmed = await confirmFactor(world.asStaff(person, randomUUID()), await codeOf(started.secret));
    expect(confirmed.ok && confirmed.codes).toHaveLength(10);
    expect(await getFactorState(person.id)).toMatchObject({ codesLeft: 10 });
    expect(await start(person)).toMatchObject({ ok: false, code: "taken" });
    expect(await confirmFactor(world.asStaff(person, randomUUID()), await codeOf(started.secret, 2))).toMatchObject({
      ok: false,
    });
  });

  test("is begun with the password only, except where it is required first", async () => {
    const staff = world.asStaff(await world.addPerson(), randomUUID());
    for (const password of ["", "not the password"]) {
      expect(await startFactor(staff, password, null)).toMatchObject({ ok: false, code: "wrong", field: "password" });
    }
    expect((await world.query("select from second_factors")).rowCount).toBe(0);
    expect(await startFactor(staff, goodPassword, null)).toMatchObject({ ok: true });
    const led = world.asStaff(await world.addPerson(), randomUUID());
    expect(await startFactor({ ...led, mustSetUpFactor: true }, "", null)).toMatchObject({ ok: true });
  });

  test("ends all other sessions when it is confirmed: none of them has shown a code", async () => {
    const person = await world.addPerson();
    const [own, other] = [await world.openSession(person), await world.openSession(person)];
    const started = await start(person);
    if (!started.ok) throw new Error(started.message);
    const staff = world.asStaff(person, own);
    expect(await confirmFactor(staff, "000000")).toMatchObject({ ok: false });
    expect(await getSessionStaff(other)).not.toBeNull();
    expect(await confirmFactor(staff, await codeOf(started.secret))).toMatchObject({ ok: true });
    expect(await getSessionStaff(own)).not.toBeNull();
    expect(await getSessionStaff(other)).toBeNull();
  });

  test("lets no sign-in through that was under way without a code when it was confirmed", async () => {
    const person = await addWithFactor();
    const proof = { passwordHash: person.hash, code: false };
    expect(await startSession(person.id, proof, nowhere)).toBeNull();
    const pending = { issuer: "https://id.example", subject: "ada-1", staffId: person.id, email: person.email };
    expect(await confirmIdentity(pending, proof, nowhere, null)).toBeNull();
    expect(await world.countLiving(person.id)).toBe(0);
    expect(await startSession(person.id, { ...proof, code: true }, nowhere)).not.toBeNull();
  });

  test("and a sign-in that comes at the same moment waits for it, or it for the sign-in", async () => {
    const person = await world.addPerson();
    const started = await start(person);
    if (!started.ok) throw new Error(started.message);
    const code = await codeOf(started.secret, 0);
    const proof = { passwordHash: person.hash, code: false };
    // The sign-in is first.
    const opened = await inTransaction("interactive", async (run, models) => {
      expect(await holdsProof(run, person.id, proof)).toBe(true);
      const confirming = confirmFactor(world.asStaff(person, randomUUID()), code);
      await waitsForLock();
      return { confirming, sessionId: await openSession(run, models, person.id, "password", nowhere, null) };
    });
    expect(await opened.confirming).toMatchObject({ ok: true });
    expect(await getSessionStaff(opened.sessionId)).toBeNull();
    // The factor is first.
    await world.query("update second_factors set confirmed_at = null");
    const signing = await inTransaction("interactive", async (run) => {
      await run(Prisma.sql`select from staff where id = ${person.id}::uuid for update`);
      const session = startSession(person.id, proof, nowhere);
      await waitsForLock();
      await run(Prisma.sql`update second_factors set confirmed_at = now() where staff_id = ${person.id}::uuid`);
      return { session };
    });
    expect(await signing.session).toBeNull();
  });

  test("is kept sealed, and its recovery codes as hashes only", async () => {
    const { id, secret, codes } = await addWithFactor();
    const { rows } = await world.query(
      "select f::text || c::text as stored from second_factors f join recovery_codes c using (staff_id) where f.staff_id = $1",
      [id],
    );
    expect(rows).toHaveLength(10);
    const stored = JSON.stringify(rows);
    for (const plain of [secret, ...codes, ...codes.map((code) => code.replaceAll("-", ""))]) {
      expect(stored).not.toContain(plain);
      expect(lines.join()).not.toContain(plain);
    }
  });

  test("is asked for after the password: without a code there is no session", async () => {
    const person = await addWithFactor();
    const step = await givePassword(person);
    expect((await world.query("select from staff_sessions")).rowCount).toBe(0);
    expect((await world.query("select from familiar_origins")).rowCount).toBe(0);
    const result = await signInByCode(step, await codeOf(person.secret), nowhere);
    expect(result.ok && (await getSessionStaff(result.sessionId))?.id).toBe(person.id);
  });

  test("a wrong password is answered as ever, with a second factor or without", async () => {
    const person = await addWithFactor();
    expect(await signIn({ email: person.email, password: "not the password" }, nowhere)).toEqual(wrong);
  });

  test("takes each code once, whoever brings it first", async () => {
    const person = await addWithFactor();
    const step = await givePassword(person);
    const code = await codeOf(person.secret);
    const results = await Promise.all(Array.from({ length: 3 }, () => signInByCode(step, code, nowhere)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await signInByCode(step, code, nowhere)).toEqual(wrong);
    // Nor one of a time before it.
    expect(await signInByCode(step, await codeOf(person.secret, 0), nowhere)).toEqual(wrong);
  });

  test("takes each recovery code once, and says so in the log", async () => {
    const person = await addWithFactor();
    const step = await givePassword(person);
    const [first = "", second = ""] = person.codes;
    expect(await signInByCode(step, first.toUpperCase().replaceAll("-", " "), nowhere)).toMatchObject({ ok: true });
    expect(await signInByCode(step, first, nowhere)).toEqual(wrong);
    expect(await getFactorState(person.id)).toMatchObject({ codesLeft: 9 });
    expect(lines.some((line) => line.includes("recovery_code_used"))).toBe(true);
    expect(await signInByCode(step, second, nowhere)).toMatchObject({ ok: true });
  });

  test("takes recovery codes, and none of the app, while the clock is behind the last code that was taken", async () => {
    const person = await addWithFactor();
    const step = await givePassword(person);
    await world.query("update second_factors set last_step = last_step + 100");
    expect(await signInByCode(step, await codeOf(person.secret), nowhere)).toEqual(wrong);
    expect(await signInByCode(step, person.codes[0], nowhere)).toMatchObject({ ok: true });
  });

  test("takes nobody else's code, and nothing that is none", async () => {
    const [person, other] = [await addWithFactor(), await addWithFactor()];
    const step = await givePassword(person);
    for (const odd of [await codeOf(other.secret), other.codes[0], "", null, {}, "0", "a".repeat(101)]) {
      expect(await signInByCode(step, odd, nowhere)).toEqual(wrong);
    }
  });

  test("ends the step when the password is changed, the person disabled, or the factor reset meanwhile", async () => {
    for (const happens of [
      (id: string, email: string) => changeToFirstPassword("console", { id, email, name: "x" }, null),
      (id: string) => world.query("update staff set disabled_at = now() where id = $1", [id]),
      (id: string) => resetFactor("console", id),
    ]) {
      const person = await addWithFactor();
      const step = await givePassword(person);
      await happens(person.id, person.email);
      expect(await signInByCode(step, await codeOf(person.secret), nowhere)).toEqual(wrong);
    }
  });

  test("gives as many wrong codes as its limit says, and no more to the right one", async () => {
    const person = await addWithFactor();
    const step = await givePassword(person);
    for (let tries = 0; tries < tryLimits.secondFactor.tries; tries++) {
      expect(await signInByCode(step, "000000", nowhere)).toEqual(wrong);
    }
    const answer = await signInByCode(step, await codeOf(person.secret), nowhere);
    expect(answer).toMatchObject({ ok: false, code: "throttled" });
    expect(await signInByCode(step, person.codes[0], nowhere)).toMatchObject({ ok: false, code: "throttled" });
    // Wrong codes use up no tries at the password, so nobody is told by them that the password was right.
    expect(await givePassword(person)).toEqual(step);
  });

  test("an attack on the password uses up no tries at the code", async () => {
    const person = await addWithFactor();
    const step = await givePassword(person);
    for (let tries = 0; tries < 12; tries++) await signIn({ email: person.email, password: "guess" }, nowhere);
    expect(await signIn({ email: person.email, password: goodPassword }, nowhere)).toMatchObject({ code: "throttled" });
    expect(await signInByCode(step, await codeOf(person.secret), nowhere)).toMatchObject({ ok: true });
  });

  test("with another NEXTAUTH_SECRET lets in by recovery code only", async () => {
    const person = await addWithFactor();
    const step = await givePassword(person);
    vi.stubEnv("NEXTAUTH_SECRET", "another secret for the tests of the second factor");
    expect(await signInByCode(step, await codeOf(person.secret), nowhere)).toEqual(wrong);
    expect(await signInByCode(step, person.codes[0], nowhere)).toMatchObject({ ok: true });
    vi.unstubAllEnvs();
  });

  test("is ended, and its recovery codes with it; new ones replace the old", async () => {
    const person = await addWithFactor();
    const step = await givePassword(person);
    const renewed = await renewCodes(person.id);
    expect(await signInByCode(step, person.codes[0], nowhere)).toEqual(wrong);
    expect(await signInByCode(step, renewed.ok && renewed.codes[0], nowhere)).toMatchObject({ ok: true });
    await endFactor(world.asStaff(person, ""));
    expect(await signIn({ email: person.email, password: goodPassword }, nowhere)).toMatchObject({ ok: true });
    expect((await world.query("select from recovery_codes")).rowCount).toBe(0);
  });

  test("is reset by an admin, who signs the person out", async () => {
    const person = await addWithFactor();
    await world.openSession(person);
    const agent = await world.addPerson();
    expect(await resetFactor({ staffId: agent.id }, person.id)).toMatchObject({ ok: false, code: "forbidden" });
    expect(await getFactorState(person.id)).not.toBeNull();
    const admin = await world.addPerson("admin");
    expect(await resetFactor({ staffId: admin.id }, person.id)).toEqual({ ok: true });
    expect(await getFactorState(person.id)).toBeNull();
    expect(await world.countLiving(person.id)).toBe(0);
  });
});

describe("where the desk requires one", () => {
  const mustSetUp = async (sessionId: string) => (await getSessionStaff(sessionId))?.mustSetUpFactor;

  test("of a role, who has none is held back on the next request, and their live streams end", async () => {
    const [agent, manager] = [await world.addPerson("agent"), await world.addPerson("manager")];
    const sessions = [await world.openSession(agent), await world.openSession(manager)];
    await changeFactorRoles("console", ["manager", "admin"]);
    expect(await Promise.all(sessions.map(mustSetUp))).toEqual([false, true]);
    const living = await inTransaction("interactive", (run) => listLivingSessions(run, sessions));
    expect([...living]).toEqual([sessions[0]]);
    await changeFactorRoles("console", []);
    expect(await Promise.all(sessions.map(mustSetUp))).toEqual([false, false]);
  });

  test("who has one goes on, and one that is not confirmed is none", async () => {
    await changeFactorRoles("console", ["agent"]);
    const person = await addWithFactor();
    expect(await mustSetUp(await world.openSession(person))).toBe(false);
    const other = await world.addPerson();
    await start(other);
    expect(await mustSetUp(await world.openSession(other))).toBe(true);
  });

  test("who signs in with the provider needs none here", async () => {
    await changeFactorRoles("console", ["agent"]);
    const result = await signInByProvider(
      { issuer: "i", subject: "s", email: "a@b.example", emailVerified: true, name: "Ada", role: "agent" },
      { domains: ["b.example"] },
      nowhere,
    );
    expect(result.ok && (await mustSetUp(result.sessionId))).toBe(false);
  });

  test("only an admin says so", async () => {
    const manager = await world.addPerson("manager");
    expect(await changeFactorRoles({ staffId: manager.id }, [])).toMatchObject({ ok: false, code: "forbidden" });
  });
});
