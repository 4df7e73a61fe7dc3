import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import { openInbox } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";
import { addView, choose, list, openAs, viewButton } from "./views";

/** Opens the account page, and resolves when it responds to keys. */
async function openAccount(page: Page): Promise<void> {
  await page.goto("/account");
  await page.locator("[data-keys-ready]").waitFor({ state: "attached" });
}

async function storedFilter(name: string): Promise<string | undefined> {
  const rows = await query<{ filter: string }>("select filter from views where name = $1", [name]);
  return rows[0]?.filter;
}

test("a filter becomes a view, is changed, saved as another, reset, shared, and a colleague begins with it", async ({
  page,
  browser,
  addPerson,
  make,
}) => {
  const { href, service } = await make([{ status: "new" }, { status: "new" }, { status: "closed" }]);
  const name = `Tenders ${randomUUID().slice(0, 8)}`;
  await openInbox(page, href);
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
  const link = list(page).getByRole("link", { name: new RegExp(`^${name}`) });
  await expect(link).toHaveAttribute("aria-current", "page");
  await expect(link).toHaveText(`${name}3`);
  await expect(page).toHaveURL(/[?&]view=[0-9a-f-]{36}/);

  // Later changes start from it, and it says that they are not saved.
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(viewButton(page)).toHaveText(`View: ${name}• edited`);
  await choose(page, "Discard changes");
  await expect(viewButton(page)).toHaveText(`View: ${name}`);
  await openInbox(page, `${page.url()}&status=new`);
  await expect(link).toHaveText(`${name}• edited3`);
  await expect(page.getByText("2 matching")).toBeVisible();

  // "Save as" leaves the original alone.
  await choose(page, "Save as a new view…");
  await page.getByRole("dialog").getByLabel("Name").fill(`${name} new`);
  await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
  await expect(viewButton(page)).toHaveText(`View: ${name} new`);
  expect(await storedFilter(name)).toBe(new URLSearchParams({ service }).toString());
  expect(await storedFilter(`${name} new`)).toBe(new URLSearchParams({ status: "new", service }).toString());

  // Saving changes does what it says.
  await page.getByRole("button", { name: "Order: Newest first" }).click();
  await page.getByRole("menuitemradio", { name: "Oldest first" }).click();
  await expect(viewButton(page)).toHaveText(`View: ${name} new• edited`);
  await choose(page, "Save changes");
  await expect(viewButton(page)).toHaveText(`View: ${name} new`);
  expect(await storedFilter(`${name} new`)).toContain("sort=timestamp");

  await choose(page, "Share with everyone");
  const shared = page.getByRole("region", { name: "Shared" }).getByRole("link", { name: `${name} new` });
  await expect(shared).toBeVisible();

  const theirs = await openAs(browser, await addPerson("agent"), "/contacts");
  const found = list(theirs).getByRole("link", { name: new RegExp(`^${name} new`) });
  await expect(list(theirs).getByRole("link", { name, exact: true })).toHaveCount(0);
  await found.click();
  await expect(theirs.getByText("2 matching")).toBeVisible();
  await viewButton(theirs).click();
  await expect(theirs.getByRole("menuitem", { name: "Rename…" })).toHaveCount(0);
  await theirs.getByRole("menuitem", { name: "Open the inbox with this view" }).click();
  await expect(theirs.getByText(`The inbox now opens with “${name} new”.`)).toBeVisible();
  await theirs.goto("/");
  await expect(theirs).toHaveURL(/service=.*view=/);
  await expect(theirs.getByText("2 matching")).toBeVisible();
  // A pasted link means the same to everybody.
  await theirs.goto("/contacts");
  await expect(theirs).toHaveURL(/\/contacts$/);
  await expect(viewButton(theirs)).toHaveCount(0);
  await theirs.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Inbox" }).click();
  await expect(viewButton(theirs)).toHaveText(`View: ${name} new`);
  await list(theirs)
    .getByRole("link", { name: /^All contacts/ })
    .click();
  await expect(theirs).toHaveURL(/\/contacts\?view=all$/);
  await theirs.context().close();
});

test("a view is renamed, moved and deleted, and the filter stays on the screen", async ({ page, ada }) => {
  const id = await addView(ada, "First", "status=new");
  await addView(ada, "Second", "status=closed");
  await openInbox(page, `/contacts?status=new&view=${id}`);
  await choose(page, "Rename…");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("second");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(dialog.getByText("One of your views already has that name.")).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue("second");
  await dialog.getByLabel("Name").fill("Renamed");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(viewButton(page)).toHaveText("View: Renamed");
  await expect(viewButton(page)).toBeFocused();

  const own = list(page).getByRole("link", { name: /Renamed|Second/ });
  await choose(page, "Move down");
  await expect(own).toHaveText([/^Second/, /^Renamed/]);
  await choose(page, "Delete…");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(own).toHaveText([/^Second/]);
  await expect(page).toHaveURL(/\/contacts\?status=new$/);
});

test("the account page chooses what the inbox begins with; without that view it is the queue again", async ({
  page,
  browser,
  ada,
  addPerson,
}) => {
  const grace = await addPerson("agent");
  await addView(ada, "Only Ada's", "status=closed");
  const name = `Shared ${randomUUID().slice(0, 8)}`;
  const shared = await addView(grace, name, "status=spam", { shared: true });
  await addView(grace, "Only Grace's", "status=new");
  const inbox = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Inbox" });
  const choice = page.getByRole("combobox", { name: "Inbox opens with" });

  await openAccount(page);
  await expect(choice).toHaveValue("queue");
  await expect(choice.getByRole("option", { name: "Queue" })).toBeAttached();
  await expect(choice.getByRole("option", { name: "Only Ada's" })).toBeAttached();
  await expect(choice.getByRole("option", { name: "Only Grace's" })).toHaveCount(0);
  await choice.selectOption({ label: name });
  await expect(inbox).toHaveAttribute("href", `/contacts?status=spam&view=${shared}`);
  await page.reload();
  await expect(choice).toHaveValue(shared);
  // Every link to the inbox leads there.
  const begin = new RegExp(`/contacts\\?status=spam&view=${shared}$`);
  await inbox.click();
  await expect(page).toHaveURL(begin);
  await expect(viewButton(page)).toHaveText(`View: ${name}`);
  await openAccount(page);
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(begin);
  await openAccount(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
  await page.keyboard.type("inbox");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(begin);

  const theirs = await openAs(browser, grace, `/contacts?status=spam&view=${shared}`);
  await choose(theirs, "Delete…");
  await theirs.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(theirs.getByText(`“${name}” deleted.`)).toBeVisible();
  await theirs.context().close();
  await page.goto("/account");
  await expect(choice).toHaveValue("queue");
  await expect(inbox).toHaveAttribute("href", /view=queue$/);
  // Every contact is a choice like the others.
  await choice.selectOption({ label: "All contacts" });
  await expect(inbox).toHaveAttribute("href", "/contacts");
  await page.reload();
  await expect(choice).toHaveValue("all");
});

test("the number beside a view is the one of the list beside it, also of what came since the desk was opened", async ({
  page,
  ada,
  make,
}) => {
  const { service } = await make([{}, {}]);
  await addView(ada, "Theirs", String(new URLSearchParams({ service, sort: "timestamp" })));
  await openInbox(page, "/contacts");
  const link = list(page).getByRole("link", { name: /^Theirs/ });
  await expect(link).toHaveText("Theirs2");
  await query(
    `insert into contact_submissions (id, name, email, message, service, "timestamp")
     values ($1, 'Person 3', 'late@northlight.example', 'Hello', $2, now())`,
    [randomUUID(), service],
  );
  await link.click();
  await expect(page.getByText("3 matching")).toBeVisible();
  await expect(link).toHaveText("Theirs3");
});

test("a view that is gone, or no longer understood, is said to be", async ({ page, ada }) => {
  await openInbox(page, `/contacts?status=new&view=${randomUUID()}`);
  await expect(page.getByText("was deleted or is not shared with you")).toBeVisible();
  const id = await addView(ada, "Old", "status=new&colour=red");
  await page.goto(`/contacts?status=new&view=${id}`);
  await expect(page.getByText("“Old” is only partly shown. Not understood: colour=red")).toBeVisible();
});

test("by keyboard alone a view is opened, and with the contact open the view stays", async ({ page, ada, make }) => {
  const { service, contacts: made } = await make([{ name: "Mara" }]);
  const filter = new URLSearchParams({ service }).toString();
  await addView(ada, "Only Mara", filter);
  await openInbox(page, "/contacts");
  await list(page)
    .getByRole("link", { name: /^Only Mara/ })
    .focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 matching")).toBeVisible();
  await page.getByRole("link", { name: /^Mara/ }).click();
  await expect(page).toHaveURL(new RegExp(`open=${made[0]?.id}.*view=|view=.*open=${made[0]?.id}`));
  await expect(viewButton(page)).toHaveText("View: Only Mara");
});

for (const width of [1440, 390]) {
  test(`views have no fault that axe finds at ${width} px in the light and in the dark`, async ({ page, ada }) => {
    await page.setViewportSize({ width, height: 900 });
    for (let at = 0; at < 30; at++) await addView(ada, `${at} ${"long name ".repeat(5)}`, `q=${at}`);
    const id = await addView(ada, `عرض \u{1f680} ${randomUUID()}`, "q=none", { shared: true, columns: "contact" });
    await openInbox(page, `/contacts?status=new&view=${id}&columns=contact,email`);
    await expect(viewButton(page)).toContainText("• edited");
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    if (width === 1440) {
      await page.getByRole("button", { name: "Columns" }).click();
      await expect(page.getByRole("dialog", { name: "Columns" })).toContainText("These columns belong to this view.");
      expect(await findViolationsInBothThemes(page)).toEqual([]);
      await page.keyboard.press("Escape");
    }
    await viewButton(page).click();
    await page.getByRole("menuitem", { name: "Save as a new view…" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await page.keyboard.press("Escape");
    if (width === 390) {
      await page.getByRole("button", { name: "Views", exact: true }).click();
      await expect(page.getByRole("dialog").getByRole("link", { name: /^Queue/ })).toBeVisible();
      expect(await findViolationsInBothThemes(page)).toEqual([]);
    }
  });
}

test("beside a view stands its sparkline, where there is room, and words have none", async ({ page, ada, make }) => {
  const { service } = await make([{}, {}, {}]);
  const filter = String(new URLSearchParams({ service }));
  const names = ["Ours", "Words", "A name that leaves no room for any picture"].map((name) => `${name} 9`);
  await addView(ada, names[0] ?? "", filter);
  await addView(ada, names[1] ?? "", `q=person&${filter}`);
  await addView(ada, names[2] ?? "", `status=new&${filter}`);
  await page.goto("/account");
  const link = (at: number) => list(page).getByRole("link", { name: new RegExp(`^${names[at]}`) });
  const drawn = (at: number) => link(at).getByTitle("3 received in the last 14 days").locator("svg");
  await expect(drawn(0)).toBeVisible();
  // Its text is for the mouse: who listens has the number.
  await expect(link(0)).toHaveText(`${names[0]}3`);
  await expect(drawn(2)).toBeHidden();
  await expect(link(1).locator("svg")).toHaveCount(0);
});
