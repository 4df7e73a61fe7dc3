import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getSessionStaff } from "@/lib/staff/sessions";
import { signIn } from "@/lib/staff/sign-in";
import { throttleLimits } from "@/lib/staff/throttle";
import { goodPassword, openStaffWorld, watchSecurityLog } from "./staff-world";

const world = openStaffWorld();
const from = (address: string | null) => ({ address, userAgent: "Mozilla/5.0 Firefox/140.0" });
const nowhere = from(null);
const wrong = { ok: false, code: "wrong" };
let lines: string[];
beforeEach(() => {
  lines = watchSecurityLog();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.removeEverybody();
});
afterAll(() => world.close());

const countAnswers = (results: { ok: boolean; code?: string }[]) => {
  const counts: Record<string, number> = {};
  for (const { ok, code } of results) counts[ok ? "ok" : (code ?? "")] = (counts[ok ? "ok" : (code ?? "")] ?? 0) + 1;
  return counts;
};

describe("signing in", () => {
  test("opens a session that remembers browser and address", async () => {
    const person = await world.addPerson("manager");
    const result = await signIn({ email: person.email, password: goodPassword }, from("192.0.2.7"));
    if (!result.ok) throw new Error(result.code);
    expect(await getSessionStaff(result.sessionId)).toMatchObject({ id: person.id, role: "manager" });
    const { rows } = await world.query("select address, user_agent from staff_sessions");
    expect(rows).toEqual([{ address: "192.0.2.7", user_agent: "Mozilla/5.0 Firefox/140.0" }]);
  });

  test("takes the e-mail in any case and with spaces around", async () => {
    const { email } = await world.addPerson();
    expect(await signIn({ email: ` ${email.toUpperCase()} `, password: goodPassword }, nowhere)).toMatchObject({
      ok: true,
    });
  });

  test("gives a wrong password, an unknown e-mail and a disabled person one and the same answer", async () => {
    const [person, gone] = [await world.addPerson(), await world.addPerson()];
    await world.query("update staff set disabled_at = now() where id = $1", [gone.id]);
    expect(await signIn({ email: person.email, password: "not the password" }, nowhere)).toEqual(wrong);
    expect(await signIn({ email: "nobody@desk.example", password: goodPassword }, nowhere)).toEqual(wrong);
    expect(await signIn({ email: gone.email, password: goodPassword }, nowhere)).toEqual(wrong);
    expect(await world.query("select from staff_sessions")).toMatchObject({ rowCount: 0 });
  });

  test("answers everything that is no e-mail and password with no more than that", async () => {
    const { email } = await world.addPerson();
    const odd: unknown[] = [
      null,
      [],
      "text",
      { email },
      { email: { not: "" }, password: goodPassword },
      { email: [email], password: goodPassword },
      { email, password: { not: "" } },
      { email, password: goodPassword, role: "admin" },
      { email: `${email}\0`, password: goodPassword },
      { email: "\ud800", password: "\udc00" },
      { email, password: "\0" },
      { email: "a".repeat(321), password: goodPassword },
      { email, password: "p".repeat(1025) },
      { email: "%", password: goodPassword },
    ];
    for (const input of odd) expect(await signIn(input, nowhere), JSON.stringify(input)).toEqual(wrong);
  });
});

describe("the throttle", () => {
  test("lets exactly ten of thirty tries at once look at a password", async () => {
    const { email } = await world.addPerson();
    const tries = Array.from({ length: 30 }, () => signIn({ email, password: "not the password" }, nowhere));
    expect(countAnswers(await Promise.all(tries))).toEqual({
      wrong: throttleLimits.account,
      throttled: 30 - throttleLimits.account,
    });
  });

  test("then refuses the right password too, from anywhere, and says how long", async () => {
    const { email } = await world.addPerson();
    for (let n = 0; n < throttleLimits.account; n++) await signIn({ email, password: "not it" }, from("192.0.2.1"));
    const result = await signIn({ email, password: goodPassword }, from("198.51.100.9"));
    expect(result).toEqual({ ok: false, code: "throttled", retryAfter: expect.any(Number) });
    if (result.ok || result.code !== "throttled") throw new Error("not throttled");
    expect(result.retryAfter).toBeGreaterThan(14 * 60);
    expect(result.retryAfter).toBeLessThanOrEqual(15 * 60);
  });

  test("treats an e-mail that nobody has the same", async () => {
    const tries = Array.from({ length: 15 }, () => signIn({ email: "Nobody@desk.example", password: "x" }, nowhere));
    expect(countAnswers(await Promise.all(tries))).toEqual({ wrong: 10, throttled: 5 });
    expect(await signIn({ email: "nobody@DESK.example", password: "x" }, nowhere)).toMatchObject({ code: "throttled" });
  });

  test("forgets an account's failures when it signs in, and after a quarter of an hour", async () => {
    const { email } = await world.addPerson();
    const fail = async (times: number) => {
      for (let n = 0; n < times; n++) expect(await signIn({ email, password: "not it" }, nowhere)).toEqual(wrong);
    };
    await fail(9);
    expect(await signIn({ email, password: goodPassword }, nowhere)).toMatchObject({ ok: true });
    await fail(10);
    expect(await signIn({ email, password: goodPassword }, nowhere)).toMatchObject({ code: "throttled" });
    await world.query("update sign_in_attempts set attempted_at = attempted_at - interval '15 minutes'");
    expect(await signIn({ email, password: goodPassword }, nowhere)).toMatchObject({ ok: true });
  });

  test("stops one address that tries many accounts, whatever it succeeds in, and no other address", async () => {
    const { email } = await world.addPerson();
    const attacker = from("203.0.113.5");
    await world.query(
      "insert into sign_in_attempts (account, address, succeeded) select 'account ' || n, '203.0.113.5', false from generate_series(1, $1) n",
      [throttleLimits.address - 1],
    );
    expect(await signIn({ email, password: goodPassword }, attacker)).toMatchObject({ ok: true });
    const tries = Array.from({ length: 20 }, (_, n) => signIn({ email: `${n}@desk.example`, password: "x" }, attacker));
    expect(countAnswers(await Promise.all(tries))).toEqual({ wrong: 1, throttled: 19 });
    expect(await signIn({ email, password: goodPassword }, attacker)).toMatchObject({ code: "throttled" });
    expect(await signIn({ email, password: goodPassword }, from("203.0.113.6"))).toMatchObject({ ok: true });
  });

  test("does not count an address that is not known", async () => {
    await world.query(
      "insert into sign_in_attempts (account, address, succeeded) select 'account ' || n, '', false from generate_series(1, 200) n",
    );
    const { email } = await world.addPerson();
    expect(await signIn({ email, password: goodPassword }, nowhere)).toMatchObject({ ok: true });
  });

  test("forgets tries after a week", async () => {
    const { email } = await world.addPerson();
    await world.query(
      "insert into sign_in_attempts (account, address, succeeded, attempted_at) values ('old', '', false, now() - interval '8 days')",
    );
    await signIn({ email, password: goodPassword }, nowhere);
    const { rows } = await world.query("select succeeded from sign_in_attempts");
    expect(rows).toEqual([{ succeeded: true }]);
  });
});

test("each refused try is one line in the security log, without e-mail, address or password", async () => {
  for (let n = 0; n < 11; n++) {
    await signIn({ email: "mara\r\n\u001b[31m@desk.example", password: "hunter2hunter2" }, from("192.0.2.44"));
  }
  expect(lines.map((line) => JSON.parse(line).event)).toEqual([
    ...Array.from({ length: 10 }, () => "sign_in_failed"),
    "sign_in_throttled",
  ]);
  expect(lines.join("")).not.toMatch(/mara|desk\.example|192\.0\.2|hunter2/);
  expect(lines.join("")).not.toContain("\u001b");
  for (const line of lines) expect(line.trimEnd()).not.toMatch(/[\r\n]/);
});

describe("a flood of tries", () => {
  test("on one account is refused at the door, and leaves the pool to the desk", async () => {
    const { email } = await world.addPerson();
    const tries = Array.from({ length: 60 }, () => signIn({ email, password: "not the password" }, nowhere));
    const answers = countAnswers(await Promise.all(tries));
    expect(answers.busy).toBeGreaterThanOrEqual(60 - 34);
    expect(answers.ok).toBeUndefined();
    expect(await signIn({ email: "somebody.else@desk.example", password: goodPassword }, nowhere)).toEqual(wrong);
  });

  test("gets no further tries by spelling the account in letters that the database lowers to others", async () => {
    const person = await world.addPerson();
    await world.query("update staff set email = 'milo@desk.example' where id = $1", [person.id]);
    expect(await signIn({ email: "m\u0130lo@desk.example", password: goodPassword }, nowhere)).toEqual(wrong);
    expect(await signIn({ email: "MILO@desk.example", password: goodPassword }, nowhere)).toMatchObject({ ok: true });
  });
});
