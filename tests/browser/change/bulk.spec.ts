import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import { listStored, openInbox, type TestContact } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

// With a name of their own, because the history shows everybody's changes.
test.use({ person: { role: "agent", name: `Ada ${randomUUID().slice(0, 8)}` } });

const many = (count: number) => Array.from({ length: count }, () => ({}));

/** Selects the page by its header, and then everything that matches. */
async function selectWhole(page: Page, count: number): Promise<void> {
  await page.getByRole("checkbox", { name: "Select every contact on this page" }).check();
  await page.getByRole("button", { name: `Select all ${count} matching` }).click();
  await expect(page.getByText(`All ${count} matching selected`)).toBeVisible();
}

const card = (page: Page) => page.getByRole("region", { name: "Bulk change" });

const statusesOf = async (contacts: TestContact[]) =>
  [...new Set((await listStored(contacts)).map(({ status, version }) => `${status} ${version}`))].sort();

test("everything that matches is frozen, previewed, changed with its progress, found by its batch, and undone as one", async ({
  page,
  make,
  ada,
}) => {
  const { contacts, href } = await make(many(60));
  const others = await make(many(2));
  await query("update contact_submissions set status = 'in_review' where id = any($1)", [
    contacts.slice(0, 20).map(({ id }) => id),
  ]);
  await openInbox(page, href);
  await selectWhole(page, 60);
  await page.keyboard.press("5");

  const dialog = page.getByRole("dialog", { name: "Set 60 contacts to Closed?" });
  await expect(dialog.getByRole("listitem").filter({ hasText: "New" })).toContainText("40");
  await expect(dialog.getByRole("listitem").filter({ hasText: "In review" })).toContainText("20");
  await expect(dialog.getByRole("listitem").filter({ hasText: "Nobody" })).toContainText("60");
  await dialog.getByRole("button", { name: "Change 60 contacts" }).click();
  await expect(card(page)).toContainText("60 contacts set to Closed.");
  await expect(page.getByText("All 60 matching selected")).toBeHidden();
  expect(await statusesOf(contacts)).toEqual(["closed 2", "closed 3"]);
  expect(await statusesOf(others.contacts)).toEqual(["new 1"]);

  await page.goto("/history");
  // They differed before, so the message says only what they were set to.
  await expect(page.getByRole("listitem").filter({ hasText: ada.name })).toContainText("set 60 contacts to Closed");
  await page.getByRole("listitem").filter({ hasText: ada.name }).getByRole("link", { name: "60 contacts" }).click();
  await expect(page.getByText("60 matching")).toBeVisible();
  await page.goBack();
  await page.getByRole("listitem").filter({ hasText: ada.name }).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone: 60 contacts restored")).toBeVisible();
  await expect(page.getByText(`undone by ${ada.name}`)).toBeVisible();
  await page.goto(href);
  expect(await statusesOf(contacts)).toEqual(["in_review 4", "new 3"]);
  expect(await statusesOf(others.contacts)).toEqual(["new 1"]);
});

test("the history says to which status a batch set its contacts, and from which where all had the same", async ({
  page,
  make,
  ada,
}) => {
  const { contacts, href } = await make(many(3));
  await openInbox(page, href);
  await page.getByRole("checkbox", { name: "Select every contact on this page" }).check();
  await page.keyboard.press("5");
  await expect(page.getByText("3 contacts set to Closed")).toBeVisible();
  await page.keyboard.press("z");
  await expect(page.getByText("Undone: 3 contacts restored")).toBeVisible();

  await page.goto(`/history?who=${ada.id}`);
  await expect(page.getByRole("listitem").filter({ hasText: ada.name })).toContainText([
    "restored 3 contacts from Closed to New by undoing their own change",
    "changed 3 contacts from New to Closed",
  ]);
  await page.goto(`/contacts/${contacts[0]?.id}`);
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem")).toContainText([
    /restored the status from Closed to New/,
    /changed the status from New to Closed/,
    /Received/,
  ]);
});

test("the history tells its days, and asks before it takes a colleague's change back", async ({
  page,
  make,
  addPerson,
  ada,
}) => {
  const tomo = await addPerson("agent", { name: `Tomo ${randomUUID().slice(0, 8)}` });
  const { contacts } = await make(many(2));
  const batch = randomUUID();
  await query(
    `with made as (
       insert into change_batches (id, staff_id, kind, request, created_at)
       values ($1, $2, 'status', '{"status":"closed"}', now() - interval '1 day') returning id
     ), who as materialized (
       select set_config('desk.actor', 'staff:' || $2::text, true), set_config('desk.batch', id::text, true) from made)
     update contact_submissions set status = 'closed' from who where id = any($3)`,
    [batch, tomo.id, contacts.map(({ id }) => id)],
  );
  await page.goto(`/history?who=${tomo.id}`);
  const yesterday = page.getByRole("region", { name: "Yesterday" });
  await expect(yesterday.getByRole("listitem")).toContainText([`${tomo.name} changed 2 contacts from New to Closed`]);
  await yesterday.getByRole("button", { name: "Undo" }).click();
  const dialog = page.getByRole("dialog", { name: `Undo ${tomo.name}'s change?` });
  await expect(dialog).toBeVisible();
  expect(await findViolationsInBothThemes(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  expect(await statusesOf(contacts)).toEqual(["closed 2"]);
  await yesterday.getByRole("button", { name: "Undo" }).click();
  await dialog.getByRole("button", { name: "Undo" }).click();
  await expect(yesterday.getByText(`undone by ${ada.name}`)).toBeVisible();
  expect(await statusesOf(contacts)).toEqual(["new 3"]);
  await page.goto(`/history?who=${ada.id}`);
  await expect(page.getByRole("region", { name: "Today" }).getByRole("listitem")).toContainText([
    `${ada.name} restored 2 contacts from Closed to New by undoing ${tomo.name}'s change`,
  ]);
  // What was undone for her is hers, so it is done again without a question.
  await page.goto(`/contacts/${contacts[0]?.id}`);
  await page.getByRole("region", { name: "History" }).getByRole("button", { name: "Redo for all" }).click();
  await expect(page.getByText("Redone: 2 contacts restored")).toBeVisible();
  expect(await statusesOf(contacts)).toEqual(["closed 4"]);
});

test("what a colleague changes between the selection and the change is left alone, and said", async ({
  page,
  make,
  addPerson,
}) => {
  const tomo = await addPerson("agent", { name: "Tomo Sato" });
  const { contacts, href } = await make(many(52));
  await openInbox(page, href);
  await selectWhole(page, 52);
  await query(
    `with who as materialized (select set_config('desk.actor', $1, true))
     update contact_submissions set status = 'qualified' from who where id = $2`,
    [`staff:${tomo.id}`, contacts[3]?.id],
  );
  await page.keyboard.press("6");
  await page.getByRole("button", { name: "Change 52 contacts" }).click();
  await expect(card(page)).toContainText("51 contacts set to Spam; 1 skipped");
  await card(page).getByRole("button", { name: "Show skipped contacts" }).click();
  await expect(page.getByRole("dialog")).toContainText("Tomo Sato changed it from New to Qualified");
  await page.getByRole("button", { name: "Keep theirs" }).click();
  await page.reload();
  const stored = await listStored(contacts);
  expect(stored[3]).toEqual({ status: "qualified", version: 2 });
  expect(stored.filter(({ status }) => status === "spam")).toHaveLength(51);
});

test("a decision that asks first is asked for all of them, and another filter begins without the selection", async ({
  page,
  make,
}) => {
  const { contacts, href } = await make(many(51));
  await openInbox(page, href);
  await selectWhole(page, 51);
  await page.getByRole("toolbar", { name: "Selected contacts" }).getByRole("button", { name: "Assign" }).click();
  await expect(page.getByRole("dialog")).toContainText("Assign 51 contacts");
  await page.getByRole("option", { name: /\(me\)/ }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("All 51 matching selected")).toBeVisible();
  await page.getByRole("link", { name: "Next page" }).first().click();
  await expect(page.getByRole("toolbar", { name: "Selected contacts" })).toBeHidden();
  expect(await statusesOf(contacts)).toEqual(["new 1"]);
});

for (const width of [1440, 390]) {
  test(`axe finds nothing at ${width} px in the light and in the dark`, async ({ page, make }) => {
    const { href } = await make(many(51));
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await openInbox(page, href);
    await page.keyboard.press("j");
    for (const box of await page.getByRole("checkbox", { name: "Select every contact on this page" }).all())
      await box.check();
    if (width > 1000) {
      await page.getByRole("button", { name: "Select all 51 matching" }).click();
      await expect(page.getByText("All 51 matching selected")).toBeVisible();
      await page.keyboard.press("5");
      await expect(page.getByRole("dialog")).toBeVisible();
      expect(await findViolationsInBothThemes(page)).toEqual([]);
      await page.getByRole("button", { name: "Change 51 contacts" }).click();
      await expect(card(page)).toContainText("51 contacts set to Closed.");
      expect(await findViolationsInBothThemes(page)).toEqual([]);
    }
    await page.goto("/history");
    await expect(page.getByRole("heading", { name: "History" })).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
  });
}
