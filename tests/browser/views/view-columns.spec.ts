import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import { openInbox } from "../inbox-contacts";
import { query, type TestStaff } from "../sign-in";
import { expect, test } from "../signed-in";
import { addView, choose, list, openAs, viewButton } from "./views";

let ada: TestStaff;

test.beforeEach(({ ada: signedIn }) => {
  ada = signedIn;
});

/** A view's stored columns, as printed. */
async function storedIn(id: string): Promise<string | null | undefined> {
  const [row] = await query<{ columns: string | null }>("select columns from views where id = $1", [id]);
  return row?.columns;
}

/** A person's own stored columns. */
async function ownOf({ id }: { id: string }): Promise<unknown> {
  const [row] = await query<{ columns: unknown }>(
    "select preferences -> 'columns' as columns from staff where id = $1",
    [id],
  );
  return row?.columns ?? null;
}

const usual = ["Contact", "Service and documents", "Status", "Age"];
const headers = (page: Page) => page.getByRole("columnheader").filter({ visible: true, hasText: /./ });
const menu = (page: Page) => page.getByRole("dialog", { name: "Columns" });

/** Resolves when the inbox responds to input. */
const ready = (page: Page) => page.locator("[data-inbox-ready][data-keys-ready]").waitFor({ state: "attached" });

/** Shows or hides some columns by the menu. */
async function toggle(page: Page, ...names: string[]): Promise<void> {
  await ready(page);
  await page.getByRole("button", { name: "Columns" }).click();
  for (const name of names) await menu(page).getByRole("checkbox", { name, exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(menu(page)).toHaveCount(0);
}

test("a view keeps the columns on the screen; a colleague sees them, changes them for now, and keeps them as another", async ({
  page,
  browser,
  make,
  addPerson,
}) => {
  const { href } = await make([{ name: "Mara Lind" }]);
  const name = `Tenders ${randomUUID().slice(0, 8)}`;
  await openInbox(page, href);
  await toggle(page, "E-mail", "Service and documents");
  const own = [{ id: "contact" }, { id: "status" }, { id: "age" }, { id: "email" }];
  await expect.poll(() => ownOf(ada)).toEqual(own);
  await page.getByRole("button", { name: "Save view" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Saves the filter, its order and the columns under a name.");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("checkbox", { name: /^Share with everyone/ }).click();
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(viewButton(page)).toHaveText(`View: ${name}`);
  await expect(page).toHaveURL(/&columns=contact,status,age,email$/);
  const id = new URL(page.url()).searchParams.get("view") ?? "";
  expect(await storedIn(id)).toBe("contact,status,age,email");

  // Other columns are an edit of the view, in its address, and no choice of the person's own.
  await toggle(page, "Age");
  const edited = ["Contact", "Status", "E-mail"];
  await expect(headers(page)).toHaveText(edited);
  await expect(viewButton(page)).toHaveText(`View: ${name}• edited`);
  await openInbox(page, page.url());
  await expect(headers(page)).toHaveText(edited);
  await expect(viewButton(page)).toHaveText(`View: ${name}• edited`);
  await page.getByRole("link", { name: /^Mara Lind/ }).click();
  const beside = /[?&]open=.*&columns=contact,status,email$/;
  await expect(page).toHaveURL(beside);
  await page.getByRole("link", { name: "Open as a page" }).click();
  const back = page.getByRole("link", { name: "Back to the inbox" });
  await back.click();
  await expect(headers(page)).toHaveText(edited);
  await page.goBack();
  await expect(back).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(beside);
  await expect(viewButton(page)).toHaveText(`View: ${name}• edited`);
  expect(await ownOf(ada)).toEqual(own);
  await ready(page);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await choose(page, "Discard changes");
  await expect(headers(page)).toHaveText(["Contact", "Status", "Age", "E-mail"]);
  await expect(viewButton(page)).toHaveText(`View: ${name}`);
  await toggle(page, "Age");
  await choose(page, "Save changes");
  await expect(page.getByText(`“${name}” saved.`)).toBeVisible();
  await expect(viewButton(page)).toHaveText(`View: ${name}`);
  expect(await storedIn(id)).toBe("contact,status,email");

  const ben = await addPerson("agent", { name: "Ben Okafor" });
  const theirs = await openAs(browser, ben, "/contacts");
  const link = list(theirs).getByRole("link", { name: new RegExp(`^${name}`) });
  // The server's HTML has them already, so nothing changes after the first paint.
  const answer = await theirs.request.get((await link.getAttribute("href")) ?? "");
  expect(await answer.text()).toContain("mara@northlight.example");
  await link.click();
  await expect(headers(theirs)).toHaveText(edited);
  await expect(viewButton(theirs)).toHaveText(`View: ${name}`);
  await toggle(theirs, "Company");
  await expect(viewButton(theirs)).toHaveText(`View: ${name}• edited`);
  await expect(theirs.getByRole("row", { name: /Mara Lind/ })).toContainText("Northlight AB");
  await viewButton(theirs).click();
  await expect(theirs.getByRole("menuitem", { name: "Save changes" })).toHaveCount(0);
  await theirs.getByRole("menuitem", { name: "Save as a new view…" }).click();
  await theirs.getByRole("dialog").getByLabel("Name").fill("With company");
  await theirs.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
  await expect(viewButton(theirs)).toHaveText("View: With company");
  await theirs.reload();
  await expect(headers(theirs)).toHaveText([...edited, "Company"]);
  await expect(viewButton(theirs)).toHaveText("View: With company");
  expect(await storedIn(id)).toBe("contact,status,email");
  expect(await ownOf(ben)).toBeNull();
  // A view without columns of its own shows the reader's own.
  await list(theirs)
    .getByRole("link", { name: /^Queue/ })
    .click();
  await expect(headers(theirs)).toHaveText(usual);
  await expect(theirs).not.toHaveURL(/columns=/);
  await theirs.context().close();
});

test("a view without columns has the person's own, and gets some when it is told to", async ({ page, make }) => {
  const { service } = await make([{}]);
  const filter = String(new URLSearchParams({ service }));
  const id = await addView(ada, "Mine", filter);
  await openInbox(page, `/contacts?${filter}&view=${id}`);
  await toggle(page, "E-mail");
  await expect.poll(() => ownOf(ada)).toContainEqual({ id: "email" });
  await expect(headers(page)).toHaveText([...usual, "E-mail"]);
  await expect(viewButton(page)).toHaveText("View: Mine");
  await choose(page, "Save with these columns");
  await expect(page.getByText("“Mine” saved with its columns.")).toBeVisible();
  await expect(page).toHaveURL(/&columns=contact,service,status,age,email$/);
  await expect(viewButton(page)).toHaveText("View: Mine");
  expect(await storedIn(id)).toBe("contact,service,status,age,email");
});

test("in a view columns are as wide as the person has them, and Reset brings back those of the view", async ({
  page,
  make,
}) => {
  const { service } = await make([{}]);
  const filter = String(new URLSearchParams({ service }));
  const id = await addView(ada, "Mine", filter, { columns: "contact,email" });
  await openInbox(page, `/contacts?${filter}&view=${id}&columns=contact,email`);
  const edge = page.getByRole("separator", { name: "Width of E-mail" });
  await edge.press("ArrowLeft");
  await expect(edge).toHaveAttribute("aria-valuenow", "216");
  const wide = { id: "email", width: 216, shown: false };
  await expect.poll(() => ownOf(ada)).toContainEqual(wide);
  await expect(viewButton(page)).toHaveText("View: Mine");
  await openInbox(page, page.url());
  await expect(edge).toHaveAttribute("aria-valuenow", "216");

  await page.getByRole("button", { name: "Columns" }).click();
  await menu(page).getByRole("checkbox", { name: "Budget" }).click();
  await menu(page).getByRole("button", { name: "Move E-mail forward" }).click();
  await expect(headers(page)).toHaveText(["E-mail", "Contact", "Budget"]);
  await expect(viewButton(page)).toContainText("• edited");
  await menu(page).getByRole("button", { name: "Reset" }).click();
  await expect(headers(page)).toHaveText(["Contact", "E-mail"]);
  await page.keyboard.press("Escape");
  await expect(viewButton(page)).toHaveText("View: Mine");
  await openInbox(page, `/contacts?${filter}`);
  await expect(headers(page)).toHaveText(usual);
  expect(await ownOf(ada)).toContainEqual(wide);
});

test("triage of a view's contacts leads back to its columns", async ({ page, make }) => {
  const { service, contacts } = await make([{ name: "Mara Lind" }]);
  const filter = String(new URLSearchParams({ service }));
  const id = await addView(ada, "Mine", filter, { columns: "contact,email" });
  await openInbox(page, `/contacts?${filter}&view=${id}&columns=contact,email,budget`);
  await page.getByRole("link", { name: "Triage the open ones" }).click();
  await expect(page.getByRole("heading", { name: contacts[0]?.name })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(headers(page)).toHaveText(["Contact", "E-mail", "Budget"]);
  await expect(viewButton(page)).toHaveText("View: Mine• edited");
});

test("columns of an address that no list has are passed over, and said to be; a file has its own", async ({
  page,
  make,
}) => {
  const { service } = await make([{ name: "Mara Lind" }]);
  const filter = String(new URLSearchParams({ service }));
  await openInbox(page, `/contacts?${filter}&columns=shoe,email`);
  await expect(headers(page)).toHaveText(["Contact", "E-mail"]);
  await expect(page.getByText("Ignored: columns=shoe. The list has no such column.")).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByRole("link", { name: "Download" })).toHaveAttribute("href", `/export/contacts?${filter}`);
});
