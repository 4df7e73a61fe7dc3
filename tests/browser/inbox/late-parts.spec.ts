import { basename } from "node:path";
import type { BrowserContext, Page } from "playwright/test";
import { listFirstFiles } from "../first-files";
import { addContacts, removeContacts } from "../inbox-contacts";
import { createStaff, query, removeStaff, signInAs, type TestStaff } from "../sign-in";
import { expect, test } from "../test";

let admin: TestStaff;
let added: Awaited<ReturnType<typeof addContacts>>;

test.beforeAll(async () => {
  admin = await createStaff("admin");
  added = await addContacts([{ name: "Ada First" }, { name: "Zoe Last" }]);
});
test.beforeEach(({ context }) => signInAs(context, admin));
test.afterAll(async () => {
  await removeContacts(added.service);
  await removeStaff([admin]);
});

/** Opens the list and holds back all code that comes after its own. The result lets that come. */
async function openWithoutLateParts(context: BrowserContext, page: Page) {
  const first = new Set(listFirstFiles("/contacts").names);
  let letCome = () => {};
  const coming = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  let held = 0;
  await context.route(/\/_next\/static\/.*\.js/, async (route) => {
    if (!first.has(basename(new URL(route.request().url()).pathname))) {
      held++;
      await coming;
    }
    await route.fallback();
  });
  await page.goto(added.href, { waitUntil: "commit" });
  await page.locator("[data-inbox-ready][data-keys-ready]").waitFor({ state: "attached" });
  await expect.poll(() => held).toBeGreaterThan(2);
  return letCome;
}

test("a header clicked before its code is there sorts the list once it is", async ({ page, context }) => {
  const letCome = await openWithoutLateParts(context, page);
  const header = page.getByRole("columnheader", { name: "Contact", exact: true });
  await header.getByRole("button").click();
  letCome();
  await expect(page).toHaveURL(/sort=name/);
  await expect(header).toHaveAttribute("aria-sort", "ascending");
});

test("a filter typed before the query bar's code is there is obeyed once it is", async ({ page, context }) => {
  const letCome = await openWithoutLateParts(context, page);
  await page.keyboard.press("/");
  await page.keyboard.type("ada status:new");
  await page.keyboard.press("Enter");
  letCome();
  await expect(page).toHaveURL(/q=ada/);
  await expect(page).toHaveURL(/status=new/);
  await expect(page.getByRole("row", { name: /Zoe Last/ })).toHaveCount(0);
  await expect(page.getByRole("row", { name: /Ada First/ })).toBeVisible();
});

test("a facet clicked before its code is there loads no new page, which would lose what is typed", async ({
  page,
  context,
}) => {
  const letCome = await openWithoutLateParts(context, page);
  const box = page.getByRole("combobox", { name: "Search words or filters" });
  await box.pressSequentially("company:x1");
  await page
    .getByRole("complementary", { name: "Filters" })
    .getByRole("link", { name: /^New 2/ })
    .click();
  letCome();
  await expect(page).toHaveURL(/status=new/);
  await expect(box).toHaveValue("company:x1");
});

test("the desk's own keys work on what has no code yet", async ({ page, context }) => {
  const letCome = await openWithoutLateParts(context, page);
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Search words or filters" })).toBeFocused();
  await page.keyboard.press("Control+k");
  letCome();
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
});

test("a decision made before the code that sends it is there is shown at once, and sent once it is", async ({
  page,
  context,
}) => {
  const letCome = await openWithoutLateParts(context, page);
  const [, last] = added.contacts;
  const row = page.getByRole("row", { name: /Zoe Last/ });
  await row.getByRole("checkbox").click();
  await page.keyboard.press("3");
  await expect(row.getByRole("button", { name: /Contacted/ })).toBeVisible();
  letCome();
  await expect
    .poll(() => query("select status from contact_submissions where id = $1", [last?.id ?? ""]))
    .toEqual([{ status: "contacted" }]);
  await row.getByRole("checkbox").click();
  await expect(page.getByRole("toolbar", { name: "Selected contacts" })).toBeVisible();
});

test("keys after a click on what has no code yet wait for it", async ({ page, context }) => {
  const letCome = await openWithoutLateParts(context, page);
  await page.getByRole("checkbox", { name: "Select every contact on this page" }).click();
  await page.keyboard.press("4");
  letCome();
  await expect(page.getByText("2 contacts set to Qualified")).toBeVisible();
  await expect
    .poll(() => query("select distinct status from contact_submissions where service = $1", [added.service]))
    .toEqual([{ status: "qualified" }]);
});
