import type { Page } from "playwright/test";
import { openInbox } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect, findViolationsInBothThemes, test as signedIn } from "../signed-in";

const test = signedIn.extend<{ makeWith: (...insights: object[]) => Promise<string> }>({
  /** Makes contacts with these insights, and returns the URL of the list that shows only them. */
  makeWith: ({ make }, use) =>
    use(async (...insights) => {
      const { href, contacts } = await make(insights.map(() => ({})));
      for (const [at, contact] of contacts.entries()) {
        await query("update contact_submissions set document_insights = $2 where id = $1", [
          contact.id,
          JSON.stringify(insights[at]),
        ]);
      }
      return href;
    }),
});

const names = (page: Page) => page.locator("[data-row-link] bdi:first-child").allTextContents();
const filters = (page: Page) => page.getByRole("complementary", { name: "Filters" });
const dialog = (page: Page) => page.getByRole("dialog", { name: "Other insights" });

/** Opens the list of paths and narrows it to one, which then opens. */
async function browse(page: Page, path: string): Promise<void> {
  await filters(page).getByRole("button", { name: "Other insights…" }).click();
  await dialog(page).getByRole("searchbox").fill(path);
  await expect(dialog(page).getByRole("status")).toHaveText(/^1 found/);
}

test("a path's common value is a link that adds it to the filter; the chip takes it away", async ({
  page,
  makeWith,
}) => {
  const href = await makeWith(
    { content_analysis: { primary_language: "en" } },
    { content_analysis: { primary_language: "de" } },
  );
  await openInbox(page, href);
  await browse(page, "primary_language");
  await dialog(page)
    .getByRole("link", { name: /^en \d+%/ })
    .click();
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL(/insight=content_analysis.primary_language%3Aeq%3Aen/);
  await expect(page.getByText("1 matching")).toBeVisible();
  expect(await names(page)).toEqual(["Person 1"]);
  await page.getByRole("link", { name: "Remove filter Insights: content_analysis.primary_language: en" }).click();
  await expect(page.getByText("2 matching")).toBeVisible();
});

test("numbers are asked for from and to, by keyboard alone", async ({ page, makeWith }) => {
  const href = await makeWith({ total_size: 10 }, { total_size: 25 }, { total_size: 40 }, { total_size: "25" });
  await openInbox(page, href);
  await filters(page).getByRole("button", { name: "Other insights…" }).focus();
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("searchbox").focus();
  await page.keyboard.type("total_size");
  await expect(dialog(page).getByRole("status")).toHaveText(/^1 found/);
  await dialog(page).getByLabel("From", { exact: true }).focus();
  await page.keyboard.type("ten");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("alert")).toHaveText("Enter a number of at most 15 digits.");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("20");
  await page.keyboard.press("Tab");
  await page.keyboard.type("39.5");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/insight=total_size%3Agte%3A20&insight\.all=total_size%3Alte%3A39\.5/);
  await expect.poll(() => names(page)).toEqual(["Person 2"]);
});

test("an element of a list, presence and absence are asked for; a link again takes its condition away", async ({
  page,
  makeWith,
}) => {
  const href = await makeWith({ document_types: ["pdf"] }, { document_types: ["pdf", "zz top"] }, {});
  await openInbox(page, href);
  await browse(page, "document_types");
  await dialog(page).getByLabel("Has").fill("zz top");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["Person 2"]);
  await page.goBack();
  await expect.poll(() => names(page)).toHaveLength(3);
  await browse(page, "document_types");
  await dialog(page).getByRole("link", { name: "Missing" }).click();
  await expect.poll(() => names(page)).toEqual(["Person 3"]);
  await browse(page, "document_types");
  await dialog(page).getByRole("link", { name: "Missing" }).click();
  await expect.poll(() => names(page)).toHaveLength(3);
});

test("a condition that nobody sampled can be typed as it stands in an address", async ({ page, makeWith }) => {
  const href = await makeWith({ notes: { "v1.0": "<b>bold</b>" } }, {});
  await openInbox(page, href);
  await filters(page).getByRole("button", { name: "Other insights…" }).click();
  await dialog(page).getByRole("searchbox").fill("notes.v1\\.0:eq:<b>bold</b>");
  await dialog(page).getByRole("link", { name: "Filter by notes.v1\\.0: <b>bold</b>" }).click();
  await expect.poll(() => names(page)).toEqual(["Person 1"]);
  await expect(page.getByRole("link", { name: /^Remove filter Insights/ })).toContainText("<b>bold</b>");
});

test("what cannot be read as a condition is said and left out", async ({ page, makeWith }) => {
  const href = await makeWith({});
  await openInbox(page, `${href}&insight=a:is:1`);
  await expect(page.getByText(/Ignored: insight=a:is:1\. Insights needs a path/)).toBeVisible();
  expect(await names(page)).toEqual(["Person 1"]);
});

test("the list of paths has no accessibility fault, wide and at 390 px, in the light and in the dark", async ({
  page,
  makeWith,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const href = await makeWith({ total_size: 3 }, { total_size: 3 });
  await openInbox(page, href);
  await browse(page, "total_size");
  expect(await findViolationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(filters(page).getByRole("button", { name: "Other insights…" })).toBeFocused();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: /^Filters/ }).click();
  await page.getByRole("dialog", { name: "Filters" }).getByRole("button", { name: "Other insights…" }).click();
  await dialog(page).getByRole("searchbox").fill("total_size");
  await expect(dialog(page).getByRole("status")).toHaveText(/^1 found/);
  expect(await findViolationsInBothThemes(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await dialog(page).getByRole("link", { name: "Present" }).click();
  await expect(page).toHaveURL(/insight=total_size%3Aexists/);
});
