import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { changeOwnName, changeOwnPassword, changePreferences } from "@/lib/staff/own-account";
import { changeDisabled, changeRole, changeToFirstPassword, createStaff, type NewStaff } from "@/lib/staff/people";
import { getStaffMember, listStaff } from "@/lib/staff/queries";
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

const mara: NewStaff = {
  email: "mara@desk.example",
  name: "Mara Lindqvist",
  role: "agent",
  password: null,
  mustChangePassword: true,
};

describe("adding somebody", () => {
  test("makes a first password that works and must be changed", async () => {
    const result = await createStaff("console", mara);
    if (!result.ok) throw new Error(result.message);
    expect(result.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(await signIn({ email: mara.email, password: result.password }, nowhere)).toMatchObject({ ok: true });
    expect(await listStaff()).toMatchObject([{ email: mara.email, mustChangePassword: true, disabledAt: null }]);
  });

  test("with a typed password does not repeat it, and refuses a poor one", async () => {
    expect(await createStaff("console", { ...mara, password: "password1234" })).toMatchObject({ field: "password" });
    expect(await createStaff("console", { ...mara, password: "lindqvist-mara" })).toMatchObject({ field: "password" });
    expect(await createStaff("console", { ...mara, password: goodPassword })).toMatchObject({
      ok: true,
      password: null,
    });
  });

  test("twice, ten times at once, in any spelling of the e-mail, adds them once", async () => {
    const spellings = Array.from({ length: 10 }, (_, n) => (n % 2 ? mara.email : mara.email.toUpperCase()));
    const results = await Promise.all(spellings.map((email) => createStaff("console", { ...mara, email })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === "taken")).toHaveLength(9);
    expect(await getStaffMember({ email: "MARA@desk.example" })).toMatchObject({ name: mara.name });
  });
});

describe("the last active admin", () => {
  test("keeps the role and cannot be disabled, not even from the console", async () => {
    const admin = await world.addPerson("admin");
    const disabled = await world.addPerson("admin");
    await world.query("update staff set disabled_at = now() where id = $1", [disabled.id]);
    for (const actor of ["console", { staffId: admin.id }] as const) {
      expect(await changeRole(actor, admin.id, "agent")).toMatchObject({ ok: false, code: "last_admin" });
      expect(await changeDisabled(actor, admin.id, true)).toMatchObject({ ok: false, code: "last_admin" });
    }
    expect(await world.listActiveAdmins()).toEqual([admin.id]);
  });

  test("is left over when two admins demote each other at once, every time", async () => {
    for (let round = 0; round < 30; round++) {
      const [one, two] = [await world.addPerson("admin"), await world.addPerson("admin")];
      const results = await Promise.all([
        changeRole({ staffId: one.id }, two.id, "agent"),
        changeRole({ staffId: two.id }, one.id, "agent"),
      ]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await world.listActiveAdmins()).toHaveLength(1);
      await world.removeEverybody();
    }
  });

  test("is left over when five admins disable and demote each other and themselves at once", async () => {
    for (let round = 0; round < 10; round++) {
      const admins = await Promise.all(Array.from({ length: 5 }, () => world.addPerson("admin")));
      const changes = admins.flatMap((actor) =>
        admins.map((target, n) =>
          n % 2
            ? changeRole({ staffId: actor.id }, target.id, "manager")
            : changeDisabled({ staffId: actor.id }, target.id, true),
        ),
      );
      await Promise.all(changes);
      expect(await world.listActiveAdmins()).toHaveLength(1);
      await world.removeEverybody();
    }
  });
});

describe("an admin", () => {
  test("who is none any more changes nothing, whatever the page still offered", async () => {
    await world.addPerson("admin");
    const [former, person] = [await world.addPerson("admin"), await world.addPerson()];
    await changeRole("console", former.id, "agent");
    const actor = { staffId: former.id };
    const results = [
      await changeRole(actor, former.id, "admin"),
      await changeDisabled(actor, person.id, true),
      await changeToFirstPassword(actor, person, goodPassword),
      await createStaff(actor, mara),
    ];
    for (const result of results) expect(result).toMatchObject({ ok: false, code: "forbidden" });
    expect(await signIn({ email: person.email, password: goodPassword }, nowhere)).toMatchObject({ ok: true });
  });

  test("resets a password to one that must be changed; the old one is gone", async () => {
    const person = await world.addPerson();
    const result = await changeToFirstPassword("console", person, null);
    if (!result.ok || !result.password) throw new Error("no password was made");
    expect(await signIn({ email: person.email, password: goodPassword }, nowhere)).toMatchObject({ code: "wrong" });
    expect(await signIn({ email: person.email, password: result.password }, nowhere)).toMatchObject({ ok: true });
    expect(await listStaff()).toMatchObject([{ mustChangePassword: true }]);
  });

  test("disables and enables; the same twice is no error and keeps since when", async () => {
    const person = await world.addPerson();
    const since = async () => (await listStaff())[0]?.disabledAt;
    expect(await changeDisabled("console", person.id, true)).toEqual({ ok: true });
    const first = await since();
    expect(await changeDisabled("console", person.id, true)).toEqual({ ok: true });
    expect(await since()).toEqual(first);
    expect(await changeDisabled("console", person.id, false)).toEqual({ ok: true });
    expect(await since()).toBeNull();
  });

  test("hears that somebody is not on the list", async () => {
    const nobody = { id: "00000000-0000-4000-8000-000000000000", email: "a@b.example", name: "Nobody" };
    expect(await changeRole("console", nobody.id, "agent")).toMatchObject({ code: "unknown" });
    expect(await changeDisabled("console", nobody.id, true)).toMatchObject({ code: "unknown" });
    expect(await changeToFirstPassword("console", nobody, null)).toMatchObject({ code: "unknown" });
  });

  test("leaves the sessions of somebody who has that role already", async () => {
    const person = await world.addPerson();
    await world.openSession(person);
    expect(await changeRole("console", person.id, "agent")).toEqual({ ok: true });
    expect(await world.countLiving(person.id)).toBe(1);
  });
});

describe("one's own account", () => {
  test("takes a new password for the current one, and no poor, equal or unconfirmed one", async () => {
    const person = await world.addPerson();
    const staff = world.asStaff(person, await world.openSession(person));
    const change = (current: string, next: string) => changeOwnPassword(staff, { current, next }, null);
    expect(await change("not the password", "gravel under blue harbour")).toMatchObject({
      code: "wrong",
      field: "current",
    });
    expect(await change(goodPassword, "short")).toMatchObject({ code: "invalid", field: "next" });
    expect(await change(goodPassword, goodPassword)).toMatchObject({ code: "invalid", field: "next" });
    expect(await change(goodPassword, "gravel under blue harbour")).toEqual({ ok: true });
    expect(await signIn({ email: person.email, password: goodPassword }, nowhere)).toMatchObject({ code: "wrong" });
  });

  test("opens the desk to a newcomer once the first password is changed", async () => {
    const person = await world.addPerson();
    await world.query("update staff set must_change_password = true where id = $1", [person.id]);
    const staff = world.asStaff(person, await world.openSession(person));
    await changeOwnPassword(staff, { current: goodPassword, next: "gravel under blue harbour" }, null);
    expect(await listStaff()).toMatchObject([{ mustChangePassword: false }]);
  });

  test("counts wrong current passwords, apart from tries to sign in", async () => {
    const person = await world.addPerson();
    const staff = world.asStaff(person, await world.openSession(person));
    const codes: string[] = [];
    for (let tried = 0; tried < 10; tried++) {
      const result = await changeOwnPassword(staff, { current: "not it", next: "gravel under blue harbour" }, null);
      codes.push(result.ok ? "ok" : result.code);
    }
    expect(codes).toEqual([...Array(8).fill("wrong"), "throttled", "throttled"]);
  });

  test("changed twice at once is changed once: the second no longer confirms it", async () => {
    const person = await world.addPerson();
    const staff = world.asStaff(person, await world.openSession(person));
    const results = await Promise.all(
      ["gravel under blue harbour", "seven quiet violet doors"].map((next) =>
        changeOwnPassword(staff, { current: goodPassword, next }, null),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("keeps other preferences when one changes, and mends odd ones", async () => {
    const person = await world.addPerson();
    const stored = async () => (await world.query("select preferences from staff")).rows[0].preferences;
    await world.query('update staff set preferences = \'{"columns": ["name"]}\'');
    await changePreferences(person.id, { theme: "dark", keys: false });
    expect(await stored()).toEqual({ columns: ["name"], theme: "dark", keys: false });
    await world.query("update staff set preferences = '[1, 2]'");
    await changePreferences(person.id, { theme: "light" });
    expect(await stored()).toEqual({ theme: "light" });
  });

  test("takes a name in any script", async () => {
    const person = await world.addPerson();
    await changeOwnName(person.id, "山田 太郎 🌱");
    expect(await listStaff()).toMatchObject([{ name: "山田 太郎 🌱" }]);
  });
});
