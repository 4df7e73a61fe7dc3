import pg from "pg";
import { listStored, openInbox, type TestContact } from "../inbox-contacts";
import { query, type TestStaff } from "../sign-in";
import { expect, test } from "../signed-in";

let tomo: TestStaff;
let contacts: TestContact[];
let href: string;

test.beforeEach(async ({ addPerson, make }) => {
  tomo = await addPerson("agent", { name: "Tomo Sato" });
  ({ contacts, href } = await make(Array.from({ length: 6 }, () => ({}))));
});

test("a key sets the status of the row in hand; the row stays, the toast undoes", async ({ page }) => {
  await openInbox(page, href);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("5");
  const row = page.getByRole("row", { name: /Person 2/ });
  await expect(row).toContainText("Closed");
  await expect(page.getByText("Person 2 set to Closed")).toBeVisible();
  await expect.poll(() => listStored(contacts)).toContainEqual({ status: "closed", version: 2 });
  const names = await page.getByRole("row").locator("[data-row-link]").allTextContents();
  expect(names.map((name) => name.split(" Northlight")[0])).toEqual(contacts.map(({ name }) => name));

  await page.getByRole("button", { name: "Undo z" }).click();
  await expect(row).toContainText("New");
  await expect(page.getByText("Undone: back to New")).toBeVisible();
  expect((await listStored(contacts))[1]).toEqual({ status: "new", version: 3 });

  await page.getByRole("button", { name: "Redo" }).click();
  await expect(row).toContainText("Closed");
});

test("the selected are changed together, the others are not, and z takes it back", async ({ page }) => {
  await openInbox(page, href);
  await page.getByRole("checkbox", { name: "Select Person 1" }).click();
  await page.getByRole("checkbox", { name: "Select Person 4" }).click({ modifiers: ["Shift"] });
  await expect(page.getByText("4 selected")).toBeVisible();
  await page.getByRole("toolbar", { name: "Selected contacts" }).getByRole("button", { name: "Status" }).click();
  await page.getByRole("menuitemradio", { name: "Qualified" }).click();
  await expect(page.getByText("4 contacts set to Qualified")).toBeVisible();
  await expect(page.getByText("4 selected")).toBeHidden();
  const changed = { status: "qualified", version: 2 };
  const untouched = { status: "new", version: 1 };
  expect(await listStored(contacts)).toEqual([changed, changed, changed, changed, untouched, untouched]);

  await page.keyboard.press("z");
  await expect(page.getByText("Undone: 4 contacts restored")).toBeVisible();
  expect((await listStored(contacts)).map(({ status }) => status)).toEqual(Array(6).fill("new"));
});

test("keys pressed in quick succession on one contact arrive in order and do not conflict with themselves", async ({
  page,
}) => {
  await openInbox(page, href);
  await page.keyboard.press("j");
  for (const key of ["2", "3", "5"]) await page.keyboard.press(key);
  await expect(page.getByText("Person 1 set to Closed")).toBeVisible();
  expect((await listStored(contacts))[0]).toEqual({ status: "closed", version: 4 });
  await expect(page.getByRole("dialog")).toBeHidden();
});

test.describe("a contact that a colleague changed first", () => {
  test.beforeEach(async ({ page }) => {
    await openInbox(page, href);
    await setAs(tomo, contacts[0], "qualified");
    await page.keyboard.press("j");
    await page.keyboard.press("5");
  });

  test("is a card that says who, what and when; keeping theirs changes nothing", async ({ page }) => {
    const card = page.getByRole("dialog");
    await expect(card).toContainText("Person 1 was changed by someone else");
    await expect(card).toContainText("Tomo Sato changed it from New to Qualified just now");
    await card.getByRole("button", { name: "Keep theirs" }).click();
    await expect(card).toBeHidden();
    await expect(page.getByRole("row", { name: /Person 1/ })).toContainText("Qualified");
    expect((await listStored(contacts))[0]).toEqual({ status: "qualified", version: 2 });
  });

  test("can be set anyway, knowing that", async ({ page }) => {
    await page.getByRole("dialog").getByRole("button", { name: "Keep mine" }).click();
    await expect(page.getByRole("row", { name: /Person 1/ })).toContainText("Closed");
    await expect(page.getByText("Person 1 set to Closed")).toBeVisible();
    expect((await listStored(contacts))[0]).toEqual({ status: "closed", version: 3 });
  });
});

test("of the selected, those in conflict stay selected with the reason", async ({ page }) => {
  await openInbox(page, href);
  await setAs(tomo, contacts[1], "spam");
  await page.getByRole("checkbox", { name: "Select every contact on this page" }).click();
  await page.keyboard.press("3");
  await page.getByRole("dialog").getByRole("button", { name: "Keep theirs" }).click();
  await expect(page.getByText("1 selected")).toBeVisible();
  await expect(page.getByRole("row", { name: /Person 2/ })).toContainText("Tomo Sato changed it from New to Spam");
  expect((await listStored(contacts)).map(({ status }) => status).sort()).toEqual([
    ...Array(5).fill("contacted"),
    "spam",
  ]);
});

test("an undo names what a colleague has changed since, and leaves it", async ({ page }) => {
  await openInbox(page, href);
  await page.getByRole("checkbox", { name: "Select every contact on this page" }).click();
  await page.keyboard.press("5");
  await expect(page.getByText("6 contacts set to Closed")).toBeVisible();
  await setAs(tomo, contacts[2], "qualified");
  await page.keyboard.press("z");
  await expect(page.getByRole("dialog")).toContainText("Tomo Sato changed it from Closed to Qualified");
  await expect
    .poll(async () => (await listStored(contacts)).map(({ status }) => status))
    .toEqual(["new", "new", "qualified", "new", "new", "new"]);
});

test("a change whose answer never comes is not called failed, and the list tells the truth", async ({
  page,
  actions,
  expectedErrors,
}) => {
  expectedErrors.push(/Failed to load resource|net::ERR/);
  await openInbox(page, href);
  actions.fate = "answer lost";
  await page.keyboard.press("j");
  await page.keyboard.press("5");
  await expect(
    page.getByRole("region", { name: /Notifications/ }).getByText(/No answer came back\. Check the list/),
  ).toBeVisible();
  await expect(page.getByRole("row", { name: /Person 1/ })).toContainText("Closed");
  expect((await listStored(contacts))[0]).toEqual({ status: "closed", version: 2 });

  // Sent again it is the same request, so it happens once and can be undone.
  actions.fate = "answered";
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Person 1 set to Closed")).toBeVisible();
  expect((await listStored(contacts))[0]).toEqual({ status: "closed", version: 2 });
  await page.keyboard.press("z");
  await expect(page.getByText("Undone: back to New")).toBeVisible();
  expect((await listStored(contacts))[0]).toEqual({ status: "new", version: 3 });
});

test("an undo whose answer never comes can be tried again, and happens once", async ({
  page,
  actions,
  expectedErrors,
}) => {
  expectedErrors.push(/Failed to load resource|net::ERR/);
  await openInbox(page, href);
  await page.keyboard.press("j");
  await page.keyboard.press("5");
  await expect(page.getByText("Person 1 set to Closed")).toBeVisible();
  actions.fate = "answer lost";
  await page.keyboard.press("z");
  await page.getByRole("button", { name: "Try again" }).waitFor();
  actions.fate = "answered";
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Undone: back to New")).toBeVisible();
  expect((await listStored(contacts))[0]).toEqual({ status: "new", version: 3 });
});

test("a contact that has been removed is said to be gone", async ({ page }) => {
  await openInbox(page, href);
  await query("delete from contact_submissions where id = $1", [contacts[0]?.id]);
  await page.keyboard.press("j");
  await page.keyboard.press("5");
  const card = page.getByRole("dialog");
  await expect(card).toContainText("Person 1 was deleted");
  await expect(card).toContainText("The website deleted it");
  await expect(card.getByRole("button", { name: /Keep mine/ })).toBeHidden();
  await card.getByRole("button", { name: "OK" }).click();
  await expect(card).toBeHidden();
});

test("what cannot be saved goes back, and says why", async ({ page }) => {
  await openInbox(page, href);
  const rival = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await rival.connect();
  await rival.query("begin");
  await rival.query("select 1 from contact_submissions where id = $1 for update", [contacts[0]?.id]);
  await page.keyboard.press("j");
  await page.keyboard.press("5");
  const row = page.getByRole("row", { name: /Person 1/ });
  await expect(row).toContainText("Closed");
  await expect(row).toContainText("That took too long. Nothing was changed.");
  await expect(row).toContainText("New");
  await rival.query("rollback");
  await rival.end();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Person 1 set to Closed")).toBeVisible();
  expect((await listStored(contacts))[0]).toEqual({ status: "closed", version: 2 });
});

test("a status that the desk does not know is shown, filtered by, and kept when undone", async ({ page }) => {
  await query("update contact_submissions set status = 'waiting-on-legal' where id = $1", [contacts[0]?.id]);
  await openInbox(page, `${href}&status=waiting-on-legal`);
  const row = page.getByRole("row", { name: /Person 1/ });
  await expect(row).toContainText("waiting-on-legal");
  await row.getByRole("button", { name: /Status/ }).click();
  await page.getByRole("menuitemradio", { name: "Contacted" }).click();
  await expect(row).toContainText("Contacted");
  await page.getByRole("button", { name: "Undo z" }).click();
  await expect(row).toContainText("waiting-on-legal");
});

test("the toast goes after ten seconds, but not while it is looked at or has the focus", async ({ page }) => {
  await page.clock.install();
  await openInbox(page, href);
  await page.keyboard.press("j");
  await page.keyboard.press("5");
  const toast = page.getByText("Person 1 set to Closed");
  await expect(toast).toBeVisible();
  await toast.hover();
  await page.clock.fastForward(20_000);
  await expect(toast).toBeVisible();
  await page.getByRole("button", { name: "Undo z" }).focus();
  await page.mouse.move(900, 300);
  await page.clock.fastForward(20_000);
  await expect(toast).toBeVisible();
  await page.getByRole("combobox", { name: "Search words or filters" }).focus();
  await page.clock.fastForward(9_000);
  await expect(toast).toBeVisible();
  await page.clock.fastForward(2_000);
  await expect(toast).toBeHidden();
});

test("on the contact's own page keys and menu do the same", async ({ page }) => {
  await page.goto(`/contacts/${contacts[0]?.id}`);
  const status = page.getByRole("button", { name: /Set status/ });
  await status.click();
  await page.getByRole("menuitemradio", { name: "In review" }).click();
  await expect(page.getByText("Person 1 set to In review")).toBeVisible();
  await page.keyboard.press("5");
  await expect(page.getByText("Person 1 set to Closed")).toBeVisible();
  await expect(status).toContainText("Closed");
  await page.keyboard.press("z");
  await expect(status).toContainText("In review");
  expect((await listStored(contacts))[0]).toEqual({ status: "in_review", version: 4 });
});

test("a contact open beside a list that does not have it obeys the keys all the same, once", async ({ page }) => {
  await openInbox(page, `${href}&status=spam&open=${contacts[0]?.id}`);
  await expect(page.getByRole("complementary", { name: "Open contact" })).toContainText("Person 1");
  // The panel is streamed in, and its keys work once it is hydrated. Pressing the same key twice changes nothing.
  await expect(async () => {
    await page.keyboard.press("5");
    await expect(page.getByText("Person 1 set to Closed")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.press("2");
  await expect(page.getByText("Person 1 set to In review")).toBeVisible();
  await page.keyboard.press("z");
  await expect(page.getByText("Undone: back to Closed")).toBeVisible();
  expect((await listStored(contacts))[0]).toEqual({ status: "closed", version: 4 });
});

async function setAs(staff: TestStaff, contact: TestContact | undefined, status: string): Promise<void> {
  await query(
    "with who as materialized (select set_config('desk.actor', $1, true)) update contact_submissions set status = $2 from who where id = $3",
    [`staff:${staff.id}`, status, contact?.id],
  );
}
