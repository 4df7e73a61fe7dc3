import type { ChildProcess } from "node:child_process";
import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, randomUUID, sign } from "node:crypto";
import { hash } from "@node-rs/argon2";
import type { Page } from "playwright/test";
import { findFreePort } from "@/scripts/command/processes";
import { startApplication } from "../server";
import { createStaff, query, removeStaff, signInCookie } from "../sign-in";
import { expect, findViolations, findViolationsInBothThemes, test } from "../test";
import { makeToken, openHand, startProvider } from "./provider";

// A desk with the company's sign-in provider, on servers of this file's own, with a real provider.
const password = "tangerine lamp quarry 9";
const domain = `${randomUUID().slice(0, 8)}.example`;
let provider: Awaited<ReturnType<typeof startProvider>>;
let application: ChildProcess;
let base = "";
let only: ChildProcess;
let onlyBase = "";

async function start(settings: Record<string, string> = {}): Promise<[ChildProcess, string]> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = await startApplication(port, {
    NEXTAUTH_URL: url,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: "contact-desk",
    OIDC_CLIENT_SECRET: "a secret for the provider",
    OIDC_NAME: "Nordwind ID",
    OIDC_ROLE_CLAIM: "groups",
    OIDC_ROLES: "desk-agents=agent; desk-managers=manager; desk-admins=admin",
    OIDC_DOMAINS: domain,
    ...settings,
  });
  return [child, url];
}

test.beforeAll(async () => {
  provider = await startProvider();
  [application, base] = await start();
  [only, onlyBase] = await start({ OIDC_ONLY: "yes" });
});
test.afterAll(async () => {
  application.kill("SIGKILL");
  only.kill("SIGKILL");
  await provider.stop();
  await removeStaff(await listPeople());
});
test.beforeEach(() => {
  Object.assign(provider, { forged: {}, announced: ["RS256"], keys: [], sign: null });
});

const listPeople = () =>
  query<{ id: string; email: string; name: string; role: string }>(
    "select id, email, name, role from staff where email like $1 order by created_at",
    [`%@${domain}`],
  );

/** Somebody at the provider whom no desk knows. */
function createAtProvider(given: object = {}) {
  const id = randomUUID().slice(0, 8);
  provider.next = { sub: id, email: `${id}@${domain}`, email_verified: true, name: `Ada ${id}`, groups: [], ...given };
  return provider.next as typeof provider.next & { email: string; name: string };
}

const signIn = (page: Page) => page.getByRole("button", { name: "Sign in with Nordwind ID" }).click();
const message = (page: Page) => page.getByRole("main").getByRole("alert");

test("somebody new is added at the first sign-in, goes where they wanted, and is found again with another e-mail and role", async ({
  page,
}) => {
  const ada = createAtProvider({ groups: "desk-agents" });
  await page.goto(`${base}/account?from=here`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  expect(await findViolations(page)).toEqual([]);
  await signIn(page);
  await expect(page).toHaveURL(`${base}/account?from=here`);
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue(ada.name);
  // There is no password to change.
  await expect(page.getByRole("region", { name: "Password" })).toHaveCount(0);
  const asked = provider.asked.at(-1)?.searchParams;
  expect(asked?.get("code_challenge_method")).toBe("S256");
  expect(asked?.get("scope")).toBe("openid email profile");
  expect(asked?.get("redirect_uri")).toBe(`${base}/api/auth/callback/company`);
  for (const sent of ["state", "nonce", "code_challenge"]) expect(asked?.get(sent)?.length).toBeGreaterThan(40);
  const [person] = (await listPeople()).slice(-1);
  expect(person).toMatchObject({ email: ada.email, role: "agent" });

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  provider.next = { ...ada, email: `new-${ada.email}`, groups: ["desk-managers"] };
  await signIn(page);
  await expect(page).toHaveURL(/\/contacts/);
  expect((await listPeople()).slice(-1)).toEqual([{ ...person, email: `new-${ada.email}`, role: "manager" }]);

  // Ended by an admin, on the very next request.
  await query("update staff set disabled_at = now() where id = $1", [person?.id]);
  await page.goto(`${base}/contacts`);
  await expect(page).toHaveURL(/\/sign-in/);
  await signIn(page);
  await expect(page.getByRole("heading", { name: "You can't sign in here" })).toBeVisible();
  await expect(page.getByText("Your access to this desk has been disabled.", { exact: false })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.goto(`${base}/contacts`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  // The two from before, and none since.
  expect(await query("select from staff_sessions where staff_id = $1", [person?.id])).toHaveLength(2);
  await page.goto(`${base}/sign-in?problem=disabled`);
  await page.getByRole("link", { name: "Sign in as someone else" }).click();
  await signIn(page);
  await expect(page.getByRole("heading", { name: "You can't sign in here" })).toBeVisible();
  expect(provider.asked.at(-1)?.searchParams.get("prompt")).toBe("select_account");
});

test("whoever may not come in hears why on a page, and nothing is kept", async ({ page }) => {
  const before = await listPeople();
  for (const [given, words] of [
    [{ groups: ["desk-agents"], email: `eve@other-${domain}` }, "Nobody has added you to this desk yet."],
    [{ groups: ["desk-agents"], email_verified: false }, "does not say that your e-mail address is verified"],
    [{ groups: ["desk-agents"], email: undefined }, "does not tell this desk your e-mail address"],
    [{ groups: ["others"] }, "You have no role in this desk."],
  ] as const) {
    createAtProvider(given);
    await page.goto(`${base}/sign-in`);
    await signIn(page);
    await expect(page.getByRole("heading", { name: "You can't sign in here" })).toBeVisible();
    await expect(page.getByText(words, { exact: false })).toBeVisible();
  }
  expect(await listPeople()).toEqual(before);
  expect((await page.context().cookies(base)).filter(({ name }) => name.includes("session-token"))).toEqual([]);
});

test.describe("a person of the desk", () => {
  test.use({ expectedErrors: [/status of 401/] });

  test("confirms with their password that the provider's account is theirs, once", async ({ page }) => {
    const person = await createStaff("manager", { passwordHash: await hash(password) });
    createAtProvider({ email: person.email, groups: ["desk-agents"] });
    await page.goto(`${base}/sign-in?next=/history`);
    await signIn(page);
    await expect(page.getByRole("heading", { name: "Confirm it's you" })).toBeVisible();
    expect(await query("select from staff_identities where staff_id = $1", [person.id])).toEqual([]);
    await expect(page.getByLabel("E-mail")).toHaveValue(person.email);
    expect(await findViolations(page)).toEqual([]);
    const field = page.getByLabel("Password", { exact: true });
    await field.fill("not the password");
    await page.getByRole("button", { name: "Confirm and sign in" }).click();
    await expect(message(page)).toHaveText("That e-mail and password do not match.");
    await field.fill(password);
    await page.getByRole("button", { name: "Confirm and sign in" }).click();
    await expect(page).toHaveURL(`${base}/history`);

    await page.context().clearCookies();
    await page.goto(`${base}/account`);
    await signIn(page);
    await expect(page).toHaveURL(`${base}/account`);

    // The role was given here and stays; an admin leaves it to the provider, and takes the link away.
    const admin = await createStaff("admin");
    await page.context().clearCookies();
    const { name, value } = await signInCookie(admin.id);
    await page.context().addCookies([{ name, value, url: base, httpOnly: true, sameSite: "Lax" }]);
    await page.goto(`${base}/staff`);
    const row = page.getByRole("row", { name: new RegExp(person.email) });
    await expect(row).toContainText("Manager");
    await expect(row).toContainText("set here");
    await expect(row).toContainText("with Nordwind ID, password");
    const act = async (item: string) => {
      await row.getByRole("button", { name: `Actions for ${person.name}` }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };
    await act("Role from Nordwind ID");
    await expect(row).toContainText("from Nordwind ID");
    await act("Unlink from Nordwind ID…");
    await page.getByRole("button", { name: "Unlink", exact: true }).click();
    await expect(row).not.toContainText("Nordwind ID");
    expect(await query("select from staff_identities where staff_id = $1", [person.id])).toEqual([]);
    await removeStaff([person, admin]);
  });
});

test("an answer that is not to this browser's question opens nothing", async () => {
  createAtProvider({ groups: ["desk-agents"] });
  const before = await listPeople();
  const other = openHand(base);
  const foreign = await other.goToProvider();

  const tampered: [what: string, tamper: (hand: typeof other, answer: URL) => unknown][] = [
    ["another state", (_, answer) => answer.searchParams.set("state", foreign.searchParams.get("state") ?? "")],
    ["no state", (_, answer) => answer.searchParams.delete("state")],
    ["a forgotten question", (hand) => hand.cookies.clear()],
    ["another's PKCE verifier", (hand) => swap(hand, "pkce.code_verifier")],
    ["another's nonce", (hand) => swap(hand, "nonce")],
    ["no nonce", (hand) => hand.cookies.delete("next-auth.nonce")],
    ["no PKCE verifier", (hand) => hand.cookies.delete("next-auth.pkce.code_verifier")],
    ["a forged state cookie", (hand) => hand.cookies.set("next-auth.state", "eyJhbGciOiJkaXIifQ..a.b.c")],
    ["another code", (_, answer) => answer.searchParams.set("code", randomUUID())],
    ["a token for somebody else", () => Object.assign(provider.forged, { aud: "another-client" })],
    ["a token of another issuer", () => Object.assign(provider.forged, { iss: "https://evil.example" })],
    ["a token with another nonce", () => Object.assign(provider.forged, { nonce: "replayed" })],
    ["a token that is over", () => Object.assign(provider.forged, { exp: 1 })],
  ];
  function swap(hand: typeof other, name: string): void {
    hand.cookies.set(`next-auth.${name}`, other.cookies.get(`next-auth.${name}`) ?? "");
  }
  for (const [what, tamper] of tampered) {
    const hand = openHand(base);
    const answer = await hand.goToProvider();
    provider.forged = {};
    await tamper(hand, answer);
    expect(await hand.comeBack(answer), what).toMatch(/^303 \/sign-in\?problem=(refused|unreachable)/);
    expect(hand.hasSession(), what).toBe(false);
  }
  provider.forged = {};
  const cancelled = openHand(base);
  await cancelled.goToProvider();
  expect(await cancelled.comeBack(new URL(`${base}/api/auth/callback/company?error=access_denied`))).toMatch(/denied/);
  expect(await listPeople()).toEqual(before);

  // What was refused above is taken when nothing is wrong with it, and only once.
  const hand = openHand(base);
  const answer = await hand.goToProvider({ callbackUrl: "//evil.example/x" });
  expect(await hand.comeBack(answer)).toBe("303 /");
  expect(hand.hasSession()).toBe(true);
  expect(await hand.comeBack(answer)).toMatch(/problem=refused/);
});

test("a token may be signed in any sound way that the provider announces, and in no other", async () => {
  createAtProvider({ groups: "desk-agents" });
  const comeBack = async () => {
    const hand = openHand(base);
    return hand.comeBack(await hand.goToProvider());
  };
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  provider.keys = [
    { ...curve.publicKey.export({ format: "jwk" }), kid: "curve", alg: "ES256", use: "sig" },
    { ...rsa.publicKey.export({ format: "jwk" }), kid: "pss", alg: "PS256", use: "sig" },
  ];
  const byCurve = (data: Buffer) => sign("sha256", data, { key: curve.privateKey, dsaEncoding: "ieee-p1363" });
  const byPss = (data: Buffer) => sign("sha256", data, { key: rsa.privateKey, padding: 6, saltLength: 32 });
  const es256 = (claims: object) => makeToken("ES256", claims, byCurve, "curve");
  provider.announced = ["HS256", "ES256", "PS256"];
  provider.sign = es256;
  expect(await comeBack()).toBe("303 /");
  provider.sign = (claims) => makeToken("PS256", claims, byPss, "pss");
  expect(await comeBack()).toBe("303 /");
  // The list may hold what the provider does not use.
  provider.announced = ["none", "HS256", "RS256", "ES256"];
  provider.sign = null;
  expect(await comeBack()).toBe("303 /");

  const shown: { keys: JsonWebKey[] } = await (await fetch(`${provider.issuer}/jwks`)).json();
  const publicKey = createPublicKey({ key: shown.keys[0] ?? {}, format: "jwk" });
  const pem = publicKey.export({ format: "pem", type: "spki" });
  const byHash = (secret: string | Buffer) => (data: Buffer) => createHmac("sha256", secret).update(data).digest();
  const refused: [what: string, announced: string[], sign: ((claims: object) => string) | null][] = [
    [
      "the client's secret",
      ["HS256", "RS256"],
      (claims) => makeToken("HS256", claims, byHash("a secret for the provider")),
    ],
    ["a public key as a secret", ["HS256", "RS256"], (claims) => makeToken("HS256", claims, byHash(pem))],
    ["nothing", ["none", "RS256"], (claims) => makeToken("none", claims, () => Buffer.alloc(0))],
    [
      "nothing, though it names RS256",
      ["none", "RS256"],
      (claims) => makeToken("RS256", claims, () => Buffer.alloc(0)),
    ],
    ["what is not announced", ["RS256"], es256],
    ["another algorithm than it names", ["RS256", "ES256"], (claims) => makeToken("RS256", claims, byCurve, "curve")],
    ["a key for another algorithm", ["RS256", "PS256"], (claims) => makeToken("PS256", claims, byPss, "curve")],
    ["what is sound, where only a hash is announced", ["HS256"], null],
  ];
  for (const [what, announced, signed] of refused) {
    Object.assign(provider, { announced, sign: signed });
    expect(await comeBack(), what).toMatch(/^303 \/sign-in\?problem=refused/);
  }
});

test("an admin sees whom the provider leaves without a role, and lets them in again", async ({ page, context }) => {
  const ada = createAtProvider({ groups: "desk-agents" });
  const hand = openHand(base);
  expect(await hand.comeBack(await hand.goToProvider())).toBe("303 /");
  provider.next = { ...ada, groups: ["desk-nobody"] };
  expect(await hand.comeBack(await hand.goToProvider())).toContain("problem=no_role");

  const admin = await createStaff("admin");
  const { name, value } = await signInCookie(admin.id);
  await context.addCookies([{ name, value, url: base, httpOnly: true, sameSite: "Lax" }]);
  await page.goto(`${base}/staff`);
  const row = page.getByRole("row", { name: new RegExp(ada.email) });
  await expect(row).toContainText("No access");
  await expect(row).toContainText(/no role from Nordwind ID since \d/);
  expect(await findViolations(page)).toEqual([]);
  const act = async (item: string, role: "menuitem" | "menuitemradio" = "menuitem") => {
    await row.getByRole("button", { name: `Actions for ${ada.name}` }).click();
    await page.getByRole(role, { name: item }).click();
  };
  // Unlinked they stay out all the same, until an admin gives them a role, be it the one they had.
  await act("Unlink from Nordwind ID…");
  await page.getByRole("button", { name: "Unlink", exact: true }).click();
  await expect(row).toContainText("No access");
  await act("Agent", "menuitemradio");
  await expect(row).toContainText("Active");
  await removeStaff([admin]);
});

test("a sign-in that another page begins is refused, and one without a provider does not exist", async () => {
  const hand = openHand(base);
  expect((await hand.post("signin/company", { csrfToken: "forged" })).status).toBe(403);
  expect((await hand.ask(`${base}/api/auth/signin/company`)).status).toBe(404);
  const plain = openHand(process.env.BASE_URL ?? "");
  expect((await plain.post("signin/company", {})).status).toBe(404);
  expect((await plain.ask(`${process.env.BASE_URL}/api/auth/callback/company?code=a&state=b`)).status).toBe(404);
});

test("where the provider is the only way, no password is taken but to confirm", async ({ page }) => {
  const person = await createStaff("agent", { passwordHash: await hash(password) });
  await page.goto(`${onlyBase}/sign-in`);
  await expect(page.getByLabel("Password")).toHaveCount(0);
  const hand = openHand(onlyBase);
  const answer = await hand.post("callback/credentials", { email: person.email, password });
  expect([answer.status, (await answer.json()).code]).toEqual([403, "passwords_off"]);
  const forged = await hand.post("callback/credentials", { email: person.email, password, confirmsIdentity: "true" });
  expect([forged.status, (await forged.json()).code]).toEqual([403, "expired"]);
  createAtProvider({ email: person.email });
  await signIn(page);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await expect(page).toHaveURL(/\/contacts/);
  await removeStaff([person]);
});

for (const width of [1440, 390]) {
  test.describe(`at ${width} px, in the light and in the dark`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 } });
    test("the screens of a sign-in with the provider have no fault that axe finds", async ({ page }) => {
      const look = async (name: string) => expect(await findViolationsInBothThemes(page), name).toEqual([]);
      for (const path of ["/sign-in", "/sign-in?problem=disabled", "/sign-in?problem=unreachable"]) {
        await page.goto(base + path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await look(path.replace(/\W+/g, " ").trim());
      }
      await page.goto(`${onlyBase}/sign-in`);
      await look("only");
      const person = await createStaff("agent", { passwordHash: await hash(password) });
      createAtProvider({ email: person.email });
      await page.goto(`${base}/sign-in`);
      await signIn(page);
      await expect(page.getByRole("heading", { name: "Confirm it's you" })).toBeVisible();
      await look("confirm");
      await removeStaff([person]);
    });
  });
}

test("settings that cannot be used stop the server at its start", async () => {
  await expect(start({ OIDC_CLIENT_ID: "" })).rejects.toThrow("The application ended with code 1.");
});

test.describe("a provider that fails", () => {
  test.use({ expectedErrors: [/status of 503/] });

  test("is said to, and passwords go on working", async ({ page }) => {
    const person = await createStaff("agent", { passwordHash: await hash(password) });
    const hand = openHand(base);
    const answer = await hand.goToProvider();
    await provider.goDown();
    // Gone while somebody was on the way back.
    expect(await hand.comeBack(answer)).toMatch(/^303 \/sign-in\?problem=unreachable/);
    await page.goto(`${base}/sign-in`);
    await signIn(page);
    await expect(message(page).first()).toContainText("Nordwind ID does not answer right now");
    await provider.comeBack();
    await provider.fallSilent();
    const began = Date.now();
    // Each learns of its own request, although next-auth has one logger for all.
    const asked = await Promise.all([1, 2, 3].map(() => openHand(base).post("signin/company", {})));
    expect(asked.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(Date.now() - began).toBeLessThan(10_000);
    await page.getByLabel("E-mail").fill(person.email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL(/\/contacts/);
    await provider.comeBack();
    await removeStaff([person]);
  });
});
