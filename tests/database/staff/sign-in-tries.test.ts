import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getPool } from "@/lib/database/pool";
import { changeOwnPassword } from "@/lib/staff/own-account";
import { changeDisabled, changeRole, changeToFirstPassword } from "@/lib/staff/people";
import { type SignInOrigin, signIn } from "@/lib/staff/sign-in";
import { tryLimits } from "@/lib/staff/tries/limits";
import { countAnswers, goodPassword, openStaffWorld, watchSecurityLog } from "./staff-world";

const world = openStaffWorld();
beforeEach(() => {
  watchSecurityLog();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.removeEverybody();
});
afterAll(() => world.close());

const from = (address: string | null, device: SignInOrigin["device"] = null): SignInOrigin => ({
  address,
  userAgent: null,
  device,
});
const wrong = { ok: false, code: "wrong" };
const throttled = { ok: false, code: "throttled", retryAfter: expect.any(Number) };

/** Tries wrong passwords one after the other until one is not checked; returns how many were. */
async function failUntilThrottled(email: string, origin: (n: number) => SignInOrigin): Promise<number> {
  for (let n = 0; n < 100; n++) {
    const result = await signIn({ email, password: "not the password" }, origin(n));
    if (!result.ok && result.code === "throttled") return n;
    expect(result).toEqual(wrong);
  }
  throw new Error("nothing stops it");
}

/** Strangers from everywhere use up the "anywhere" tries of an account. */
const failEverywhere = (email: string) => failUntilThrottled(email, (n) => from(`198.51.${n}.1`));

async function signInRightly(email: string, origin: SignInOrigin) {
  const result = await signIn({ email, password: goodPassword }, origin);
  if (!result.ok) throw new Error(result.code);
  return result;
}

describe("wrong passwords from anywhere", () => {
  test("are looked at seven times, of fifteen at once, whether somebody has the e-mail or not", async () => {
    const { email } = await world.addPerson();
    for (const account of [email, "nobody@desk.example"]) {
      // Each from its own network, so that only the account's limit counts.
      const tries = Array.from({ length: 15 }, (_, n) =>
        signIn({ email: account, password: "not the password" }, from(`198.51.${n}.1`)),
      );
      expect(countAnswers(await Promise.all(tries))).toEqual({ wrong: 7, throttled: 8 });
    }
  });

  test("are looked at four times from one network, and so lock nobody out elsewhere", async () => {
    const { email } = await world.addPerson();
    expect(await failUntilThrottled(email, (n) => from(`203.0.113.${n}`))).toBe(4);
    expect(await failUntilThrottled(email.toUpperCase(), () => from("203.0.113.77"))).toBe(0);
    expect(await signIn({ email, password: goodPassword }, from("192.0.2.1"))).toMatchObject({ ok: true });
  });

  test("count a whole /64 of IPv6 as one network and one address", async () => {
    const { email } = await world.addPerson();
    expect(await failUntilThrottled(email, (n) => from(`2001:db8:0:7:${n + 1}::1`))).toBe(4);
    expect(await failUntilThrottled(email, () => from("2001:db8:0:8::1"))).toBe(3);
  });

  test("then refuse the right one too, from a new place, say how long, and end after a quarter of an hour", async () => {
    const { email } = await world.addPerson();
    expect(await failEverywhere(email)).toBe(7);
    const result = await signIn({ email, password: goodPassword }, from("192.0.2.1"));
    if (result.ok || result.code !== "throttled") throw new Error("not throttled");
    expect(result.retryAfter).toBeGreaterThan(14 * 60);
    expect(result.retryAfter).toBeLessThanOrEqual(15 * 60);
    await world.letPass(15);
    await signInRightly(email, from("192.0.2.1"));
  });

  test("stop one address that tries many accounts, whatever it succeeds in, and no other address", async () => {
    const { email } = await world.addPerson();
    await world.query(
      "insert into sign_in_attempts (account, address, succeeded) select 'account ' || n, '203.0.113.5', false from generate_series(1, $1) n",
      [tryLimits.address.tries - 1],
    );
    await signInRightly(email, from("203.0.113.5"));
    await world.query("delete from familiar_origins");
    const tries = Array.from({ length: 5 }, (_, n) =>
      signIn({ email: `${n}@desk.example`, password: "x" }, from("203.0.113.5")),
    );
    expect(countAnswers(await Promise.all(tries))).toEqual({ wrong: 1, throttled: 4 });
    expect(await signIn({ email, password: goodPassword }, from("203.0.113.5"))).toEqual(throttled);
    await signInRightly(email, from("203.0.113.6"));
  });

  test("from an address that is not known count for their account only", async () => {
    await world.query(
      "insert into sign_in_attempts (account, address, succeeded) select 'account ' || n, '', false from generate_series(1, 200) n",
    );
    const { email } = await world.addPerson();
    await signInRightly(email, from(null));
    expect(await failUntilThrottled(email, () => from(null))).toBe(7);
  });

  test("are not forgiven by a right one, since an attacker may wait for the person", async () => {
    const { email } = await world.addPerson();
    expect(await failUntilThrottled(email, () => from("203.0.113.5"))).toBe(4);
    await signInRightly(email, from("192.0.2.1"));
    expect(await failEverywhere(email)).toBe(3);
  });

  test("are forgotten after two days", async () => {
    const { email } = await world.addPerson();
    await world.query(
      "insert into sign_in_attempts (account, address, succeeded, attempted_at) select 'old', '', false, now() - interval '49 hours' from generate_series(1, 3)",
    );
    await signInRightly(email, from("192.0.2.1"));
    expect((await world.query("select succeeded from sign_in_attempts")).rows).toEqual([{ succeeded: true }]);
  });

  test("that are used up are refused without a connection to the database, and a familiar browser is not", async () => {
    const { email } = await world.addPerson();
    const { device } = await signInRightly(email, from("192.0.2.1"));
    await failEverywhere(email);
    // The first from a network asks whether it is familiar.
    await signIn({ email, password: "x" }, from("203.0.113.1"));
    const connect = vi.spyOn(getPool(), "connect");
    const tries = Array.from({ length: 100 }, (_, n) => signIn({ email, password: "x" }, from(`203.0.113.${n}`)));
    expect(countAnswers(await Promise.all(tries))).toEqual({ throttled: 100 });
    expect(connect).not.toHaveBeenCalled();
    await signInRightly(email, from("203.0.113.1", device));
    expect(connect).toHaveBeenCalled();
  });

  test("get no further tries by spelling the account in letters that the database lowers to others", async () => {
    const person = await world.addPerson();
    await world.query("update staff set email = 'milo@desk.example' where id = $1", [person.id]);
    const origin = from("192.0.2.1");
    expect(await signIn({ email: "m\u0130lo@desk.example", password: goodPassword }, origin)).toEqual(wrong);
    await signInRightly("MILO@desk.example", origin);
  });
});

describe("a browser that has signed in before", () => {
  test("has tries of its own for that account, which strangers do not use up", async () => {
    const { email } = await world.addPerson();
    const { device } = await signInRightly(email, from("192.0.2.1"));
    await failEverywhere(email);
    expect(await failUntilThrottled(email, () => from("203.0.113.9", device))).toBe(12);
    await world.letPass(24 * 60 - 1);
    await failEverywhere(email);
    expect(await signIn({ email, password: goodPassword }, from("203.0.113.9", device))).toEqual(throttled);
    await world.letPass(1);
    expect((await signInRightly(email, from("203.0.113.9", device))).device).toEqual(device);
  });

  test("takes nobody else's tries with its own", async () => {
    const { email } = await world.addPerson();
    const { device } = await signInRightly(email, from("192.0.2.1"));
    for (let n = 0; n < 12; n++) await signIn({ email, password: "no" }, from("203.0.113.9", device));
    expect(await failEverywhere(email)).toBe(7);
  });

  test("has none where the database does not know it: what a cookie says alone is worth nothing", async () => {
    const person = await world.addPerson();
    const forged = { staffId: person.id, id: randomUUID() };
    await failEverywhere(person.email);
    expect(await signIn({ email: person.email, password: goodPassword }, from("203.0.113.9", forged))).toEqual(
      throttled,
    );
  });

  test.each([
    ["a reset", (person: Person) => changeToFirstPassword("console", person, goodPassword)],
    ["disabling", (person: Person) => changeDisabled("console", person.id, true)],
  ])("is a stranger again after %s, as its network is", async (_what, change) => {
    const person = await world.addPerson();
    const { device } = await signInRightly(person.email, from("192.0.2.1"));
    expect(await change(person)).toMatchObject({ ok: true });
    expect((await world.query("select from familiar_origins")).rowCount).toBe(0);
    await failEverywhere(person.email);
    expect(await signIn({ email: person.email, password: goodPassword }, from("192.0.2.1", device))).toEqual(throttled);
  });

  test("stays one at another role, and is one of the last eight", async () => {
    const { email, id } = await world.addPerson();
    await world.addPerson("admin");
    const { device } = await signInRightly(email, from("192.0.2.1"));
    await changeRole("console", id, "manager");
    await failEverywhere(email);
    await signInRightly(email, from("203.0.113.9", device));
    for (let n = 0; n < 8; n++) {
      await world.letPass(15);
      await signInRightly(email, from("203.0.113.9"));
    }
    const { rows } = await world.query("select kind, mark from familiar_origins order by kind, signed_in_at desc");
    expect(rows.filter(({ kind }) => kind === "device")).toHaveLength(8);
    expect(rows.map(({ mark }) => mark)).not.toContain(device.id);
  });
});

type Person = { id: string; email: string; name: string };

describe("a network from which somebody has signed in lately", () => {
  test("keeps twelve tries a day for each account, also when strangers have used up everybody's", async () => {
    const [{ email }, colleague] = [await world.addPerson(), await world.addPerson()];
    await signInRightly(email, from("192.0.2.1"));
    await failEverywhere(email);
    await signInRightly(email, from("192.0.2.200"));
    expect(await failUntilThrottled(email, () => from("192.0.2.201"))).toBe(12);
    await failEverywhere(colleague.email);
    await signInRightly(colleague.email, from("192.0.2.202"));
  });

  test("tells no e-mail that somebody has from one that nobody has", async () => {
    const [{ email }, elsewhere] = [await world.addPerson(), await world.addPerson()];
    await signInRightly(email, from("192.0.2.1"));
    for (const account of [email, elsewhere.email, "nobody@desk.example"]) {
      expect(await failUntilThrottled(account, () => from("192.0.2.9"))).toBe(4 + 12);
      await failEverywhere(account);
    }
  });

  test("keeps no more than 240 a day for everybody in it, and 96 for an account in all of them", async () => {
    const { email } = await world.addPerson();
    await signInRightly(email, from("192.0.2.1"));
    await failEverywhere(email);
    const insert = `insert into sign_in_attempts (account, network, address, allowance, succeeded)
      select coalesce($1, 'account ' || n), $2, '', 'network', false from generate_series(1, $3::int) n`;
    await world.query(insert, [null, "192.0.2.0/24", 239]);
    expect(await failUntilThrottled(email, () => from("192.0.2.9"))).toBe(1);
    await world.query("delete from sign_in_attempts where allowance = 'network'");
    const { rows } = await world.query("select account from sign_in_attempts where not succeeded limit 1");
    await world.query(insert, [rows[0].account, "10.0.0.0/24", 95]);
    await world.letPass(0);
    expect(await failUntilThrottled(email, () => from("192.0.2.9"))).toBe(1);
  });

  test("is one for a month, and one of a person's last four", async () => {
    const { email } = await world.addPerson();
    for (let n = 1; n <= 5; n++) await signInRightly(email, from(`10.1.${n}.7`));
    await signInRightly(email, from("2001:db8::7"));
    const { rows } = await world.query(
      "select mark from familiar_origins where kind = 'network' order by signed_in_at",
    );
    expect(rows.map(({ mark }) => mark)).toEqual(["10.1.3.0/24", "10.1.4.0/24", "10.1.5.0/24", "2001:db8:0:0::/64"]);
    await failEverywhere(email);
    await world.query("update familiar_origins set signed_in_at = now() - interval '30 days'");
    expect(await signIn({ email, password: goodPassword }, from("10.1.5.7"))).toEqual(throttled);
  });
});

describe("changing one's own password", () => {
  const next = "gravel under blue harbour";

  test("is not stopped by strangers' failures at the sign-in", async () => {
    const person = await world.addPerson();
    const staff = world.asStaff(person, await world.openSession(person));
    await failEverywhere(person.email);
    expect(await changeOwnPassword(staff, { current: goodPassword, next }, "198.51.100.1")).toEqual({ ok: true });
  });

  test("has eight tries in two hours, says how long to wait, and does not stop the sign-in", async () => {
    const person = await world.addPerson();
    const staff = world.asStaff(person, await world.openSession(person));
    for (let n = 0; n < 8; n++) {
      const change = { current: "not it", next };
      expect(await changeOwnPassword(staff, change, `198.51.${n}.1`)).toMatchObject({ code: "wrong" });
    }
    expect(await changeOwnPassword(staff, { current: goodPassword, next }, null)).toMatchObject({
      code: "throttled",
      message: "Too many wrong passwords. Wait 2 hours and try again.",
    });
    expect(await failEverywhere(person.email)).toBe(7);
    await world.letPass(120);
    await signInRightly(person.email, from("192.0.2.1"));
    expect(await changeOwnPassword(staff, { current: goodPassword, next }, null)).toEqual({ ok: true });
  });
});
