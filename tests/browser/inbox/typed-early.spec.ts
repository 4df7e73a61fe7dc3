import type { BrowserContext, Page } from "playwright/test";
import { addContacts, removeContacts, type TestContact } from "../inbox-contacts";
import { createStaff, query, removeStaff, signInAs, type TestStaff } from "../sign-in";
import { expect, test } from "../test";

let admin: TestStaff;
let added: { service: string; href: string; contacts: TestContact[] };

test.beforeAll(async () => {
  admin = await createStaff("admin");
  added = await addContacts([{ name: "Early Typist" }, { name: "Somebody Else" }]);
});
test.beforeEach(({ context }) => signInAs(context, admin));
test.afterAll(async () => {
  await removeContacts(added.service);
  await removeStaff([admin]);
});

/** Opens a page and holds its scripts back. The result lets them load, and waits until the page responds to keys. */
async function openAsleep(context: BrowserContext, page: Page, path: string) {
  let letCome = () => {};
  const coming = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await context.route(/\/_next\/static\/.*\.js/, async (route) => {
    await coming;
    await route.fallback();
  });
  await page.goto(path, { waitUntil: "commit" });
  return async () => {
    await expect(page.locator("html")).not.toHaveAttribute("data-keys-ready");
    letCome();
    await page.locator("[data-keys-ready]").waitFor({ state: "attached" });
  };
}

test("settings filled in before the page is awake are the ones that are saved", async ({ page, context }) => {
  const wake = await openAsleep(context, page, "/settings");
  await page.getByLabel("Monday from").fill("17:00");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByRole("checkbox", { name: "Friday" }).uncheck();
  await page.getByLabel("Hours for every service").fill("7");
  await wake();
  await page.getByLabel("Monday to").fill("09:00");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("A day is open for at least an hour, and closes after it opens.")).toBeVisible();
  await expect(page.getByLabel("Monday from")).toHaveValue("17:00");
  await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
  await expect(page.getByLabel("Hours for every service")).toHaveValue("7");
  await expect(page.getByRole("checkbox", { name: "Friday" })).not.toBeChecked();
  await expect(page.getByLabel("Friday from")).toHaveCount(0);
});

test("words typed before the list is awake are searched for", async ({ page, context }) => {
  const wake = await openAsleep(context, page, added.href);
  await page.getByLabel("Search words or filters").fill("typist");
  await wake();
  await expect(page.getByRole("row", { name: /Early Typist/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Somebody Else/ })).toHaveCount(0);
  await expect(page).toHaveURL(/q=typist/);
});

test("a row ticked before the list is awake is selected once it is", async ({ page, context }) => {
  const wake = await openAsleep(context, page, added.href);
  await page.getByRole("checkbox", { name: "Select Somebody Else" }).check();
  await wake();
  await expect(page.getByRole("toolbar", { name: "Selected contacts" })).toContainText("1 selected");
  await expect(page.getByRole("checkbox", { name: "Select Somebody Else" })).toBeChecked();
});

test("a note begun before the page is awake is kept, and can be saved", async ({ page, context }) => {
  const id = added.contacts[0]?.id ?? "";
  const wake = await openAsleep(context, page, `/contacts/${id}`);
  await page.getByRole("textbox", { name: "Add a note" }).fill("Called back at once");
  await wake();
  await page.getByRole("textbox", { name: "Add a note" }).press("Control+Enter");
  await expect
    .poll(() => query("select text from contact_notes where contact_id = $1", [id]))
    .toEqual([{ text: "Called back at once" }]);
});

test("a preference chosen before the page is awake is kept", async ({ page, context }) => {
  const wake = await openAsleep(context, page, "/account");
  await page.getByText("Compact", { exact: true }).click();
  await wake();
  await expect
    .poll(() => query("select preferences ->> 'density' as density from staff where id = $1", [admin.id]))
    .toEqual([{ density: "compact" }]);
});

const rowOf = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name) });

/** Presses keys one after the other. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test("the list's keys pressed before it is awake count, in their order", async ({ page, context }) => {
  const wake = await openAsleep(context, page, added.href);
  await expect(rowOf(page, "Somebody Else")).toBeVisible();
  await press(page, "j", "ArrowDown", "x", "k", "Enter");
  await wake();
  await expect(page.getByRole("checkbox", { name: "Select Somebody Else" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Select Early Typist" })).not.toBeChecked();
  const panel = page.getByRole("complementary", { name: "Open contact" });
  await expect(panel.getByRole("heading", { name: "Early Typist" })).toBeVisible();
  // From here on keys go their usual way, and each counts once.
  await press(page, "j");
  await expect(rowOf(page, "Somebody Else").getByRole("link")).toBeFocused();
  await press(page, "x");
  await expect(page.getByRole("checkbox", { name: "Select Somebody Else" })).not.toBeChecked();
});

test("no contact is changed by keys pressed before the list is awake, nor by what came after them", async ({
  page,
  context,
}) => {
  const wake = await openAsleep(context, page, added.href);
  await expect(rowOf(page, "Early Typist")).toBeVisible();
  await press(page, "j", "5", "x");
  await wake();
  await expect(rowOf(page, "Early Typist").getByRole("link")).toBeFocused();
  await expect(page.getByRole("checkbox", { name: "Select Early Typist" })).not.toBeChecked();
  await expect(rowOf(page, "Early Typist")).toContainText("New");
  expect(await query("select status from contact_submissions where service = $1", [added.service])).toEqual([
    { status: "new" },
    { status: "new" },
  ]);
});

test("the search key works before the list is awake, and what is typed into the field stays in it", async ({
  page,
  context,
}) => {
  const wake = await openAsleep(context, page, added.href);
  await expect(rowOf(page, "Somebody Else")).toBeVisible();
  await press(page, "j", "/");
  await page.keyboard.type("jxk typist");
  await wake();
  await expect(page.getByLabel("Search words or filters")).toHaveValue("jxk typist");
  await expect(page.getByLabel("Search words or filters")).toBeFocused();
  await expect(page).toHaveURL(/q=jxk/);
  await expect(page.locator("tr[data-current]")).toHaveCount(0);
});
