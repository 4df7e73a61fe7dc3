import { describe, expect, test } from "vitest";
import { HashingBusyError } from "@/lib/staff/password/hashing-busy";
import { hashPassword, verifyPassword } from "@/lib/staff/password/password";
import { findPasswordProblem, generatePassword } from "@/lib/staff/password/password-rules";

const mara = { email: "mara.lindqvist@northlight.example", name: "Mara Lindqvist" };

describe("a chosen password", () => {
  test.each([
    "tangerine lamp quarry 9",
    "correct horse battery staple",
    "山田の秘密の合言葉は長いです",
    "🌱🌵🌲🌳🌴🌱🍀🌿☘️🍃🍂🍁",
    "xK9#mQ2$vL5!",
    `${"ab1!".repeat(3)}tangerine lamp quarry ${"z9".repeat(40)}`,
    generatePassword(),
  ])("%s is taken", (password) => expect(findPasswordProblem(password, mara)).toBeNull());

  test.each([
    ["elevenchars", /at least 12/],
    ["🌱🌵🌲🌳🌴", /at least 12/],
    [`${"tangerine lamp ".repeat(18)}`, /at most 256/],
    ["password1234", /easy to guess/],
    ["Password1234!", /easy to guess/],
    ["123456789012", /easy to guess/],
    ["qwertyuiop12", /easy to guess/],
    ["aaaaaaaaaaaaaaaa", /easy to guess/],
    ["iloveyouiloveyou", /easy to guess/],
    ["mara.lindqvist@northlight.example", /name or e-mail/],
    ["MaraLindqvist1", /name or e-mail/],
    ["lindqvist-mara-26", /name or e-mail/],
    ["Northlight2026", /name or e-mail|easy/],
    ["tangerine lamp\0quarry", /can be typed/],
    ["tangerine lamp\ud800quarry", /can be typed/],
  ])("%j is refused and told why", (password, reason) => expect(findPasswordProblem(password, mara)).toMatch(reason));
});

test("made passwords are all different and hold nothing that is easily misread", () => {
  const made = new Set(Array.from({ length: 500 }, generatePassword));
  expect(made.size).toBe(500);
  for (const password of made)
    expect(password).toMatch(/^([abcdefghjkmnpqrstuvwxyz2-9]{5}-){3}[abcdefghjkmnpqrstuvwxyz2-9]{5}$/);
});

describe("a stored password", () => {
  test("is an argon2id hash with the documented parameters, never the same twice", async () => {
    const [one, two] = await Promise.all([hashPassword("tangerine lamp"), hashPassword("tangerine lamp")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
  });

  test("matches itself, however its accents were typed, and nothing else", async () => {
    const stored = await hashPassword("quatre caf\u00e9s l\u00e9gers");
    expect(await verifyPassword(stored, "quatre cafe\u0301s le\u0301gers")).toBe(true);
    expect(await verifyPassword(stored, "quatre cafes legers")).toBe(false);
    expect(await verifyPassword("no hash at all", "quatre cafes legers")).toBe(false);
    expect(await verifyPassword(null, "quatre cafes legers")).toBe(false);
  });

  test("costs the same work when there is nobody to match: two hashes at once, no more", async () => {
    const flood = Array.from({ length: 60 }, () => verifyPassword(null, "tangerine lamp"));
    const results = await Promise.allSettled(flood);
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(60 - 34);
    for (const result of refused) expect((result as PromiseRejectedResult).reason).toBeInstanceOf(HashingBusyError);
    expect(await verifyPassword(null, "afterwards there is room again")).toBe(false);
  });
});
