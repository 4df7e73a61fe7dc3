import type { Page } from "playwright/test";
import { listStored, openInbox } from "../inbox-contacts";
import { query, signInAs, type TestStaff } from "../sign-in";
import { expect, password, test } from "../signed-in";

let ada: TestStaff;

test.beforeEach(({ ada: signedIn }) => {
  ada = signedIn;
});

const people = (count: number) => Array.from({ length: count }, () => ({}));
const marked = (page: Page) => page.locator("tr[data-current]");
const endSessions = () => query("delete from staff_sessions where staff_id = $1", [ada.id]);

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill(ada.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("from the second page, Back from a contact's own page shows that page where it was, the row marked", async ({
  page,
  make,
}) => {
  const { href } = await make(people(130));
  await openInbox(page, href);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next page" }).click();
  await expect(page.getByRole("link", { name: /^Person 60 / })).toBeAttached();
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next page" }).click();
  await page.getByRole("link", { name: /^Person 128 / }).click();
  await expect(page).toHaveURL(/open=/);
  await page.getByRole("link", { name: "Open as a page" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Person 128" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/after=/);
  await expect(marked(page)).toContainText("Person 128");
  await expect(page.getByRole("row", { name: /Person 128/ })).toBeInViewport();
});

test("after sorting by name and opening a document, Back leads the whole way, step by step", async ({ page, make }) => {
  const { href, contacts } = await make([{ name: "Zoë" }, { name: "Ana" }, { name: "Émile" }]);
  await query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, s3_bucket, s3_key)
    values ($1, 'plan.txt', 1, 'text/plain', 'notes', now(), 'none', 'none')`,
    [contacts[2]?.id],
  );
  await openInbox(page, href);
  await page.getByRole("button", { name: "Contact", exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await page.getByRole("link", { name: /Émile/ }).click();
  // The panel's frame appears at once; it becomes a history entry when the contact is in it.
  await expect(page).toHaveURL(/open=/);
  await page.getByRole("link", { name: "Open as a page" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Émile" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("complementary", { name: "Open contact" })).toContainText("Émile");
  await page.goBack();
  await expect(page.getByRole("complementary", { name: "Open contact" })).toBeHidden();
  await expect(page).toHaveURL(/sort=name/);
  await expect(marked(page)).toContainText("Émile");
});

test("a change that is refused because the session is over goes back and says so; one signs in and is where one was", async ({
  page,
  context,
  make,
}) => {
  const { href, contacts } = await make([{ name: "Mara Lind" }, { name: "Jo Berg" }]);
  await openInbox(page, `${href}&status=new`);
  await page.getByRole("link", { name: /Jo Berg/ }).click();
  await expect(page.getByRole("heading", { name: "Jo Berg" })).toBeVisible();
  await endSessions();
  await page.keyboard.press("5");
  await expect(page.getByText("You were signed out, so this was not saved.").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await context.clearCookies();
  await signIn(page);
  await expect(page).toHaveURL(/status=new.*open=|open=.*status=new/);
  await expect(page.getByRole("complementary", { name: "Open contact" })).toContainText("Jo Berg");
  await expect(page.getByRole("row", { name: /Jo Berg/ })).toContainText("New");
  expect((await listStored(contacts)).map(({ status }) => status)).toEqual(["new", "new"]);
});

test("what was half typed is there again after signing in, and only for who typed it", async ({
  page,
  make,
  addPerson,
}) => {
  const { href } = await make([{ name: "Mara Lind" }, { name: "Jo Berg" }]);
  await openInbox(page, href);
  const bar = page.getByRole("combobox", { name: "Search words or filters" });
  await bar.fill("status: ");
  await expect(bar).toHaveValue("status: ");
  await endSessions();
  await page.getByRole("link", { name: "Inbox" }).first().click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto(`/sign-in?next=${encodeURIComponent(href)}`);
  await signIn(page);
  await expect(page.getByText("2 matching").first()).toBeVisible();
  await expect(bar).toHaveValue("status: ");

  const bo = await addPerson("agent", { name: "Bo Ek" });
  await signInAs(page.context(), bo);
  await openInbox(page, href);
  await expect(bar).toHaveValue("");
});

test("words typed as the session ends are in the address that one comes back to", async ({ page, make }) => {
  const { href } = await make([{ name: "Mara Lind" }, { name: "Jo Berg" }]);
  await openInbox(page, href);
  await endSessions();
  await page.keyboard.press("/");
  await page.keyboard.type("berg");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await signIn(page);
  await expect(page.getByText("1 matching").first()).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Search words or filters" })).toHaveValue("berg");
});

test("a row acted on stays under a filter it no longer matches, with its contact open and after its undo", async ({
  page,
  make,
}) => {
  const { href } = await make([{ name: "Ana" }, { name: "Bo" }, { name: "Cy" }]);
  await openInbox(page, `${href}&status=new`);
  const names = () => page.locator("[data-row-link] bdi:first-child").allTextContents();
  await page.getByRole("link", { name: /^Bo / }).click();
  await expect(page.getByRole("complementary", { name: "Open contact" })).toContainText("Bo");
  await page.keyboard.press("5");
  await expect(page.getByText("2 matching")).toBeVisible();
  await expect(page.getByRole("row", { name: /Bo/ })).toContainText("Closed");
  expect(await names()).toEqual(["Ana", "Bo", "Cy"]);
  await page.keyboard.press("j");
  await expect(page.getByRole("complementary", { name: "Open contact" })).toContainText("Cy");
  expect(await names()).toEqual(["Ana", "Bo", "Cy"]);
  await page.keyboard.press("z");
  await expect(page.getByText("3 matching")).toBeVisible();
  await expect(page.getByRole("row", { name: /Bo/ })).toContainText("New");
  expect(await names()).toEqual(["Ana", "Bo", "Cy"]);
});

test("without a network the list stays, and says what cannot be done", async ({
  page,
  context,
  expectedErrors,
  make,
}) => {
  expectedErrors.push(/Failed to load resource|net::ERR/);
  const { href, contacts } = await make([{ name: "Mara Lind" }]);
  await openInbox(page, href);
  const toasts = page.waitForResponse((response) => response.url().endsWith(".js"));
  await page.keyboard.press("k");
  await toasts;
  await context.setOffline(true);
  await expect(page.getByText(/^You are offline. You can read this list/)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("5");
  await expect(page.getByText("You are offline, so this was not saved.").first()).toBeVisible();
  await expect(page.getByRole("row", { name: /Mara Lind/ })).toContainText("New");
  await page.getByRole("link", { name: /Mara Lind/ }).click();
  await expect(page.getByRole("row", { name: /Mara Lind/ })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(/^You are offline. You can read this list/)).toBeHidden();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Mara Lind set to Closed")).toBeVisible();
  expect((await listStored(contacts))[0]?.status).toBe("closed");
});
