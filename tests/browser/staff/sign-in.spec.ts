import { hash } from "@node-rs/argon2";
import type { Page } from "playwright/test";
import { createStaff, query, removeStaff, signInAs, type TestStaff } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../test";

const password = "tangerine lamp quarry 9";
const people: TestStaff[] = [];

async function createPerson() {
  const person = await createStaff("agent", { passwordHash: await hash(password) });
  people.push(person);
  return person;
}

test.afterAll(() => removeStaff(people));

test("the right e-mail and password lead to the page that was asked for", async ({ page }) => {
  const person = await createPerson();
  await page.goto("/account?from=here");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/account\?from=here$/);
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue(person.name);
});

test("a foreign address to go to afterwards is not followed", async ({ page }) => {
  const person = await createPerson();
  await page.goto("/sign-in?next=//evil.example/contacts");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/contacts/);
});

test.describe("who must first choose a password of their own", () => {
  async function createNewcomer() {
    const person = await createPerson();
    await query("update staff set must_change_password = true where id = $1", [person.id]);
    return person;
  }

  async function signIn(page: Page, { email }: TestStaff) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "Choose your own password" })).toBeVisible();
  }

  async function choosePassword(page: Page) {
    await page.getByLabel("The password you were given").fill(password);
    await page.getByLabel("New password").fill("gravel under blue harbour");
    await page.getByRole("button", { name: "Change password" }).click();
  }

  test("is then at the page that was asked for", async ({ page }) => {
    const person = await createNewcomer();
    await page.goto("/contacts?status=closed&sort=name");
    await signIn(page, person);
    await choosePassword(page);
    await expect(page).toHaveURL(/\d\/contacts\?status=closed&sort=name$/);
  });

  for (const next of [
    "//evil.example/x",
    "https://evil.example/x",
    "/\\evil.example",
    "javascript:alert(1)",
    "/api/health",
  ]) {
    test(`is not led to ${next}`, async ({ page }) => {
      const person = await createNewcomer();
      await page.goto(`/sign-in?${new URLSearchParams({ next })}`);
      await signIn(page, person);
      await page.goto(`/account?${new URLSearchParams({ next })}`);
      await choosePassword(page);
      await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/contacts/);
    });
  }
});

test.describe("a refusal", () => {
  // The browser itself reports every answer of 401 and 429 on its console.
  test.use({ expectedErrors: [/status of 4(01|29)/] });

  test("is said, keeps the e-mail, and is the same for an e-mail that nobody has", async ({ page }) => {
    const person = await createPerson();
    await page.goto("/sign-in");
    for (const email of [person.email, "nobody@desk.example"]) {
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password", { exact: true }).fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("main").getByRole("alert")).toHaveText("That e-mail and password do not match.");
      await expect(page.getByLabel("E-mail")).toHaveValue(email);
      await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
    }
    await query("delete from sign_in_attempts where account = encode(sha256('nobody@desk.example'), 'hex')");
  });

  test("after too many tries says how long to wait, for the right password too", async ({ page }) => {
    const person = await createPerson();
    await query(
      // The "anywhere" tries, and this network's own, because others have signed in from it.
      `insert into sign_in_attempts (account, address, network, allowance, succeeded)
      select encode(sha256($1::bytea), 'hex'), '', '127.0.0.0/24', allowance, false
      from unnest(array['anywhere', 'network']) as allowance, generate_series(1, 12)`,
      [person.email],
    );
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(person.email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(
      "Too many tries. Wait 15 minutes and try again.",
    );
  });
});

test("what is typed can be shown and hidden", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("Password", { exact: true }).fill("visible");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Hide password" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("type", "password");
});

test("signing out ends the session, also for a copy of its cookie", async ({ page, context }) => {
  const person = await createPerson();
  await signInAs(context, person);
  const copied = await context.cookies();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await context.addCookies(copied);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("signing out everywhere ends the other browser's session on its next click", async ({
  page,
  context,
  browser,
}) => {
  const person = await createPerson();
  const elsewhere = await browser.newContext({ baseURL: process.env.BASE_URL });
  await signInAs(context, person);
  await signInAs(elsewhere, person);
  const other = await elsewhere.newPage();
  await other.goto("/account");
  await page.goto("/account");
  await expect(page.getByRole("list", { name: "Your sessions" }).getByRole("listitem")).toHaveCount(2);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await other.getByRole("link", { name: "Inbox" }).click();
  await expect(other).toHaveURL(/\/sign-in/);
  await elsewhere.close();
});

test("the theme is kept with the person and known before the first paint", async ({ page, context }) => {
  const person = await createPerson();
  await signInAs(context, person);
  await page.goto("/account");
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const [stored] = await query("select preferences from staff where id = $1", [person.id]);
  expect(stored).toEqual({ preferences: { theme: "dark" } });
});

for (const width of [1440, 390]) {
  test(`sign-in and account have no fault that axe finds at ${width} px in the light and in the dark`, async ({
    page,
    context,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/sign-in");
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await signInAs(context, await createPerson());
    await page.goto("/account");
    await expect(page.getByRole("heading", { name: "Account" })).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
  });
}
