import { randomUUID } from "node:crypto";
import pg from "pg";
import type { Browser, Page } from "playwright/test";
import { findNews, openInbox, type TestContact } from "../inbox-contacts";
import { query, signInAs, type TestStaff } from "../sign-in";
import { expect, findViolations, test } from "../signed-in";

let ada: TestStaff;
let tomo: TestStaff;
let contacts: TestContact[];
let service: string;
let href: string;

test.beforeEach(async ({ ada: signedIn, addPerson, make }) => {
  ada = signedIn;
  tomo = await addPerson("agent", { name: "Tomo Sato" });
  ({ contacts, service, href } = await make([{}, {}, {}]));
});

const names = (page: Page) => page.locator("[data-row-link] bdi:first-child").allTextContents();
const panel = (page: Page) => page.getByRole("complementary", { name: "Open contact" });

/** Another browser, used by Tomo Sato. */
async function openAsTomo(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  await signInAs(context, tomo);
  return context.newPage();
}

/** As the website does: with its own role and columns, and a sending time that is not now. */
async function submit(name: string): Promise<void> {
  const site = new pg.Client({ connectionString: process.env.TEST_WEBSITE_URL });
  await site.connect();
  await site.query(
    `insert into contact_submissions (id, name, email, service, message, timestamp, status, source)
    values ($1, $2, 'late@example.com', $3, 'Hello', now() - interval '30 seconds', 'new', 'website')`,
    [`late_${randomUUID()}`, name, service],
  );
  await site.end();
}

test("what a colleague changes and what the website brings is offered; the list moves when it is asked to", async ({
  page,
  browser,
}) => {
  await openInbox(page, `${href}&status=new`);
  const other = await openAsTomo(browser);
  await openInbox(other, href);
  await other.keyboard.press("j");
  await other.keyboard.press("j");
  await other.keyboard.press("5");
  await expect(findNews(page, "1 changed")).toBeVisible();
  await submit("Late Comer");
  await expect(findNews(page, "1 new, 1 changed")).toBeVisible();
  await expect(findNews(other, "1 new")).toBeVisible();
  expect(await names(page)).toEqual(["Person 1", "Person 2", "Person 3"]);
  await expect(page.getByRole("row", { name: /Person 2/ })).toContainText("New");
  expect(await findViolations(page)).toEqual([]);

  await findNews(page, "1 new, 1 changed").click();
  await expect.poll(() => names(page)).toEqual(["Late Comer", "Person 1", "Person 3"]);
  await expect(page.getByText("3 matching")).toBeVisible();
  await expect(page.getByRole("button", { name: /\d (new|changed)/ })).toBeHidden();
  await other.context().close();
});

test("on a phone the offer lies over the list, and moves no button of the bar from under the finger", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openInbox(page, href);
  const sort = page.getByRole("button", { name: /first/ });
  const before = await sort.boundingBox();
  await submit("Late Comer");
  await expect(findNews(page, "1 new")).toBeVisible();
  expect(await sort.boundingBox()).toEqual(before);
  expect(await findViolations(page)).toEqual([]);
  await findNews(page, "1 new").click();
  await expect.poll(() => names(page)).toContain("Late Comer");
});

test("what one does oneself is no news, in another tab neither; what does not match is none", async ({
  page,
  context,
}) => {
  await openInbox(page, `${href}&status=new`);
  const second = await context.newPage();
  await openInbox(second, href);
  await second.keyboard.press("j");
  await second.keyboard.press("5");
  await expect(second.getByText("Person 1 set to Closed")).toBeVisible();
  await query(
    `insert into contact_submissions (id, name, email, service, message, "timestamp", status)
    values ($1, 'Closed Already', 'x@example.com', $2, 'Hello', now(), 'closed')`,
    [`late_${randomUUID()}`, service],
  );
  await submit("Late Comer");
  // Only the last of the three is announced.
  await expect(findNews(page, "1 new")).toBeVisible();
});

test("an open contact says who else looks at it and what they change; what is open stays open", async ({
  page,
  browser,
}) => {
  const id = contacts[0]?.id;
  await openInbox(page, `${href}&open=${id}`);
  await expect(panel(page).getByRole("heading", { name: "Person 1" })).toBeVisible();
  const other = await openAsTomo(browser);
  await other.goto(`/contacts/${id}`);
  await expect(panel(page).getByText("Tomo Sato is looking at this too")).toBeVisible();
  await expect(other.getByText("Ada Keller is looking at this too")).toBeVisible();

  await panel(page)
    .getByRole("button", { name: /Set status/ })
    .click();
  await expect(page.getByRole("menu")).toBeVisible();
  await other.keyboard.press("5");
  // While the menu is open, it hides everything else from assistive technology.
  await expect(page.getByText("Tomo Sato changed it from New to Closed just now")).toBeVisible();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await findViolations(page)).toEqual([]);
  await panel(page).getByRole("button", { name: "Show", exact: true }).click();
  await expect(panel(page).getByRole("button", { name: /^Closed/ })).toBeVisible();
  await expect(panel(page).getByText("just now")).toBeHidden();
  await expect(panel(page).getByRole("region", { name: "History" })).toContainText(
    "Tomo Sato changed the status from New",
  );

  await other.context().close();
  await expect(panel(page).getByText("Tomo Sato is looking at this too")).toBeHidden();
});

test("a stream ends with its session, and the page says so", async ({ page }) => {
  await openInbox(page, href);
  await submit("Late Comer");
  await expect(findNews(page, "1 new")).toBeVisible();
  await query("update staff_sessions set ended_at = now() where staff_id = $1", [ada.id]);
  await expect(page.getByText("You have been signed out")).toBeVisible();
});

test("another filter is another list: what came before it is no news there", async ({ page }) => {
  await openInbox(page, href);
  await submit("Late Comer");
  await expect(findNews(page, "1 new")).toBeVisible();
  await page
    .getByRole("complementary", { name: "Filters" })
    .getByRole("link", { name: /^New \d/ })
    .click();
  await expect(page).toHaveURL(/status=new/);
  await expect.poll(() => names(page)).toEqual(["Late Comer", "Person 1", "Person 2", "Person 3"]);
  await expect(page.getByRole("button", { name: /\d (new|changed)/ })).toBeHidden();
  await submit("Later Still");
  await expect(findNews(page, "1 new")).toBeVisible();
});
