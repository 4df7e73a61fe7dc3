import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { firstPasswordHref, parseLocalPath } from "@/lib/staff/local-path";
import { defaultPreferences } from "@/lib/staff/preferences";
import { listSamplePeople } from "@/lib/staff/sample-people";
import { hasRole, roles } from "@/lib/staff/staff";
import { emailSchema, nameSchema } from "@/lib/staff/staff-input";
import { parsePreferences } from "@/lib/staff/stored-preferences";
import { accountKey } from "@/lib/staff/tries/account-key";

describe("a path to go to after signing in", () => {
  test.each(["/contacts", "/contacts?status=new&q=%2F%2Fx", "/contacts/a%2Fb", "/contacts?q=%C3%BC#top", "/"])(
    "%s is one of ours",
    (path) => expect(parseLocalPath(path)).toBe(path),
  );

  test("is encoded as a header wants it", () => {
    expect(parseLocalPath("/contacts?q=日本#ü")).toBe("/contacts?q=%E6%97%A5%E6%9C%AC#%C3%BC");
  });

  test.each([
    "",
    "contacts",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/x\\..\\evil",
    "\\/evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "/a\0b",
    "/.//evil.example",
    "/x/..//evil.example",
    "/\ud800",
    " /contacts",
    "/sign-in",
    "/sign-in?next=/sign-in",
    "/api/auth/signout",
    "/_next/static/x.js",
    `/${"a".repeat(2000)}`,
    null,
    undefined,
    5,
    ["/contacts"],
    { toString: () => "/contacts" },
  ])("%j is refused", (path) => expect(parseLocalPath(path)).toBeNull());

  test("is kept while a first password is chosen", () => {
    const path = "/contacts?status=new&q=%2F%2Fx";
    const { pathname, searchParams } = new URL(firstPasswordHref(path), "http://desk.invalid");
    expect(pathname).toBe("/account");
    expect(parseLocalPath(searchParams.get("next"))).toBe(path);
    expect([firstPasswordHref(null), firstPasswordHref("/")]).toEqual(["/account", "/account"]);
  });

  test("never leaves the desk, whatever the text", () => {
    const parts = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      ":",
      "@",
      "evil.example",
      "%2f",
      "%5c",
      "\t",
      "?",
      "#",
      "http:",
      "x",
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(parts, { maxLength: 8 }).map((list) => `/${list.join("")}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const path = parseLocalPath(text);
        if (path === null) return;
        expect(new URL(path, "https://desk.example/sign-in").origin).toBe("https://desk.example");
      }),
    );
  });
});

describe("roles", () => {
  test("each may do what those before it may, and no more", () => {
    const allowed = roles.map((role) => roles.map((needed) => hasRole(role, needed)));
    expect(allowed).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
  });
});

test("stored preferences of any shape are read without an error, each part by itself", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (stored) => {
      expect(Object.keys(parsePreferences(stored))).toEqual(Object.keys(defaultPreferences));
    }),
  );
  expect(parsePreferences({ theme: "dark", other: 1 })).toEqual({ ...defaultPreferences, theme: "dark" });
  const columns = [{ id: "status", width: 120 }, { id: "age" }];
  const chosen = { density: "compact", keys: false, columns, defaultView: "7f1c1d5e-36a8-4b0e-9a6f-0d5c6e1a2b3c" };
  expect(parsePreferences(chosen)).toEqual({ ...defaultPreferences, ...chosen });
  for (const odd of [
    { keys: "no" },
    { columns: ["status"] },
    { columns: [{ id: "age", width: -1 }] },
    { defaultView: 5 },
  ]) {
    expect(parsePreferences({ ...odd, density: "compact" })).toEqual({ ...defaultPreferences, density: "compact" });
  }
});

test("an e-mail is kept trimmed and in lower case", () => {
  for (const typed of ["  Mara@Desk.Example ", "\u200bmara@desk.example\ufeff\u00a0"]) {
    expect(emailSchema.parse(typed)).toBe("mara@desk.example");
    expect(accountKey(typed)).toBe(accountKey("mara@desk.example"));
  }
  for (const odd of ["", "mara", "a@b", "a b@c.example", `${"a".repeat(250)}@b.example`, null, { not: "" }]) {
    expect(emailSchema.safeParse(odd).success, String(odd)).toBe(false);
  }
});

test("a name is one line of text in any script", () => {
  for (const name of ["山田 太郎", "Síle O’Brien", "نور حداد", "🌱"]) expect(nameSchema.parse(` ${name} `)).toBe(name);
  for (const odd of ["", "  ", "a\nb", "a\0b", "a\u2028b", "\ud800", "a".repeat(101), null, ["a"]]) {
    expect(nameSchema.safeParse(odd).success, JSON.stringify(odd)).toBe(false);
  }
});

describe("the sign-in page names", () => {
  test("nobody on a desk of one's own", () => expect(listSamplePeople()).toEqual([]));

  test("the sample people who still have the sample's password, and nobody else", () => {
    vi.stubEnv("SAMPLE_SIGN_INS", "tomo@example.com, ada@example.com,grace@desk.example");
    expect(listSamplePeople().map(({ name }) => name)).toEqual(["Ada Lindgren", "Tomo Sato"]);
    vi.unstubAllEnvs();
  });
});
