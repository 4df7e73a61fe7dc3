import { generate } from "otplib";
import { describe, expect, test, vi } from "vitest";
import { findStep, hashRecoveryCode, makeRecoveryCodes, makeSecret, printSetUpUri } from "@/lib/staff/factor/codes";
import { openSecret, sealSecret } from "@/lib/staff/factor/sealed-secret";

process.env.NEXTAUTH_SECRET ??= "a secret for the tests of the second factor";
const ada = "2b6fca0c-5d0b-4b2a-9d9b-000000000001";
const eve = "2b6fca0c-5d0b-4b2a-9d9b-000000000002";

describe("a code of an app", () => {
  const secret = makeSecret();
  const now = Math.floor(Date.now() / 1000);
  const step = Math.floor(now / 30);
  const codeOf = (ofStep: number) => generate({ secret, epoch: ofStep * 30 });

  test("is taken for its own time by the clock that is told, and for the one before and after", async () => {
    const then = step * 30 + 15.5 - 5 * 3_600;
    const own = step - 600;
    for (const off of [-1, 0, 1]) expect(await findStep(secret, await codeOf(own + off), then)).toBe(own + off);
    for (const off of [-3, -2, 2, 3, 600]) expect(await findStep(secret, await codeOf(own + off), then)).toBeNull();
  });

  test("is taken with the blank that apps show in it", async () => {
    const code = await codeOf(step);
    expect(await findStep(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(step);
  });

  test.each(["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "12345\0", "1e5000"])(
    "is none when it is %j, and nothing is raised",
    async (code) => expect(await findStep(secret, code, now)).toBeNull(),
  );

  test("comes from an address that apps read", () => {
    const uri = new URL(printSetUpUri(secret, "ada@desk.example", "Desk & Co: Berlin"));
    expect(uri.protocol).toBe("otpauth:");
    expect(uri.searchParams.get("secret")).toBe(secret);
    expect(uri.searchParams.get("issuer")).toContain("Desk & Co");
  });
});

test("ten recovery codes differ, and each is known however it is typed", () => {
  const codes = makeRecoveryCodes();
  expect(new Set(codes.map(hashRecoveryCode)).size).toBe(10);
  for (const code of codes) {
    expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    const typed = ` ${code.toUpperCase().replaceAll("-", " ").replaceAll("0", "O").replaceAll("1", "l")} `;
    expect(hashRecoveryCode(typed)).toBe(hashRecoveryCode(code));
  }
});

describe("a sealed secret", () => {
  test("opens for its person, and says nothing sealed", () => {
    const sealed = sealSecret("ABCDEFGHIJKLMNOP", ada);
    expect(openSecret(sealed, ada)).toBe("ABCDEFGHIJKLMNOP");
    expect(sealed).not.toContain("ABCDEFGHIJKLMNOP");
    expect(sealSecret("ABCDEFGHIJKLMNOP", ada)).not.toBe(sealed);
  });

  test("opens for nobody else, with no other NEXTAUTH_SECRET, and not when it was changed", () => {
    const sealed = sealSecret("ABCDEFGHIJKLMNOP", ada);
    expect(openSecret(sealed, eve)).toBeNull();
    for (const at of [4, 25, sealed.length - 4]) {
      const changed = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
      expect(openSecret(changed, ada), String(at)).toBeNull();
    }
    for (const odd of ["", "v1", "v1...", "v2.a.b.c"]) expect(openSecret(odd, ada)).toBeNull();
    vi.stubEnv("NEXTAUTH_SECRET", "another secret for the tests of the second factor");
    expect(openSecret(sealed, ada)).toBeNull();
    vi.unstubAllEnvs();
  });
});
