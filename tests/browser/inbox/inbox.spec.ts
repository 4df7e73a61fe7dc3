import type { Page } from "playwright/test";
import { statuses, statusOrder } from "@/lib/contact/status";
import { findNews, openInbox } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

const names = (page: Page) => page.locator("[data-row-link] bdi:first-child").allTextContents();

test("keys are silent while typing and while a menu is open", async ({ page, make }) => {
  const { href, service } = await make([{}, {}]);
  await openInbox(page, href);
  await page.keyboard.press("j");
  await page.keyboard.press("/");
  await page.keyboard.type("x5");
  // No contact has it; the rows return when the text is gone.
  await expect(page.getByRole("heading", { name: "No contacts match these filters." })).toBeVisible();
  await page.getByRole("combobox", { name: "Search words or filters" }).fill("");
  await page.keyboard.press("Escape");
  await page
    .getByRole("row", { name: /Person 2/ })
    .getByRole("button", { name: /^Status/ })
    .click();
  await page.keyboard.press("6");
  await page.keyboard.press("Escape");
  const stored = await query<{ status: string }>("select status from contact_submissions where service = $1", [
    service,
  ]);
  expect(stored).toEqual([{ status: "new" }, { status: "new" }]);
  await expect(page.getByText("selected")).toBeHidden();
});

test("a row opens beside the list, which does not move; Escape closes it; its link is the contact's page", async ({
  page,
  make,
}) => {
  const { href, contacts } = await make([{ message: "A message that is read in the panel" }, {}]);
  await openInbox(page, href);
  await page.getByRole("link", { name: /Person 1/ }).click();
  const panel = page.getByRole("complementary", { name: "Open contact" });
  await expect(panel.getByRole("heading", { name: "Person 1" })).toBeVisible();
  await expect(panel).toContainText("A message that is read in the panel");
  await expect(page).toHaveURL(new RegExp(`open=${contacts[0]?.id}`));
  await page.keyboard.press("j");
  await expect(panel.getByRole("heading", { name: "Person 2" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/open=/);
  await expect(page.getByRole("link", { name: /Person 2/ })).toHaveAttribute(
    "href",
    new RegExp(`^/contacts/${contacts[1]?.id}`),
  );
  expect(await query("select version from contact_submissions where id = $1", [contacts[0]?.id])).toEqual([
    { version: 1 },
  ]);
});

test("coming back from a contact's page shows the list where it was, with the row just visited marked", async ({
  page,
  make,
}) => {
  const { href } = await make(Array.from({ length: 40 }, () => ({})));
  await openInbox(page, href);
  await page.getByRole("link", { name: /Person 38/ }).click();
  await page.getByRole("link", { name: "Open as a page" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Person 38" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("row", { name: /Person 38/ })).toBeInViewport();
  await expect(page.locator("tr[data-current]")).toContainText("Person 38");
});

test("pages are turned by key, forth and back, without losing or repeating a row, and no menu opens by itself", async ({
  page,
  make,
}) => {
  const { href, contacts } = await make(Array.from({ length: 60 }, () => ({})));
  await openInbox(page, href);
  const first = await names(page);
  await page
    .getByRole("row")
    .nth(1)
    .getByRole("button", { name: /^Status/ })
    .click();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next page" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect.poll(() => names(page)).toHaveLength(10);
  expect([...first, ...(await names(page))]).toEqual(contacts.map(({ name }) => name));
  await page.getByRole("link", { name: "Previous page" }).click();
  await expect.poll(() => names(page)).toEqual(first);
  await expect(page.getByRole("menu")).toHaveCount(0);
});

test("the last page and the first are a click away, whichever one is on", async ({ page, make }) => {
  const { href } = await make(Array.from({ length: 120 }, () => ({})));
  await openInbox(page, href);
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(pages.getByRole("link", { name: "First page" })).toHaveCount(0);
  await pages.getByRole("link", { name: "Last page" }).click();
  await expect(page).toHaveURL(/before=end/);
  await expect.poll(async () => (await names(page)).at(-1)).toBe("Person 120");
  expect(await names(page)).toHaveLength(50);
  await expect(pages.getByRole("link", { name: "Last page" })).toHaveCount(0);
  await pages.getByRole("link", { name: "First page" }).click();
  await expect.poll(async () => (await names(page)).at(0)).toBe("Person 1");
});

test("the order is chosen by a header or by name, and is in the address", async ({ page, make }) => {
  const { href } = await make([{ name: "Zoë" }, { name: "Ana" }, { name: "Émile" }]);
  await openInbox(page, href);
  await page.getByRole("columnheader", { name: "Contact", exact: true }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=name/);
  await expect.poll(() => names(page)).toEqual(["Ana", "Émile", "Zoë"]);
  await expect(page.getByRole("columnheader", { name: "Contact", exact: true })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await page.getByRole("button", { name: /^Order/ }).click();
  await page.getByRole("menuitemradio", { name: "Oldest first" }).click();
  await expect(page).toHaveURL(/sort=timestamp/);
  await expect.poll(() => names(page)).toEqual(["Émile", "Ana", "Zoë"]);
});

test("what is acted on stays in its place; what has arrived is offered, not inserted", async ({ page, make }) => {
  const { href, service } = await make([{}, {}, {}]);
  await openInbox(page, `${href}&status=new`);
  await query(
    `insert into contact_submissions (id, name, email, service, message, "timestamp") values ($1, 'Late Comer', 'x@example.com', $2, 'Hello', now())`,
    [`late ${service}`, service],
  );
  await page.keyboard.press("j");
  await page.keyboard.press("5");
  const arrived = findNews(page, "1 new");
  await arrived.waitFor();
  expect(await names(page)).toEqual(["Person 1", "Person 2", "Person 3"]);
  await expect(page.getByRole("row", { name: /Person 1/ })).toContainText("Closed");
  await arrived.click();
  await expect.poll(() => names(page)).toEqual(["Late Comer", "Person 2", "Person 3"]);
});

test("what the address asks for and cannot be had is said, and the rest is shown", async ({ page, make }) => {
  const { href } = await make([{}]);
  await openInbox(page, `${href}&colour=red&documents=five&after=nonsense`);
  await expect(page.getByText(/Ignored: colour=red/)).toBeVisible();
  await expect(page.getByText(/Ignored: documents=five/)).toBeVisible();
  // Each on a line of its own.
  const [one, other] = await Promise.all(
    [/Ignored: colour=red/, /Ignored: documents=five/].map((words) => page.getByText(words).boundingBox()),
  );
  expect(other?.y).toBeGreaterThanOrEqual((one?.y ?? 0) + (one?.height ?? 0));
  expect(await names(page)).toEqual(["Person 1"]);
});

test("no match offers to clear the filters", async ({ page }) => {
  await openInbox(page, "/contacts?service=Nobody+asked+for+this");
  await expect(page.getByRole("heading", { name: "No contacts match these filters." })).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/contacts$/);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});

test("days the wrong way round are said to be, and swapped at a click", async ({ page, make }) => {
  const { href } = await make([{}]);
  await openInbox(page, `${href}&from=2199-01-02&to=2001-01-01`);
  await expect(page.getByText("The first day is after the last day.")).toBeVisible();
  await page.getByRole("link", { name: "Swap the days" }).click();
  await expect.poll(() => names(page)).toEqual(["Person 1"]);
});

test("odd contacts look like contacts: no name, right to left, markup, emoji, ids that paths dislike", async ({
  page,
  make,
}) => {
  const { href } = await make([
    { name: "", message: "", company: "Not specified" },
    { name: "نور حداد", message: "مرحبا، نحتاج إلى مساعدة" },
    { name: "<b>bold</b> ".repeat(12), message: '=HYPERLINK("x")' },
    { name: "🧑‍🚀 👩🏽‍💻", message: "🎉".repeat(200), status: null },
    { id: `legacy 5/ümlaut?&# ${Date.now()}`, name: "Old Import" },
  ]);
  await openInbox(page, href);
  await expect(page.getByRole("row", { name: /No name/ })).toContainText("No message");
  await expect(page.getByText("<b>bold</b>").first()).toBeVisible();
  await expect(page.getByRole("row", { name: /🧑‍🚀/ })).toContainText("No status");
  await page.getByRole("link", { name: /Old Import/ }).click();
  await expect(
    page.getByRole("complementary", { name: "Open contact" }).getByRole("heading", { name: "Old Import" }),
  ).toBeVisible();
  await page.getByRole("link", { name: "Open as a page" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Old Import" })).toBeVisible();
});

test("a contact whose time no clock shows takes neither the list nor another contact's page along", async ({
  page,
  make,
}) => {
  const { href, service, contacts } = await make([{ name: "For ever" }, { name: "Ordinary" }]);
  await query(`update contact_submissions set "timestamp" = 'infinity', email = 'same@example.com' where id = $1`, [
    contacts[0]?.id,
  ]);
  await query("update contact_submissions set email = 'same@example.com' where id = $1", [contacts[1]?.id]);
  await openInbox(page, href);
  await expect(page.getByRole("row", { name: /For ever/ })).toContainText("Unknown time");
  await page.goto(`/contacts/${contacts[1]?.id}`);
  await expect(page.getByRole("heading", { level: 1, name: "Ordinary" })).toBeVisible();
  await page.goto(`/analytics?service=${encodeURIComponent(service)}`);
  await expect(page.getByRole("heading", { name: "Contacts per day" })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("cards fit, filters rise in a sheet, the bar lies at the bottom, a contact is a page", async ({
    page,
    make,
  }) => {
    const { href, contacts } = await make([{ name: "Person 1 ".repeat(20) }, { status: "closed" }, {}]);
    await openInbox(page, href);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole("button", { name: /^Filters/ }).click();
    await page
      .getByRole("dialog", { name: "Filters" })
      .getByRole("link", { name: /^Closed 1/ })
      .click();
    await expect(page).toHaveURL(/status=closed/);
    await page.keyboard.press("Escape");
    await expect.poll(() => names(page)).toEqual(["Person 2"]);
    await page.getByRole("checkbox", { name: "Select Person 2" }).click();
    await expect(page.getByRole("toolbar", { name: "Selected contacts" })).toBeInViewport();
    await page.getByRole("button", { name: "Clear selection" }).click();
    await page.getByRole("link", { name: /Person 2/ }).click();
    await expect(page).toHaveURL(new RegExp(`/contacts/${contacts[1]?.id}`));
  });

  test("all on the page are selected at a touch, without touching each", async ({ page, make }) => {
    const { href } = await make([{}, {}, {}]);
    await openInbox(page, href);
    await page.getByRole("checkbox", { name: "Select Person 2" }).click();
    const bar = page.getByRole("toolbar", { name: "Selected contacts" });
    await bar.getByRole("button", { name: "Select page" }).click();
    await expect(bar).toContainText("3 selected");
    await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(3);
    await expect(bar.getByRole("button", { name: "Select page" })).toHaveCount(0);
    // No key is named that nobody could press, neither in the bar nor in its menus.
    await expect(bar.getByRole("button", { name: "Assign" })).toHaveText("Assign", { useInnerText: true });
    await bar.getByRole("button", { name: "Status" }).click();
    await expect(page.getByRole("menuitemradio")).toHaveText(
      statusOrder.map((status) => statuses[status].label),
      { useInnerText: true },
    );
    await page.keyboard.press("Escape");
    expect(await bar.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  });

  test("a toast names no key, which nobody could press", async ({ page, make }) => {
    const { href } = await make([{}]);
    await openInbox(page, href);
    await page.keyboard.press("j");
    await page.keyboard.press("5");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(page.getByText("Undone: back to New")).toBeVisible();
  });
});

for (const width of [1440, 390]) {
  test(`axe finds nothing at ${width} px in the light and in the dark`, async ({ page, make }) => {
    const { href } = await make([{}, { status: "waiting-on-legal" }, { status: "closed" }]);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await openInbox(page, `${href}&colour=red`);
    await expect(page.getByText("3 matching")).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("5");
    await expect(page.getByText("Person 1 set to Closed")).toBeVisible();
    await page.keyboard.press("x");
    if (width > 1000) {
      await page.keyboard.press("Enter");
      await expect(
        page.getByRole("complementary", { name: "Open contact" }).getByRole("heading", { name: "Person 1" }),
      ).toBeVisible();
    }
    expect(await findViolationsInBothThemes(page)).toEqual([]);
  });
}
