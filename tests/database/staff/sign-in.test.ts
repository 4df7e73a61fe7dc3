import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getSessionStaff } from "@/lib/staff/session/sessions";
import { signIn } from "@/lib/staff/sign-in";
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

test("each refused try is one line in the security log, without e-mail, address or password", async () => {
  for (let n = 0; n < 5; n++) {
    await signIn({ email: "mara\r\n\u001b[31m@desk.example", password: "hunter2hunter2" }, from("192.0.2.44"));
  }
  expect(lines.map((line) => JSON.parse(line).event)).toEqual([
    ...Array.from({ length: 4 }, () => "sign_in_failed"),
    "sign_in_throttled",
  ]);
  expect(lines.join("")).not.toMatch(/mara|desk\.example|192\.0\.2|hunter2/);
  expect(lines.join("")).not.toContain("\u001b");
  for (const line of lines) expect(line.trimEnd()).not.toMatch(/[\r\n]/);
});
