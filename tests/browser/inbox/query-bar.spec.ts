import type { Page } from "playwright/test";
import { openInbox } from "../inbox-contacts";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

const box = (page: Page) => page.getByRole("combobox", { name: "Search words or filters" });
const names = (page: Page) => page.locator("[data-row-link] bdi:first-child").allTextContents();
const option = (page: Page, name: RegExp) => page.getByRole("option", { name });
const search = (page: Page) => new URL(page.url()).search.replaceAll("+", " ");

test("a typed filter is the filter that a click gives: the same address, chips and rows", async ({ page, make }) => {
  const { href } = await make([{ status: "new" }, { status: "closed" }, { status: "spam" }]);
  await openInbox(page, href);
  const facets = page.getByRole("complementary", { name: "Filters" });
  await facets.getByRole("link", { name: /^Closed 1/ }).click();
  await expect(page.getByText("1 matching")).toBeVisible();
  const clicked = page.url();
  await openInbox(page, href);
  await page.keyboard.press("/");
  await page.keyboard.type("status:closed");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(clicked);
  await expect(page.getByRole("link", { name: "Remove filter Status: Closed" })).toBeVisible();
  await expect(box(page)).toHaveValue("");
  await expect(box(page)).toBeFocused();
  await expect.poll(() => names(page)).toEqual(["Person 2"]);
  await page.goBack();
  await expect.poll(() => names(page)).toHaveLength(3);
});

test("a whole query can be pasted, and Enter makes chips of it and keeps its words", async ({ page }) => {
  await openInbox(page, "/contacts");
  const text = 'status:new type:pdf docs:>2 lang:en conf:high -service:"Cloud Architecture" "exact words"';
  await box(page).fill(text);
  await box(page).press("Enter");
  await expect
    .poll(() => decodeURIComponent(search(page)))
    .toBe('?q="exact words"&status=new&-service=Cloud Architecture&type=pdf&language=en&confidence=high&documents=3-');
  await expect(box(page)).toHaveValue('"exact words"');
  await expect(page.getByRole("link", { name: /^Remove filter/ })).toHaveCount(6);
  await page.reload();
  await expect(box(page)).toHaveValue('"exact words"');
});

test("relative days are offered, stay relative in the address and in a chip, and are shown as the days they are", async ({
  page,
  make,
}) => {
  const { href } = await make([{}, {}]);
  await openInbox(page, href);
  await box(page).pressSequentially("from:last-w");
  await expect(option(page, /^last-week Last week$/)).toHaveAttribute("aria-selected", "true");
  await box(page).press("Enter");
  await box(page).pressSequentially('to:"Last week"');
  await box(page).press("Enter");
  await expect(page).toHaveURL(/from=last-week&to=last-week/);
  await expect(page.getByRole("link", { name: "Remove filter Sent: last week" })).toBeVisible();
  const facets = page.getByRole("complementary", { name: "Filters" });
  await expect(facets.getByRole("link", { name: "Last week" })).toHaveAttribute("aria-current", "true");
  const [from = "", to = ""] = [
    await facets.getByLabel("From", { exact: true }).inputValue(),
    await facets.getByLabel("To", { exact: true }).inputValue(),
  ];
  // As the desk shows days, whatever the browser's language is: "16 Nov 2026".
  const [first, last] = [Date.parse(`${from} UTC`), Date.parse(`${to} UTC`)];
  expect(last - first).toBe(6 * 86_400_000);
  expect(new Date(first).getUTCDay()).toBe(1);
  // One end is changed in its field; the other stays relative.
  await facets.getByLabel("From", { exact: true }).fill("1 Jan 2026");
  await facets.getByLabel("From", { exact: true }).press("Enter");
  await expect(page).toHaveURL(/from=2026-01-01&to=last-week/);
  await facets.getByRole("link", { name: "This month" }).click();
  await expect(page).toHaveURL(/from=this-month&to=this-month/);
  await facets.getByRole("link", { name: "This month" }).click();
  await expect(page).not.toHaveURL(/month/);
});

test("names and values are completed by arrows, Enter and Tab; Escape closes the list and keeps the text", async ({
  page,
  make,
}) => {
  const { href, service } = await make([{ status: "new" }, { status: "waiting on legal" }]);
  await openInbox(page, href);
  await expect(page.getByText("2 matching")).toBeVisible();
  await box(page).pressSequentially("sta");
  await expect(box(page)).toHaveAttribute("aria-expanded", "true");
  await expect(option(page, /^status: Status$/)).toHaveAttribute("aria-selected", "false");
  await box(page).press("ArrowDown");
  await expect(option(page, /^status: Status$/)).toHaveAttribute("aria-selected", "true");
  const active = await box(page).getAttribute("aria-activedescendant");
  await expect(option(page, /^status: Status$/)).toHaveAttribute("id", active ?? "none");
  await box(page).press("Tab");
  await expect(box(page)).toHaveValue("status:");
  await expect(option(page, /^new New/)).toBeVisible();
  await box(page).pressSequentially("wait");
  await expect(page.getByRole("option")).toHaveCount(1);
  await box(page).press("Enter");
  await expect(box(page)).toHaveValue('status:"waiting on legal" ');
  await box(page).pressSequentially("-serv");
  await option(page, /^-service:/).click();
  await expect(box(page)).toHaveValue('status:"waiting on legal" -service:');
  await expect(box(page)).toBeFocused();
  await box(page).press("Escape");
  await expect(page.getByRole("listbox")).toBeHidden();
  await expect(box(page)).toHaveValue('status:"waiting on legal" -service:');
  await box(page).pressSequentially("none");
  await box(page).press("Enter");
  await expect
    .poll(() => decodeURIComponent(search(page)))
    .toBe(`?status=waiting on legal&service=${service}&-service=`);
  await expect.poll(() => names(page)).toEqual(["Person 2"]);
});

test("words that are typed are searched for as before, also beside a term that is not committed", async ({
  page,
  make,
}) => {
  const { href } = await make([{ name: "Priya Raman" }, { name: "Jonas Weber" }]);
  await openInbox(page, href);
  await box(page).pressSequentially("raman");
  await expect(page).toHaveURL(/q=raman/);
  await box(page).pressSequentially(" status:");
  await expect(page.getByText("1 matching")).toBeVisible();
  await box(page).pressSequentially("closed");
  await box(page).press("Enter");
  await expect(page).toHaveURL(/q=raman&status=closed/);
  await expect(page.getByRole("heading", { name: "No contacts match these filters." })).toBeVisible();
  await expect(box(page)).toHaveValue("raman");
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/\/contacts$/);
  await expect(box(page)).toHaveValue("");
});

test("typing on replaces the address, Enter keeps it in the history, and a name that was begun is not searched for", async ({
  page,
  make,
}) => {
  const { href } = await make([{ name: "Priya Raman" }, { name: "Jonas Weber" }]);
  await openInbox(page, href);
  await box(page).pressSequentially("pri");
  await expect(page).toHaveURL(/q=pri&/);
  await expect.poll(() => names(page)).toEqual(["Priya Raman"]);
  await box(page).pressSequentially("ya");
  await expect(page).toHaveURL(/q=priya&/);
  await box(page).press("Enter");
  await box(page).fill("status");
  await expect(page).toHaveURL(/q=status&/);
  await box(page).pressSequentially(":new");
  await expect(page).not.toHaveURL(/q=/);
  await expect(box(page)).toHaveValue("status:new");
  await page.goBack();
  await expect(page).toHaveURL(/q=priya&/);
  await expect(box(page)).toHaveValue("status:new priya");
  await box(page).fill("priya");
  await page.goBack();
  await expect(page).not.toHaveURL(/q=/);
  await expect(box(page)).toHaveValue("");
  await expect.poll(() => names(page)).toHaveLength(2);
});

test("Backspace at the start turns the last chip into text, to change and commit again", async ({ page, make }) => {
  const { href } = await make([{ status: "new" }, { status: "closed" }]);
  await openInbox(page, `${href}&status=new&-status=spam`);
  await expect(page.getByText("1 matching")).toBeVisible();
  await box(page).press("Backspace");
  await expect(box(page)).toHaveValue(/^service:"Testing/);
  await expect(page).toHaveURL(/contacts\?status=new&-status=spam$/);
  await expect(page.getByRole("link", { name: /^Remove filter/ })).toHaveCount(2);
  await page.goBack();
  await expect(page.getByRole("link", { name: /^Remove filter/ })).toHaveCount(3);
  await expect(box(page)).toHaveValue("");
});

test("what is wrong is said in its place, with what was meant; nothing is lost and nothing happens until it is right", async ({
  page,
  make,
}) => {
  const { href } = await make([{ status: "new" }, { status: "closed" }]);
  await openInbox(page, href);
  const before = page.url();
  await box(page).pressSequentially("stauts:closed docs:five");
  await expect(box(page)).toHaveAttribute("aria-invalid", "true");
  await box(page).press("Enter");
  await expect(box(page)).toHaveAccessibleDescription(/There is no filter "stauts".*needs a number or a range/s);
  expect(
    await box(page).evaluate((input: HTMLInputElement) =>
      input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0),
    ),
  ).toBe("stauts:");
  expect(page.url()).toBe(before);
  await expect(box(page)).toHaveValue("stauts:closed docs:five");
  await page.getByRole("button", { name: "Use status:" }).click();
  await expect(box(page)).toHaveValue("status:closed docs:five");
  await expect(box(page)).toBeFocused();
  await box(page).press("End");
  for (let letters = 0; letters < " docs:five".length; letters++) await box(page).press("Backspace");
  await expect(box(page)).toHaveAttribute("aria-invalid", "false");
  await box(page).press("Enter");
  await expect.poll(() => names(page)).toEqual(["Person 2"]);
});

test("a term that waits for Enter survives a click on a facet and the row's keys stay silent", async ({
  page,
  make,
}) => {
  const { href } = await make([{ status: "new" }, { status: "closed" }]);
  await openInbox(page, href);
  await box(page).pressSequentially("company:x1");
  await page
    .getByRole("complementary", { name: "Filters" })
    .getByRole("link", { name: /^Closed 1/ })
    .click();
  await expect(page).toHaveURL(/status=closed/);
  await expect(box(page)).toHaveValue("company:x1");
  await expect(page.getByText("selected")).toBeHidden();
});

test("what is wrong in the box stays behind with the page or the view that it was typed in", async ({ page, make }) => {
  const { href, contacts } = await make([{}]);
  const mistake = "docs:five";
  const makeMistake = async () => {
    await box(page).pressSequentially(mistake);
    await box(page).press("Enter");
    await expect(box(page)).toHaveAttribute("aria-invalid", "true");
  };
  await openInbox(page, href);
  await makeMistake();
  // A look at a contact is not leaving.
  await page.getByRole("link", { name: /Person 1/ }).click();
  await page.getByRole("link", { name: "Open as a page" }).click();
  await expect(page).toHaveURL(new RegExp(`/contacts/${contacts[0]?.id}`));
  await page.goBack();
  await expect(box(page)).toHaveValue(mistake);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Analytics" }).click();
  await expect(page).toHaveURL(/\/analytics/);
  await page.goBack();
  await expect(page.getByRole("row", { name: /Person 1/ })).toBeVisible();
  await expect(box(page)).toHaveValue("");
  await makeMistake();
  await page
    .getByRole("navigation", { name: "Views" })
    .getByRole("link", { name: /^All contacts/ })
    .click();
  await expect(page).toHaveURL(/view=all/);
  await expect(box(page)).toHaveValue("");
  await expect(box(page)).toHaveAttribute("aria-invalid", "false");
});

test("what was searched for is marked in the list and in the contact, as text whatever it holds", async ({
  page,
  make,
}) => {
  const { href } = await make([
    { name: "Priya Raman", company: "Ramanujan Works", message: "RAMAN asks for <b>bold</b> things" },
    { name: "Jonas Weber", message: "Nothing" },
  ]);
  await openInbox(page, `${href}&q=raman+"<b>"`);
  const row = page.getByRole("row", { name: /Priya Raman/ });
  await expect(row.locator("mark")).toHaveText(["Raman", "Raman", "RAMAN", "<b>"]);
  await page.getByRole("link", { name: /Priya Raman/ }).click();
  const panel = page.getByRole("complementary", { name: "Open contact" });
  await expect(panel.locator("mark")).toHaveText(["Raman", "Raman", "RAMAN", "<b>"]);
  await panel.getByRole("link", { name: "Open as a page" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Priya Raman" }).locator("mark")).toHaveText("Raman");
  await expect(page.getByRole("main").locator("mark")).toHaveText(["Raman", "Raman", "RAMAN", "<b>"]);
});

for (const width of [1440, 390]) {
  test(`axe finds nothing with the list open and with a mistake at ${width} px in the light and in the dark`, async ({
    page,
    make,
  }) => {
    const { href } = await make([{ message: "A person says hello" }]);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await openInbox(page, `${href}&q=hello`);
    await expect(page.getByText("1 matching")).toBeVisible();
    await box(page).fill("hello status:");
    await box(page).press("ArrowDown");
    await expect(page.getByRole("listbox", { name: "Suggestions" })).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await box(page).fill("stauts:new");
    await box(page).press("Enter");
    await expect(page.getByRole("button", { name: "Use status:" })).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
  });
}
