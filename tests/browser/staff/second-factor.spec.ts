import type { ChildProcess } from "node:child_process";
import { hash } from "@node-rs/argon2";
import { generate } from "otplib";
import type { Page } from "playwright/test";
import { findFreePort } from "@/scripts/command/processes";
import { createDatabase, type TestDatabase } from "@/tests/database/databases";
import { startApplication } from "../server";
import { createStaff, query, type TestStaff } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../test";
import { openHand } from "./provider";

// On a server and a database of this file's own, because the desk's requirement applies to everybody.
const password = "tangerine lamp quarry 9";
let passwordHash: string;
let database: TestDatabase;
let application: ChildProcess;
let base: string;
const outside = { DATABASE_URL: process.env.DATABASE_URL, DATABASE_DIRECT_URL: process.env.DATABASE_DIRECT_URL };

test.beforeAll(async () => {
  const { port: databasePort, password: databasePassword } = new URL(process.env.DATABASE_DIRECT_URL ?? "");
  database = await createDatabase({ port: Number(databasePort), password: databasePassword, version: 18 });
  Object.assign(process.env, { DATABASE_URL: database.app, DATABASE_DIRECT_URL: database.owner });
  const port = await findFreePort();
  base = `http://127.0.0.1:${port}`;
  application = await startApplication(port, { NEXTAUTH_URL: base });
  passwordHash = await hash(password);
});
test.afterAll(async () => {
  application.kill("SIGKILL");
  Object.assign(process.env, outside);
  await database.drop();
});
test.beforeEach(() => query("update desk_settings set second_factor_roles = '{}'"));

async function givePassword(page: Page, { email }: TestStaff, path = "/account"): Promise<void> {
  await page.goto(base + path);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/**
 * The next step's code, which is accepted already: later than the set-up's, and valid for at least 60 s.
 */
const codeOf = (secret: string, steps = 1) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
const readSecret = async (page: Page) => (await page.getByLabel("Key for your app").innerText()).replace(/\s/g, "");

/** Resolves when a new page responds; until then a click does nothing. */
const untilReady = (page: Page) => page.locator("[data-keys-ready]").waitFor({ state: "attached" });

async function press(page: Page, name: string): Promise<void> {
  await untilReady(page);
  await page.getByRole("button", { name }).click();
}

/** Starts the set-up on the account page, which asks for the password. */
async function begin(page: Page): Promise<void> {
  await press(page, "Set up two-step sign-in…");
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Where it is required before anything else, the password was given just before. */
const beginRequired = (page: Page) =>
  page.getByRole("button", { name: "Set up two-step sign-in", exact: true }).click();

/** Sets it up on the open page, and returns the secret and the recovery codes. */
async function setUp(page: Page, started = begin): Promise<{ secret: string; codes: string[] }> {
  await started(page);
  const secret = await readSecret(page);
  await page.getByLabel("Code", { exact: true }).fill(await codeOf(secret, 0));
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByRole("heading", { name: "Keep your recovery codes" })).toBeFocused();
  return {
    secret,
    codes: await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts(),
  };
}

test.describe("two-step sign-in", () => {
  // The browser itself reports every answer of 401 on its console.
  test.use({ expectedErrors: [/status of 401/] });

  test("is set up on the account page, asked for at the next sign-in, and ended with the password", async ({
    page,
  }) => {
    const person = await createStaff("agent", { passwordHash });
    await givePassword(page, person);
    await press(page, "Set up two-step sign-in…");
    await page.getByLabel("Your password").fill("not the password");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("That is not your current password.")).toBeVisible();
    await page.getByLabel("Your password").fill(password);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Code", { exact: true }).fill("000000");
    await page.getByRole("button", { name: "Turn it on" }).click();
    await expect(page.getByText("That is not the current code.", { exact: false })).toBeVisible();
    await page.reload();
    const { secret, codes } = await setUp(page);
    expect(codes).toHaveLength(10);
    await page.getByRole("button", { name: "I have saved them" }).click();
    await expect(page.getByText("10 recovery codes left.")).toBeVisible();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await expect(page).toHaveURL(/\/sign-in/);

    await givePassword(page, person, "/history");
    await expect(page.getByLabel("Code", { exact: true })).toBeFocused();
    expect((await page.context().cookies(base)).some(({ name }) => name.includes("session-token"))).toBe(false);
    await giveCode(page, "000000");
    await expect(page.getByRole("main").getByRole("alert")).toHaveText("That code is not right.");
    await giveCode(page, await codeOf(secret));
    await expect(page).toHaveURL(`${base}/history`);

    await page.context().clearCookies();
    await givePassword(page, person);
    await giveCode(page, codes[0] ?? "");
    await expect(page.getByText("9 recovery codes left.")).toBeVisible();
    await press(page, "Turn it off…");
    await page.getByLabel("Your password").fill("not the password");
    await page.getByRole("button", { name: "Turn it off", exact: true }).click();
    await expect(page.getByText("That is not your current password.")).toBeVisible();
    await page.getByLabel("Your password").fill(password);
    await page.getByRole("button", { name: "Turn it off", exact: true }).click();
    await expect(page.getByRole("button", { name: "Set up two-step sign-in" })).toBeVisible();
    await page.context().clearCookies();
    await givePassword(page, person);
    await expect(page).toHaveURL(`${base}/account`);
  });

  test("can be begun again with the password, and needs it in the same browser", async ({ page }) => {
    const person = await createStaff("agent", { passwordHash });
    await givePassword(page, person);
    const { secret } = await setUp(page);
    await page.context().clearCookies();
    await givePassword(page, person);
    await page.getByRole("button", { name: "Start again" }).click();
    await expect(page.getByLabel("E-mail")).toHaveValue(person.email);
    // A code without the step: another browser, which never gave the password.
    const hand = openHand(base);
    const answer = await hand.post("callback/credentials", { email: person.email, code: await codeOf(secret) });
    expect([answer.status, (await answer.json()).code]).toEqual([403, "expired"]);
    hand.cookies.set("desk-second-step", "eyJhbGciOiJkaXIifQ..a.b.c");
    const forged = await hand.post("callback/credentials", { email: person.email, code: await codeOf(secret) });
    expect(forged.status).toBe(403);
    // A step of one person for the code of another.
    const other = await createStaff("agent", { passwordHash });
    const right = openHand(base);
    await right.post("callback/credentials", { email: person.email, password });
    const foreign = await right.post("callback/credentials", { email: other.email, code: await codeOf(secret) });
    expect(foreign.status).toBe(403);
    expect(right.hasSession()).toBe(false);
    expect((await right.post("callback/credentials", { email: person.email, code: await codeOf(secret) })).status).toBe(
      200,
    );
    expect(right.hasSession()).toBe(true);
  });
});

test("an admin requires it: everybody is led to it before anything else, also who is signed in", async ({
  page,
  browser,
}) => {
  const [admin, agent] = [await createStaff("admin", { passwordHash }), await createStaff("agent", { passwordHash })];
  const other = await browser.newPage({ baseURL: base });
  await givePassword(other, agent, "/history");
  await expect(other).toHaveURL(`${base}/history`);

  await givePassword(page, admin, "/settings");
  await expect(page).toHaveURL(`${base}/settings`);
  await untilReady(page);
  for (const role of ["Agents", "Admins"]) await page.getByRole("checkbox", { name: role }).check();
  await page.getByRole("region", { name: "Two-step sign-in" }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Set up two-step sign-in" })).toBeVisible();
  await setUp(page, beginRequired);
  await page.getByRole("button", { name: "I have saved them" }).click();

  await other.goto(`${base}/history?who=me`);
  await expect(other.getByRole("heading", { name: "Set up two-step sign-in" })).toBeVisible();
  await expect(other.getByRole("link", { name: "Inbox" })).toHaveCount(0);
  await setUp(other, beginRequired);
  await other.getByRole("button", { name: "I have saved them" }).click();
  await expect(other).toHaveURL(/\/history\?who=me$/);

  // Whoever has lost their phone asks an admin.
  await page.goto(`${base}/staff`);
  await press(page, `Actions for ${agent.name}`);
  await page.getByRole("menuitem", { name: "Reset two-step sign-in…" }).click();
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page.getByText(`Two-step sign-in was reset for ${agent.name}.`)).toBeVisible();
  await other.goto(`${base}/history`);
  await expect(other).toHaveURL(/\/sign-in/);
  await other.close();
});

for (const width of [1440, 390]) {
  test.describe(`at ${width} px, in the light and in the dark`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 } });
    test("the screens of two-step sign-in have no fault that axe finds", async ({ page }) => {
      const look = async (name: string) => expect(await findViolationsInBothThemes(page), name).toEqual([]);
      const admin = await createStaff("admin", { passwordHash, name: "Ada Keller" });
      await query("update desk_settings set second_factor_roles = '{admin}'");
      await givePassword(page, admin, "/settings");
      await expect(page.getByRole("heading", { name: "Set up two-step sign-in" })).toBeVisible();
      await beginRequired(page);
      await readSecret(page);
      await look("set up");
      await page.reload();
      const { secret } = await setUp(page, beginRequired);
      await look("recovery codes");
      await page.getByRole("button", { name: "I have saved them" }).click();
      await page.getByRole("region", { name: "Two-step sign-in" }).scrollIntoViewIfNeeded();
      await look("settings");
      await page.goto(`${base}/account`);
      await press(page, "Set it up again…");
      await page.getByRole("region", { name: "Two-step sign-in" }).scrollIntoViewIfNeeded();
      await look("account");
      await page.goto(`${base}/staff`);
      await look("staff");
      await page.context().clearCookies();
      await givePassword(page, admin);
      await page.getByLabel("Code", { exact: true }).fill(await codeOf(secret));
      await look("code");
    });
  });
}
