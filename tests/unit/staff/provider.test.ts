import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nameProviderFailure } from "@/lib/staff/provider/oauth";
import { isOfIssuer, parseOpenIdClaims } from "@/lib/staff/provider/openid-claims";
import { readProvider } from "@/lib/staff/provider/settings";
import type { Role } from "@/lib/staff/staff";

const least = {
  NEXTAUTH_URL: "https://desk.example",
  OIDC_ISSUER: "https://id.example/realm",
  OIDC_CLIENT_ID: "desk",
  OIDC_CLIENT_SECRET: "s3cret#value",
};

describe("the settings of the provider", () => {
  test("are none without OIDC_ISSUER", () => expect(readProvider({ OIDC_ISSUER: "" })).toBeNull());

  test("need an issuer, a client and its secret; the rest has a safe default", () =>
    expect(readProvider(least)).toEqual({
      issuer: "https://id.example/realm",
      clientId: "desk",
      clientSecret: "s3cret#value",
      name: "your company account",
      roles: null,
      domains: [],
      only: false,
    }));

  test("give each value of the claim a role, also where the value is a directory's name", () => {
    const { roles, domains, only } =
      readProvider({
        ...least,
        OIDC_ROLE_CLAIM: "groups",
        OIDC_ROLES: "cn=desk admins,ou=it=admin; agents = agent ;\n managers=manager",
        OIDC_DOMAINS: "Example.com, example.org",
        OIDC_ONLY: "yes",
      }) ?? {};
    expect(roles?.openIdClaim).toBe("groups");
    expect([...(roles?.byValue ?? [])]).toEqual([
      ["cn=desk admins,ou=it", "admin"],
      ["agents", "agent"],
      ["managers", "manager"],
    ]);
    expect(domains).toEqual(["example.com", "example.org"]);
    expect(only).toBe(true);
  });

  test("may name one tenant of Microsoft's", () => {
    const issuer = "https://login.microsoftonline.com/0b7e6c2a-5f0d-4c51-9d0e-6a2b6f7d1c11/v2.0";
    expect(readProvider({ ...least, OIDC_ISSUER: issuer })?.issuer).toBe(issuer);
  });

  test("take the client's secret from a file, without the newline at its end", () => {
    const file = join(mkdtempSync(join(tmpdir(), "provider-")), "secret");
    writeFileSync(file, "of the file\n");
    const { OIDC_CLIENT_SECRET: _, ...rest } = least;
    expect(readProvider({ ...rest, OIDC_CLIENT_SECRET_FILE: file })?.clientSecret).toBe("of the file");
  });

  test.each([
    [{ OIDC_ISSUER: "http://id.example" }, "OIDC_ISSUER"],
    [{ OIDC_ISSUER: "id.example" }, "OIDC_ISSUER"],
    [{ OIDC_ISSUER: undefined }, "OIDC_ISSUER"],
    [{ OIDC_ISSUER: "https://login.microsoftonline.com/common" }, "OIDC_ISSUER must name your tenant"],
    [{ OIDC_ISSUER: "https://login.microsoftonline.com/common/v2.0/" }, "OIDC_ISSUER must name your tenant"],
    [{ OIDC_ISSUER: "https://login.microsoftonline.com/organizations/v2.0" }, "OIDC_ISSUER must name your tenant"],
    [{ OIDC_ISSUER: "https://login.microsoftonline.com/consumers/v2.0" }, "OIDC_ISSUER must name your tenant"],
    [{ OIDC_ISSUER: "", OIDC_CLIENT_ID: "", OIDC_CLIENT_SECRET: "", OIDC_ONLY: "yes" }, "OIDC_ISSUER"],
    [{ OIDC_CLIENT_ID: "" }, "OIDC_CLIENT_ID"],
    [{ OIDC_CLIENT_SECRET: "" }, "OIDC_CLIENT_SECRET"],
    [{ OIDC_CLIENT_SECRET_FILE: "/nowhere" }, "not both"],
    [{ OIDC_CLIENT_SECRET: "", OIDC_CLIENT_SECRET_FILE: "/nowhere" }, "OIDC_CLIENT_SECRET_FILE"],
    [{ NEXTAUTH_URL: "" }, "NEXTAUTH_URL"],
    [{ OIDC_ROLE_CLAIM: "groups" }, "OIDC_ROLES"],
    [{ OIDC_ROLES: "a=admin" }, "OIDC_ROLE_CLAIM"],
    [{ OIDC_ROLE_CLAIM: "groups", OIDC_ROLES: "a=owner" }, "OIDC_ROLES"],
    [{ OIDC_ROLE_CLAIM: "groups", OIDC_ROLES: "admin" }, "OIDC_ROLES"],
    [{ OIDC_DOMAINS: "@example.com" }, "OIDC_DOMAINS"],
    [{ OIDC_ONLY: "true" }, "OIDC_ONLY"],
  ])("are refused as %o, by the variable's name and without its value", (change, words) => {
    const read = () => readProvider({ ...least, ...change });
    expect(read).toThrow(words);
    expect(read).not.toThrow("s3cret");
  });
});

describe("a token's claims", () => {
  const roles = {
    openIdClaim: "groups",
    byValue: new Map<string, Role>([
      ["desk-agents", "agent"],
      ["desk-admins", "admin"],
      ["Desk Managers", "manager"],
    ]),
  };
  const ada = { iss: "https://id.example", sub: "a-1", email: " Ada@Example.com ", email_verified: true, name: "Ada" };
  const roleIn = (claims: object, openIdClaim = "groups") =>
    parseOpenIdClaims({ ...ada, ...claims }, { roles: { ...roles, openIdClaim } })?.role;

  test("name a person, with the e-mail as it is kept", () =>
    expect(parseOpenIdClaims(ada, { roles: null })).toEqual({
      issuer: "https://id.example",
      subject: "a-1",
      email: "ada@example.com",
      emailVerified: true,
      name: "Ada",
      role: "not asked",
    }));

  test.each([
    ["an array", ["other", "desk-agents"], "agent"],
    ["an array, of which the highest counts", ["desk-admins", "desk-agents"], "admin"],
    ["an array with a value of two words", ["Desk Managers"], "manager"],
    ["text that is one value", " desk-agents ", "agent"],
    ["text separated by blanks", "desk-admins desk-agents", "admin"],
    ["text separated by commas", "desk-agents,Desk Managers, desk-agents,", "manager"],
    ["text that is one value of two words", "Desk Managers", "manager"],
    ["text with an unknown value", "desk-admins,unknown", null],
    ["a sentence that holds a value", "Former desk-admins, Oslo", null],
    ["empty text", " , ", null],
    ["values that give no role", ["other"], null],
    ["values in another case", ["DESK-ADMINS"], null],
    ["a number", 5, null],
    ["an object", { "desk-admins": true }, null],
    ["an array of odd things", [null, 5, ["desk-admins"], { a: 1 }], null],
    ["nothing", undefined, null],
  ])("give the role of %s", (_, groups, role) => expect(roleIn({ groups })).toBe(role));

  test.each([
    ["Former admin, Oslo", null],
    ["admin agent", "admin"],
    ["admin,unknown", null],
  ])("give the role of the text %o", (job, role) => {
    const byValue = new Map<string, Role>([
      ["admin", "admin"],
      ["agent", "agent"],
    ]);
    expect(parseOpenIdClaims({ ...ada, job }, { roles: { openIdClaim: "job", byValue } })?.role).toBe(role);
  });

  test("are of the issuer in the settings, whether or not a slash stands at the end", () => {
    const isOf = (iss: string, issuer: string) => {
      const person = parseOpenIdClaims({ ...ada, iss }, { roles: null });
      return person && isOfIssuer(person, { issuer });
    };
    expect(isOf("https://id.example", "https://id.example/")).toBe(true);
    expect(isOf("https://id.example/", "https://id.example")).toBe(true);
    expect(isOf("https://id.example/other", "https://id.example")).toBe(false);
    expect(isOf("https://id.example.evil.example", "https://id.example")).toBe(false);
  });

  test("are looked up by a name with dots, or by a path", () => {
    expect(roleIn({ "https://desk.example/roles": ["desk-admins"] }, "https://desk.example/roles")).toBe("admin");
    expect(roleIn({ realm_access: { roles: ["desk-agents"] } }, "realm_access.roles")).toBe("agent");
    expect(roleIn({ realm_access: null }, "realm_access.roles")).toBeNull();
    expect(roleIn({}, "__proto__.constructor")).toBeNull();
  });

  test.each([[null], ["text"], [{}], [{ ...ada, sub: "" }], [{ ...ada, sub: "a\0" }], [{ ...ada, sub: { not: "" } }]])(
    "that name nobody are no person: %o",
    (claims) => expect(parseOpenIdClaims(claims, { roles: null })).toBeNull(),
  );

  test.each([
    [{ email_verified: undefined }, false],
    [{ email_verified: "false" }, false],
    [{ email_verified: { not: false } }, false],
    [{ email_verified: "true" }, true],
  ])("say whether the e-mail is verified: %o", (claims, verified) =>
    expect(parseOpenIdClaims({ ...ada, ...claims }, { roles: null })?.emailVerified).toBe(verified),
  );

  test("with an e-mail or a name that cannot be kept have none", () =>
    expect(parseOpenIdClaims({ ...ada, email: "no address", name: ["x"] }, { roles: null })).toMatchObject({
      email: null,
      name: null,
    }));
});

test.each([
  [{ code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:1" }, "ECONNREFUSED"],
  [{ code: "ENOTFOUND" }, "ENOTFOUND"],
  [{ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  [{ message: "outgoing request timed out after 4000ms" }, "timed out"],
  [{ message: "expected 200 OK, got: 502 Bad Gateway" }, "not 200"],
  [{ message: "expected 200 OK with body but no body was returned" }, "not 200"],
  [{ message: "Unexpected token '<', \"<html>\" is not valid JSON" }, "not JSON"],
  [{ message: "socket hang up" }, "hung up"],
  [{ message: "state mismatch, expected a, got: b" }, null],
  [{ message: "iss mismatch, expected https://id.example, got: timed out" }, null],
  [{ message: "iss mismatch, expected a, got: \noutgoing request timed out after 1ms" }, null],
  [{ message: "iss mismatch, expected a, got: expected 200 OK, got: 502 Bad Gateway" }, null],
  [{ message: "invalid_grant (socket hang up)" }, null],
  [{ code: "ERR_JWKS_NO_MATCHING_KEY", message: "no applicable key" }, null],
  [{ code: "Eve was here", message: "no applicable key" }, null],
  [{ message: "invalid_grant" }, null],
  [undefined, null],
])("what failed in %o, where it is the provider: %s", (error, words) => expect(nameProviderFailure(error)).toBe(words));
