import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { changeOwnPassword } from "@/lib/staff/own-account";
import { changeDisabled, changeRole, changeToFirstPassword } from "@/lib/staff/people";
import { defaultPreferences } from "@/lib/staff/preferences";
import { endAllSessions, endSession, getSessionStaff, listSessions, startSession } from "@/lib/staff/session/sessions";
import { signIn } from "@/lib/staff/sign-in";
import { goodPassword, openStaffWorld, watchSecurityLog } from "./staff-world";

const world = openStaffWorld();
const nowhere = { address: null, userAgent: null };
beforeEach(() => {
  watchSecurityLog();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.removeEverybody();
});
afterAll(() => world.close());

describe("a session", () => {
  test("says who is behind it, with role and preferences as they are now", async () => {
    const person = await world.addPerson("agent");
    const sessionId = await world.openSession(person);
    await world.query("update staff set role = 'manager', preferences = '{\"theme\": \"dark\"}' where id = $1", [
      person.id,
    ]);
    expect(await getSessionStaff(sessionId)).toEqual({
      id: person.id,
      email: person.email,
      name: person.name,
      role: "manager",
      sessionId,
      mustChangePassword: false,
      mustSetUpFactor: false,
      hasPassword: true,
      preferences: { ...defaultPreferences, theme: "dark" },
    });
  });

  test("with preferences of any odd shape still opens the desk", async () => {
    const person = await world.addPerson();
    const sessionId = await world.openSession(person);
    for (const odd of ["null", "[]", "5", '"dark"', '{"theme": 5}', '{"theme": {"a": 1}}']) {
      await world.query("update staff set preferences = $2::jsonb where id = $1", [person.id, odd]);
      expect((await getSessionStaff(sessionId))?.preferences).toEqual(defaultPreferences);
    }
  });

  test.each([
    ["ended", "update staff_sessions set ended_at = now() where id = $1"],
    ["past its last day", "update staff_sessions set expires_at = now() where id = $1"],
    ["unused for 12 hours", "update staff_sessions set last_seen_at = now() - interval '12 hours' where id = $1"],
    [
      "of somebody disabled",
      "update staff set disabled_at = now() where id = (select staff_id from staff_sessions where id = $1)",
    ],
  ])("%s is nobody's on the very next request", async (_state, sql) => {
    const sessionId = await world.openSession(await world.addPerson());
    expect(await getSessionStaff(sessionId)).not.toBeNull();
    await world.query(sql, [sessionId]);
    expect(await getSessionStaff(sessionId)).toBeNull();
  });

  test("used within 12 hours lives on, to the 30th day at most", async () => {
    const sessionId = await world.openSession(await world.addPerson());
    await world.query("update staff_sessions set last_seen_at = now() - interval '11 hours 59 minutes' where id = $1", [
      sessionId,
    ]);
    expect(await getSessionStaff(sessionId)).not.toBeNull();
    const { rows } = await world.query(
      "select expires_at = created_at + interval '720 hours' as exact, last_seen_at > now() - interval '1 minute' as seen from staff_sessions",
    );
    expect(rows).toEqual([{ exact: true, seen: true }]);
  });

  test("writes that it was seen once a minute, not on every request", async () => {
    const sessionId = await world.openSession(await world.addPerson());
    const version = async () => (await world.query("select xmin::text as x from staff_sessions")).rows[0].x;
    const before = await version();
    await getSessionStaff(sessionId);
    await getSessionStaff(sessionId);
    expect(await version()).toBe(before);
  });

  test("that nobody ever opened is nobody's", async () => {
    expect(await getSessionStaff("00000000-0000-4000-8000-000000000000")).toBeNull();
  });
});

describe("sessions end", () => {
  test("one at a time, and only one's own", async () => {
    const [person, other] = [await world.addPerson(), await world.addPerson()];
    const [first, second] = [await world.openSession(person), await world.openSession(person)];
    await endSession(other.id, first);
    expect(await world.countLiving(person.id)).toBe(2);
    await endSession(person.id, first);
    expect((await listSessions(person.id)).map(({ id }) => id)).toEqual([second]);
  });

  test("everywhere at once", async () => {
    const [person, other] = [await world.addPerson(), await world.addPerson()];
    await Promise.all([world.openSession(person), world.openSession(person), world.openSession(other)]);
    await endAllSessions(person.id);
    expect(await world.countLiving(person.id)).toBe(0);
    expect(await world.countLiving(other.id)).toBe(1);
  });

  test("at a change of password all but the one that made it", async () => {
    const person = await world.addPerson();
    const [own] = [await world.openSession(person), await world.openSession(person)];
    const change = { current: goodPassword, next: "gravel under blue harbour" };
    expect(await changeOwnPassword(world.asStaff(person, own), change, null)).toEqual({ ok: true });
    expect((await listSessions(person.id)).map(({ id }) => id)).toEqual([own]);
  });

  test("at a reset, another role, and disabling", async () => {
    await world.addPerson("admin");
    const person = await world.addPerson();
    const open = () => getHash(person.id).then((hash) => world.openSession({ id: person.id, hash }));
    await open();
    await changeToFirstPassword("console", person, null);
    expect(await world.countLiving(person.id)).toBe(0);
    await open();
    await changeRole("console", person.id, "manager");
    expect(await world.countLiving(person.id)).toBe(0);
    await open();
    await changeDisabled("console", person.id, true);
    expect(await world.countLiving(person.id)).toBe(0);
  });

  test("and none survives a reset that comes while somebody signs in with the old password", async () => {
    for (let round = 0; round < 20; round++) {
      const person = await world.addPerson();
      const credentials = { email: person.email, password: goodPassword };
      await Promise.all([
        signIn(credentials, nowhere),
        startSession(person.id, { passwordHash: person.hash, code: false }, nowhere),
        changeToFirstPassword("console", person, null),
        startSession(person.id, { passwordHash: person.hash, code: false }, nowhere),
      ]);
      expect(await startSession(person.id, { passwordHash: person.hash, code: false }, nowhere)).toBeNull();
      expect(await world.countLiving(person.id)).toBe(0);
    }
  });
});

async function getHash(id: string): Promise<string> {
  return (await world.query("select password_hash from staff where id = $1", [id])).rows[0].password_hash;
}
