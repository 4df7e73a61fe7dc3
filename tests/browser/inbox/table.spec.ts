import type { Locator, Page } from "playwright/test";
import { openInbox } from "../inbox-contacts";
import { query, signInAs, type TestStaff } from "../sign-in";
import { expect, findViolations, test } from "../signed-in";

const headers = (page: Page) => page.getByRole("columnheader").filter({ visible: true });
const columnNames = async (page: Page) => (await headers(page).allTextContents()).filter((text) => text !== "");
const usual = ["Contact", "Service and documents", "Status", "Age"];

/** The person's stored columns. */
async function storedColumns(ada: TestStaff): Promise<unknown> {
  const [row] = await query<{ columns: unknown }>(
    "select preferences -> 'columns' as columns from staff where id = $1",
    [ada.id],
  );
  return row?.columns ?? null;
}

async function widthOf(header: Locator): Promise<number> {
  return Math.round((await header.boundingBox())?.width ?? 0);
}

test("columns are shown, hidden, moved and reset from the bar, and are there in every browser the person signs in with", async ({
  page,
  browser,
  make,
  ada,
}) => {
  const { href } = await make([{ name: "Mara Lind" }]);
  await openInbox(page, href);
  expect(await columnNames(page)).toEqual(usual);

  await page.getByRole("button", { name: "Columns" }).click();
  const menu = page.getByRole("dialog", { name: "Columns" });
  await menu.getByRole("checkbox", { name: "E-mail" }).click();
  await expect(page.getByRole("row", { name: /Mara Lind/ })).toContainText("mara@northlight.example");
  await menu.getByRole("checkbox", { name: "Service and documents" }).click();
  await menu.getByRole("button", { name: "Move E-mail forward" }).click();
  await menu.getByRole("checkbox", { name: "E-mail" }).press("Alt+ArrowUp");
  await expect(menu.getByRole("status")).toHaveText("E-mail is now column 2 of 4");
  const chosen = ["Contact", "E-mail", "Status", "Age"];
  expect(await columnNames(page)).toEqual(chosen);
  await expect
    .poll(() => storedColumns(ada))
    .toEqual([{ id: "contact" }, { id: "email" }, { id: "status" }, { id: "age" }]);

  const elsewhere = await browser.newContext();
  await signInAs(elsewhere, ada);
  const other = await elsewhere.newPage();
  // The server's HTML has them already, so nothing changes after the first paint.
  const answer = await other.request.get(href);
  expect(await answer.text()).toContain("mara@northlight.example");
  await openInbox(other, href);
  expect(await columnNames(other)).toEqual(chosen);
  await elsewhere.close();

  await menu.getByRole("button", { name: "Reset" }).click();
  await expect.poll(() => columnNames(page)).toEqual(usual);
  await expect.poll(() => storedColumns(ada)).toBeNull();
});

test("the contact is always there, and what its box says cannot be taken away", async ({ page, make }) => {
  const { href } = await make([{ name: "Mara Lind" }]);
  await openInbox(page, href);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Contact always" }).press("Space");
  await expect(page.getByRole("checkbox", { name: "Contact always" })).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("checkbox", { name: "Service and documents" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: /Mara Lind/ })).toBeVisible();
});

test("a column is as wide as the keyboard or the mouse makes it, and stays so", async ({ page, make, ada }) => {
  const { href } = await make([{}]);
  await openInbox(page, href);
  const status = page.getByRole("columnheader", { name: "Status" });
  const edge = page.getByRole("separator", { name: "Width of Status" });
  await expect(edge).toHaveAttribute("aria-valuenow", "132");
  await edge.press("ArrowLeft");
  await edge.press("ArrowLeft");
  await expect(edge).toHaveAttribute("aria-valuenow", "164");
  expect(await widthOf(status)).toBe(164);
  await expect.poll(() => storedColumns(ada)).toContainEqual({ id: "status", width: 164 });
  await edge.press("End");
  await edge.press("Home");
  await expect(edge).toHaveAttribute("aria-valuenow", "90");

  const box = await edge.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 4, (box?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) - 26, (box?.y ?? 0) + 10, { steps: 4 });
  await page.mouse.up();
  await expect(edge).toHaveAttribute("aria-valuenow", "120");
  await expect.poll(() => storedColumns(ada)).toContainEqual({ id: "status", width: 120 });
  await page.reload();
  await expect(edge).toHaveAttribute("aria-valuenow", "120");
  expect(await widthOf(status)).toBe(120);
  await edge.dblclick();
  await expect(edge).toHaveAttribute("aria-valuenow", "132");
});

test("rows have one line or two, as the person chooses, from the first paint on", async ({ page, make, ada }) => {
  const { href } = await make([{ name: "Mara Lind", message: "Please call me back" }]);
  await openInbox(page, href);
  const row = page.getByRole("row", { name: /Mara Lind/ });
  const height = async () => (await row.boundingBox())?.height ?? 0;
  const two = await height();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByText("Compact").click();
  await expect.poll(height).toBeLessThan(two - 10);
  await expect(row).toContainText("Please call me back");
  await expect
    .poll(() => query("select preferences -> 'density' as density from staff where id = $1", [ada.id]))
    .toEqual([{ density: "compact" }]);
  await page.reload();
  await expect.poll(height).toBeLessThan(two - 10);
});

test("what is selected stays selected when the columns change, and headers sort by what their column shows", async ({
  page,
  make,
  ada,
}) => {
  const { href } = await make([
    { name: "Ana", company: "Zebra" },
    { name: "Bo", company: "Acme" },
    { name: "Cy", company: "Meyer" },
  ]);
  await openInbox(page, href);
  await page.getByRole("checkbox", { name: "Select Ana" }).click();
  await page.getByRole("checkbox", { name: "Select Cy" }).click({ modifiers: ["Shift"] });
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Company" }).click();
  await page.keyboard.press("Escape");
  await expect.poll(() => storedColumns(ada)).toContainEqual({ id: "company" });
  await expect(page.getByRole("toolbar", { name: "Selected contacts" })).toContainText("3 selected");
  await page.getByRole("button", { name: "Company", exact: true }).click();
  await expect(page).toHaveURL(/sort=company/);
  await expect(page.getByRole("columnheader", { name: "Company" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("row").nth(1)).toContainText("Acme");
});

test("a choice that cannot be saved goes back, and says so", async ({ page, actions, expectedErrors, make }) => {
  expectedErrors.push(/Failed to load resource|net::ERR/);
  const { href } = await make([{}]);
  await openInbox(page, href);
  actions.fate = "not sent";
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Assignee" }).click();
  await expect(page.getByText(/may not have been saved/)).toBeVisible();
  await expect.poll(() => columnNames(page)).toEqual(usual);
});

test("beside an open contact the columns give way by worth, and chips that have no room are counted", async ({
  page,
  make,
}) => {
  const { href, contacts } = await make([{ name: "Mara Lind", company: null, status: "in_review" }, { company: null }]);
  await query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, s3_bucket, s3_key, processing_status)
     select $1, 'file.' || ending, 1, 'application/pdf', '', now(), 'b', 'k', 'completed'
     from unnest(array['pdf', 'pdf', 'docx', 'xlsx', 'png', 'jpeg', 'heic', 'tiff']) ending`,
    [contacts[0]?.id],
  );
  await openInbox(page, href);
  const row = page.getByRole("row", { name: /Mara Lind/ });
  const chips = row.getByText(/^(pdf 2|docx|xlsx|png|jpeg|heic|tiff|\+\d)$/).filter({ visible: true });
  const width = async (name: RegExp) => widthOf(page.getByRole("columnheader", { name }));
  await expect(row).not.toContainText("Not given");
  await expect(chips.last()).toHaveText(/^\+\d$/);
  /** How many documents the chips and the number after them stand for. */
  const stoodFor = async () =>
    (await chips.allTextContents()).reduce((sum, text) => sum + Number(/\d$/.exec(text)?.[0] ?? 1), 0);
  expect(await stoodFor()).toBe(8);
  const wide = await chips.count();

  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Open contact" })).toBeVisible();
  expect(await width(/Contact/)).toBeGreaterThan(270);
  expect(await width(/Age/)).toBeLessThan(await width(/Status/));
  await expect(row.getByText(/^Testing /)).toBeHidden();
  await expect.poll(() => chips.count()).toBeLessThan(wide);
  expect(await stoodFor()).toBe(8);
  // Nothing of it is cut.
  await expect(row.getByText("In review", { exact: true })).toBeVisible();
  for (const text of [row.getByText("In review", { exact: true }), ...(await chips.all())]) {
    expect(await text.evaluate((shown) => shown.scrollWidth - shown.clientWidth)).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1100, height: 900 });
  await expect(chips).toHaveCount(0);
  await expect(row.getByText("In review", { exact: true })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("the columns, their menu and rows of one line have no violation, with the longest of everything in them", async ({
      page,
      make,
      ada,
    }) => {
      const { href, contacts } = await make([
        { name: "نور حداد", message: "مرحبا، نحتاج إلى مساعدة", company: "شركة" },
        { name: "🧑‍🚀".repeat(40), message: "🎉".repeat(200), status: "waiting for an answer from the other side" },
        { name: "<b>bold</b> ".repeat(12), company: "C".repeat(200) },
      ]);
      await query(
        "insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, s3_bucket, s3_key, processing_status) values ($1, $2, 1, 'application/pdf', $3, now(), 'b', 'k', 'failed')",
        [contacts[1]?.id, `${"f".repeat(296)}.pdf`, "t".repeat(100)],
      );
      const all = "contact service status assignee age company email serviceName budget source page snoozed documents";
      const columns = `${all} language confidence complexity`.split(" ").map((id) => ({ id }));
      await query("update staff set preferences = $2 where id = $1", [
        ada.id,
        { columns, density: "compact", theme: colorScheme },
      ]);
      await openInbox(page, href);
      await expect(page.getByText("3 matching")).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
      // The pane scrolls, the page does not; every row has the same height.
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      const heights = await page.getByRole("row").evaluateAll((rows) => rows.slice(1).map((row) => row.clientHeight));
      expect(new Set(heights).size).toBe(1);
      await page.getByRole("button", { name: "Columns" }).click();
      await expect(page.getByRole("dialog", { name: "Columns" })).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.setViewportSize({ width: 390, height: 844 });
      await expect(page.getByRole("button", { name: "Columns" })).toBeHidden();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      expect(await findViolations(page)).toEqual([]);
    });
  });
}
