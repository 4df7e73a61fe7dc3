import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { authOptions, type SignInReport } from "@/lib/staff/auth";
import { changeRole, changeRoleToProvider, removeIdentity } from "@/lib/staff/people";
import { confirmIdentity, type PendingIdentity, signInByProvider } from "@/lib/staff/provider/identities";
import type { ProviderPerson } from "@/lib/staff/provider/openid-claims";
import { getSessionStaff, startSession } from "@/lib/staff/session/sessions";
import { signIn } from "@/lib/staff/sign-in";
import { goodPassword, openStaffWorld, watchSecurityLog } from "./staff-world";

const world = openStaffWorld();
let lines: string[];
beforeEach(() => {
  lines = watchSecurityLog();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.removeEverybody();
});
afterAll(() => world.close());

const nowhere = { address: null, userAgent: null };
const ada: ProviderPerson = {
  issuer: "https://id.example",
  subject: "ada-1",
  email: "ada@example.com",
  emailVerified: true,
  name: "Ada Keller",
  role: "agent",
};
const come = (change: Partial<ProviderPerson> = {}, domains = ["example.com"]) =>
  signInByProvider({ ...ada, ...change }, { domains }, nowhere);

async function comeIn(change: Partial<ProviderPerson> = {}) {
  const result = await come(change);
  if (!result.ok) throw new Error(JSON.stringify(result));
  const staff = await getSessionStaff(result.sessionId);
  if (!staff) throw new Error("no session");
  return staff;
}

async function comePending(change: Partial<ProviderPerson>): Promise<PendingIdentity> {
  const result = await come(change);
  if (result.ok || !("pending" in result)) throw new Error(JSON.stringify(result));
  return result.pending;
}

const countPeople = async () => (await world.query("select from staff")).rowCount;
const listIdentities = async () =>
  (await world.query("select subject, staff_id, email from staff_identities order by subject")).rows;

describe("a token", () => {
  const provider = {
    issuer: "https://login.microsoftonline.com/tenant-a/v2.0",
    clientId: "desk",
    clientSecret: "secret",
    name: "Nordwind ID",
    roles: null,
    domains: ["example.com"],
    only: false,
  };
  /** The result of the sign-in callback for somebody whom openid-client has accepted. */
  async function takeFrom(iss: string) {
    const report: SignInReport = {};
    const options = authOptions({ secure: false, origin: nowhere, provider, step: null, report });
    const profile = { iss, sub: "ada-1", email: "ada@example.com", email_verified: true };
    const account = { provider: "company", type: "oauth" as const, providerAccountId: "ada-1" };
    const taken = await options.callbacks?.signIn?.({ user: { id: "ada-1" }, account, profile });
    return { taken, report };
  }

  test("of another issuer than the desk is set up for opens nothing", async () => {
    expect(await takeFrom("https://login.microsoftonline.com/tenant-b/v2.0")).toEqual({
      taken: false,
      report: { provider: { ok: false, problem: "issuer" } },
    });
    expect(await countPeople()).toBe(0);
  });

  test("of that issuer does, also with a slash at its end", async () => {
    expect((await takeFrom(`${provider.issuer}/`)).taken).toBe(true);
    expect(await countPeople()).toBe(1);
  });
});

describe("somebody new", () => {
  test("is added with name, e-mail and role, and has no password", async () => {
    expect(await comeIn()).toMatchObject({
      email: "ada@example.com",
      name: "Ada Keller",
      role: "agent",
      hasPassword: false,
    });
    expect(lines.some((line) => line.includes("provider_person_added"))).toBe(true);
    expect(lines.join()).not.toMatch(/ada@|keller/i);
  });

  test("without a name gets one from the e-mail; where no roles are asked for, an agent's", async () => {
    expect(await comeIn({ name: null, role: "not asked" })).toMatchObject({ name: "Ada", role: "agent" });
  });

  test.each([
    ["domain", { email: "ada@example.org" }],
    ["domain", { email: "ada@evil-example.com" }],
    ["domain", { email: "ada@mail.example.com" }],
    ["unverified", { emailVerified: false }],
    ["no_email", { email: null }],
    ["no_role", { role: null }],
  ] as const)("is refused as %s with %o, and nothing is kept", async (problem, change) => {
    expect(await come(change)).toEqual({ ok: false, problem });
    expect(await countPeople()).toBe(0);
  });

  test("is added once, however many tabs come at the same time", async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => come()));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(await countPeople()).toBe(1);
  });

  test("cannot sign in by any password", async () => {
    await comeIn();
    for (const password of ["", " ", "null", goodPassword]) {
      expect(await signIn({ email: "ada@example.com", password }, nowhere)).toEqual({ ok: false, code: "wrong" });
    }
  });
});

describe("somebody known", () => {
  test("is found by issuer and subject, whatever the e-mail is now, which the desk takes over", async () => {
    const { id } = await comeIn();
    expect(await comeIn({ email: "ada.lovelace@example.com" })).toMatchObject({
      id,
      email: "ada.lovelace@example.com",
    });
    expect(await comeIn({ email: null, emailVerified: false })).toMatchObject({
      id,
      email: "ada.lovelace@example.com",
    });
    expect(await comeIn({ email: "eve@example.org", emailVerified: false })).toMatchObject({
      email: "ada.lovelace@example.com",
    });
  });

  test("does not get an e-mail that somebody else has", async () => {
    const other = await world.addPerson();
    await comeIn();
    expect(await comeIn({ email: other.email })).toMatchObject({ email: "ada@example.com" });
  });

  test("is another person under another subject or issuer, though the e-mail is the same", async () => {
    const { id } = await comeIn();
    expect(await comePending({ subject: "ada-2" })).toMatchObject({ staffId: id });
    expect(await comePending({ issuer: "https://other.example" })).toMatchObject({ staffId: id });
  });

  test("who is disabled gets no session", async () => {
    const { id } = await comeIn();
    await world.query("update staff set disabled_at = now() where id = $1", [id]);
    await world.query("delete from staff_sessions");
    expect(await come()).toEqual({ ok: false, problem: "disabled" });
    expect((await world.query("select from staff_sessions")).rowCount).toBe(0);
  });
});

describe("the role", () => {
  test("is derived anew at each sign-in, and a change ends the other sessions", async () => {
    await world.addPerson("admin");
    const before = await comeIn();
    expect(await comeIn({ role: "manager" })).toMatchObject({ role: "manager" });
    expect(await getSessionStaff(before.sessionId)).toBeNull();
    const same = await comeIn({ role: "manager" });
    await comeIn({ role: "manager" });
    expect(await getSessionStaff(same.sessionId)).not.toBeNull();
  });

  test("that is gone ends all sessions and refuses", async () => {
    await world.addPerson("admin");
    const { sessionId } = await comeIn();
    expect(await come({ role: null })).toEqual({ ok: false, problem: "no_role" });
    expect(await getSessionStaff(sessionId)).toBeNull();
  });

  test("that is gone keeps them out by password too, until the provider gives one again or an admin does", async () => {
    await world.addPerson("admin");
    const person = await world.addPerson("manager");
    const credentials = { email: person.email, password: goodPassword };
    await signIn(credentials, { ...nowhere, pending: await comePending({ email: person.email }) });
    await changeRoleToProvider("console", person.id);
    const proof = { passwordHash: person.hash, code: true };
    const wrong = { ok: false, code: "wrong" };
    for (const comesBack of [
      () => comeIn({ role: "manager" }),
      () => comeIn({ role: "agent" }),
      () => changeRole("console", person.id, "agent"),
      () => changeRole("console", person.id, "manager"),
    ]) {
      await changeRoleToProvider("console", person.id);
      expect(await signIn(credentials, nowhere)).toMatchObject({ ok: true });
      const other = await comePending({ email: person.email, subject: "ada-2" });
      expect(await come({ role: null })).toEqual({ ok: false, problem: "no_role" });
      // It does not ask for a code either, because that would reveal that the password is right.
      await world.query("insert into second_factors (staff_id, secret, confirmed_at) values ($1, '', now())", [
        person.id,
      ]);
      expect(await signIn(credentials, nowhere)).toEqual(wrong);
      // As of a sign-in that was under way, and of another identity that is theirs.
      expect(await startSession(person.id, proof, nowhere)).toBeNull();
      expect(await confirmIdentity(other, proof, nowhere, null)).toBeNull();
      expect(await world.countLiving(person.id)).toBe(0);
      await world.query("delete from second_factors");
      await comesBack();
      expect(await signIn(credentials, nowhere)).toMatchObject({ ok: true });
    }
  });

  test("that is gone stays gone when an admin unlinks them, and they are no admin any more", async () => {
    const last = await world.addPerson("admin");
    const { id } = await comeIn({ role: "admin" });
    expect(await come({ role: null })).toEqual({ ok: false, problem: "no_role" });
    expect(await changeRole({ staffId: id }, last.id, "agent")).toMatchObject({ code: "forbidden" });
    expect(await changeRole("console", last.id, "agent")).toMatchObject({ code: "last_admin" });
    await removeIdentity("console", id);
    const { rows } = await world.query("select role_refused_at from staff where id = $1", [id]);
    expect(rows[0].role_refused_at).not.toBeNull();
  });

  test("that an admin gave by hand stays, until an admin leaves it to the provider again", async () => {
    await world.addPerson("admin");
    const { id } = await comeIn();
    await changeRole("console", id, "manager");
    expect(await comeIn({ role: "agent" })).toMatchObject({ role: "manager" });
    expect(await comeIn({ role: null })).toMatchObject({ role: "manager" });
    expect(await changeRoleToProvider("console", id)).toEqual({ ok: true });
    expect(await comeIn({ role: "agent" })).toMatchObject({ role: "agent" });
  });

  test("given by hand stays also where it is the one that they have", async () => {
    await world.addPerson("admin");
    const { id } = await comeIn();
    await changeRole("console", id, "agent");
    expect(await comeIn({ role: "admin" })).toMatchObject({ role: "agent" });
  });

  test("of the last admin stays, whatever the provider says, until there is another", async () => {
    await comeIn({ role: "admin" });
    expect(await comeIn({ role: "agent" })).toMatchObject({ role: "admin" });
    expect(await comeIn({ role: null })).toMatchObject({ role: "admin" });
    expect(lines.filter((line) => line.includes("provider_role_kept"))).toHaveLength(2);
    await world.addPerson("admin");
    expect(await comeIn({ role: "agent" })).toMatchObject({ role: "agent" });
  });

  test("of two admins who are both demoted at once stays with one", async () => {
    await comeIn({ role: "admin" });
    await comeIn({ subject: "eve-1", email: "eve@example.com", role: "admin" });
    await Promise.all([come({ role: "agent" }), come({ subject: "eve-1", email: "eve@example.com", role: "agent" })]);
    expect(await world.listActiveAdmins()).toHaveLength(1);
  });
});

describe("somebody of the desk who comes by the provider for the first time", () => {
  const confirm = (person: { email: string }, given: PendingIdentity, password = goodPassword) =>
    signIn({ email: person.email, password }, { ...nowhere, pending: given });

  test("gets no session by the e-mail alone", async () => {
    const person = await world.addPerson("admin");
    const given = await comePending({ email: person.email });
    expect(given).toEqual({ issuer: ada.issuer, subject: "ada-1", staffId: person.id, email: person.email });
    expect(await listIdentities()).toEqual([]);
    expect(await world.countLiving(person.id)).toBe(0);
  });

  test("confirms it with the password, and needs none from then on; role and e-mail stay", async () => {
    const person = await world.addPerson("manager");
    expect(await confirm(person, await comePending({ email: person.email }))).toMatchObject({ ok: true });
    expect(await listIdentities()).toEqual([{ subject: "ada-1", staff_id: person.id, email: person.email }]);
    expect(await comeIn({ email: "new@example.com" })).toMatchObject({
      id: person.id,
      role: "manager",
      email: person.email,
    });
  });

  test("with a first password need not change it, because nobody signs in with it any more", async () => {
    const person = await world.addPerson();
    await world.query("update staff set must_change_password = true where id = $1", [person.id]);
    const result = await confirm(person, await comePending({ email: person.email }));
    expect(result.ok && (await getSessionStaff(result.sessionId))?.mustChangePassword).toBe(false);
    const byPassword = await signIn({ email: person.email, password: goodPassword }, nowhere);
    expect(byPassword.ok && (await getSessionStaff(byPassword.sessionId))?.mustChangePassword).toBe(true);
  });

  test("confirms nothing with a wrong password, nor with the password of another", async () => {
    const [person, other] = [await world.addPerson(), await world.addPerson()];
    const given = await comePending({ email: person.email });
    expect(await confirm(person, given, "not the password")).toEqual({ ok: false, code: "wrong" });
    expect(await confirm(other, given)).toEqual({ ok: false, code: "wrong" });
    expect(await listIdentities()).toEqual([]);
    expect(await world.countLiving(other.id)).toBe(0);
  });

  test("who is disabled before they confirm stays out", async () => {
    const person = await world.addPerson();
    const given = await comePending({ email: person.email });
    await world.query("update staff set disabled_at = now() where id = $1", [person.id]);
    expect(await confirm(person, given)).toEqual({ ok: false, code: "wrong" });
    expect(await come({ email: person.email })).toEqual({ ok: false, problem: "disabled" });
    expect(await listIdentities()).toEqual([]);
  });

  test("has one identity of an issuer: the one confirmed last", async () => {
    const person = await world.addPerson();
    await confirm(person, await comePending({ email: person.email }));
    await confirm(person, await comePending({ email: person.email, subject: "ada-2" }));
    expect(await listIdentities()).toEqual([{ subject: "ada-2", staff_id: person.id, email: person.email }]);
  });

  test("is unlinked by an admin, signed out, and confirms again", async () => {
    const person = await world.addPerson();
    await confirm(person, await comePending({ email: person.email }));
    expect(await removeIdentity("console", person.id)).toEqual({ ok: true });
    expect(await world.countLiving(person.id)).toBe(0);
    await comePending({ email: person.email });
  });
});
