import type { Locator, Page } from "playwright/test";
import { contactHref } from "@/lib/filter/url";
import { openInbox, type TestContact } from "../inbox-contacts";
import { query, signInAs, type TestStaff } from "../sign-in";
import { expect, findViolationsInBothThemes, password, test } from "../signed-in";

let ada: TestStaff;
let tomo: TestStaff;
let contacts: TestContact[];
let listHref: string;

test.beforeEach(async ({ ada: signedIn, addPerson, make }) => {
  ada = signedIn;
  tomo = await addPerson("admin", { name: "Tomo Sato" });
  ({ contacts, href: listHref } = await make([{ name: "Mara Lindqvist" }, { name: "Noor Haddad" }]));
});

const section = (page: Page) => page.getByRole("region", { name: "Notes" });
const box = (page: Page) => section(page).getByRole("textbox", { name: "Add a note" });
const notes = (page: Page) => section(page).getByRole("list", { name: "Notes" }).getByRole("listitem");
const editor = (page: Page) => section(page).getByRole("textbox", { name: "Edit note" });
const contactOf = (at: number) => contacts[at] as TestContact;

/** Opens a contact's page, and resolves when it responds to keys. */
async function openContact(page: Page, at = 0) {
  await page.goto(contactHref(contactOf(at).id));
  await isReady(page);
}

const isReady = (page: Page) => page.locator("[data-keys-ready]").waitFor({ state: "attached" });

async function addNote(page: Page, text: string) {
  await box(page).fill(text);
  await box(page).press("Control+Enter");
  await expect(notes(page).filter({ hasText: text.trim() })).toBeVisible();
  await expect(box(page)).toHaveValue("");
}

async function saveEdit(page: Page) {
  await section(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(editor(page)).toHaveCount(0);
}

async function signIn(page: Page) {
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail").fill(ada.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(section(page)).toBeVisible();
}

/** The page may already have learned that its session has ended, and have gone to the sign-in before the click. */
const clickOrLeave = (button: Locator) => button.click({ timeout: 5_000 }).catch(() => undefined);

const endSessions = () => query("update staff_sessions set ended_at = now() where staff_id = $1", [ada.id]);
const listStored = () =>
  query<{ text: string; version: number }>("select text, version from contact_notes where author_id = $1", [ada.id]);

test("a note is written by n and Ctrl+Enter, kept as typed, and nobody else's to change", async ({ page, browser }) => {
  await openContact(page);
  await page.keyboard.press("n");
  await expect(box(page)).toBeFocused();
  await page.keyboard.insertText("  Called back:\n\n   <b>Monday</b> 👍🏽 ");
  await page.keyboard.press("Control+Enter");
  await expect(notes(page)).toContainText(["Ada Keller"]);
  await expect(box(page)).toHaveValue("");
  await addNote(page, "And again on Tuesday");
  await page.reload();
  await expect(notes(page)).toContainText(["And again on Tuesday", "<b>Monday</b> 👍🏽"]);
  expect((await listStored())[0]?.text).toBe("  Called back:\n\n   <b>Monday</b> 👍🏽 ");
  await expect(notes(page).first().getByRole("button", { name: "Edit note" })).toBeVisible();

  const colleague = await browser.newContext({ baseURL: process.env.BASE_URL });
  await signInAs(colleague, tomo);
  const other = await colleague.newPage();
  await openContact(other);
  await expect(notes(other)).toHaveCount(2);
  await expect(section(other).getByRole("button", { name: /note/ })).toHaveCount(0);
  await colleague.close();
});

test("an edited note says so and opens what it said before", async ({ page }) => {
  await openContact(page);
  await addNote(page, "First text");
  await notes(page).getByRole("button", { name: "Edit note" }).click();
  await editor(page).fill("Second text");
  await page.keyboard.press("Control+Enter");
  await expect(editor(page)).toHaveCount(0);
  await expect(notes(page).getByText("Second text")).toBeVisible();
  await page.reload();
  await isReady(page);
  await expect(notes(page).getByText("First text")).toHaveCount(0);
  await notes(page)
    .getByRole("button", { name: /^edited/ })
    .click();
  await expect(section(page).getByRole("list", { name: "Earlier versions" }).getByText("First text")).toBeVisible();
});

test("a deleted note says so, and comes back by undo or later", async ({ page }) => {
  await openContact(page);
  await addNote(page, "Not for ever");
  await notes(page).getByRole("button", { name: "Delete note" }).click();
  await expect(notes(page)).toContainText("You deleted a note");
  await expect(page.getByText("Not for ever")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(notes(page).getByText("Not for ever")).toBeVisible();
  await notes(page).getByRole("button", { name: "Delete note" }).click();
  await expect(notes(page)).toContainText("You deleted a note");
  await page.reload();
  await isReady(page);
  await notes(page).getByRole("button", { name: "Restore" }).click();
  await expect(notes(page).getByText("Not for ever")).toBeVisible();
});

test("what is typed survives a sign-in that ran out, in the same place, and is added once", async ({ page }) => {
  await openContact(page);
  await addNote(page, "Saved before");
  await box(page).fill("Typed while signed out");
  await endSessions();
  await clickOrLeave(section(page).getByRole("button", { name: "Add note" }));
  await signIn(page);
  await expect(page).toHaveURL(new RegExp(contactOf(0).id));
  await expect(box(page)).toHaveValue("Typed while signed out");
  await expect(section(page).getByText("Not saved yet")).toBeVisible();
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(notes(page)).toContainText(["Typed while signed out", "Saved before"]);
  await expect(box(page)).toHaveValue("");
  await page.reload();
  await expect(notes(page)).toHaveCount(2);
  await expect(box(page)).toHaveValue("");
  expect(await listStored()).toHaveLength(2);
});

test("so does an edit, beside the list too", async ({ page }) => {
  await openInbox(page, `${listHref}&open=${contactOf(0).id}`);
  await addNote(page, "As it was");
  await notes(page).getByRole("button", { name: "Edit note" }).click();
  await editor(page).fill("As it shall be");
  await endSessions();
  await clickOrLeave(page.getByRole("button", { name: "Save", exact: true }));
  await signIn(page);
  await expect(editor(page)).toHaveValue("As it shall be");
  await saveEdit(page);
  await expect(notes(page).getByText("As it shall be")).toBeVisible();
  expect(await listStored()).toEqual([{ text: "As it shall be", version: 2 }]);
});

test("a draft belongs to its contact and its person", async ({ page, context }) => {
  await openContact(page);
  await box(page).fill("Half a thought");
  await openContact(page, 1);
  await expect(box(page)).toHaveValue("");
  await openContact(page);
  await expect(box(page)).toHaveValue("Half a thought");
  await context.clearCookies();
  await signInAs(context, tomo);
  await openContact(page);
  await expect(box(page)).toHaveValue("");
});

test("a save that comes too late shows both texts, and what was typed can replace the other", async ({
  page,
  context,
}) => {
  await openContact(page);
  await addNote(page, "Agreed on Monday");
  const window2 = await context.newPage();
  await openContact(window2);
  for (const [each, text] of [
    [page, "Agreed on Tuesday"],
    [window2, "Agreed on Wednesday"],
  ] as const) {
    await notes(each).getByRole("button", { name: "Edit note" }).click();
    await editor(each).fill(text);
  }
  await saveEdit(page);
  await expect(notes(page).getByText("Agreed on Tuesday")).toBeVisible();
  await window2.getByRole("button", { name: "Save", exact: true }).click();
  await expect(section(window2).getByRole("alert")).toContainText("You have saved another text in another window");
  await expect(section(window2).getByRole("alert")).toContainText("Agreed on Tuesday");
  await expect(section(window2).getByRole("textbox", { name: "Your text, not saved" })).toHaveValue(
    "Agreed on Wednesday",
  );
  expect((await listStored())[0]?.text).toBe("Agreed on Tuesday");
  await window2.getByRole("button", { name: "Use my text" }).click();
  await expect(section(window2).getByRole("alert")).toHaveCount(0);
  await expect(notes(window2).getByText("Agreed on Wednesday")).toBeVisible();
  expect(await listStored()).toEqual([{ text: "Agreed on Wednesday", version: 3 }]);
});

test.describe("an answer that is lost", () => {
  test.use({ expectedErrors: [/net::ERR_CONNECTION_RESET/] });

  test("is not a lost note: sent again it is one, and typed on it is an edit", async ({ page, actions }) => {
    await openContact(page);
    actions.fate = "answer lost";
    await box(page).fill("Sent once");
    await box(page).press("Control+Enter");
    await expect(section(page).getByRole("alert")).toContainText("No answer came back");
    actions.fate = "answered";
    await expect(box(page)).toHaveValue("Sent once");
    expect(await listStored()).toEqual([{ text: "Sent once", version: 1 }]);
    // After a reload it is saved; what is still in the box here is not.
    const again = await page.context().newPage();
    await openContact(again);
    await expect(notes(again)).toContainText(["Sent once"]);
    await expect(box(again)).toHaveValue("");
    await box(page).fill("Sent once, and typed on");
    await box(page).press("Control+Enter");
    await expect(notes(page)).toContainText("Sent once, and typed on");
    expect(await listStored()).toEqual([{ text: "Sent once, and typed on", version: 2 }]);
  });
});

test("a note that is too long is refused with the reason, and kept", async ({ page }) => {
  await openContact(page);
  const text = "ä".repeat(10_412);
  await box(page).fill(text);
  await box(page).press("Control+Enter");
  await expect(section(page).getByRole("alert")).toContainText(
    "A note can have 10,000 characters. This one has 10,412.",
  );
  await expect(box(page)).toHaveValue(text);
  await box(page).fill("  \n ");
  await box(page).press("Control+Enter");
  await expect(section(page).getByRole("alert")).toHaveText("Write something first.");
  expect(await listStored()).toEqual([]);
});

test("n beside the list opens the row in hand and puts the cursor into its note", async ({ page }) => {
  await openInbox(page, listHref);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("n");
  await expect(page.getByRole("heading", { level: 2, name: "Noor Haddad" })).toBeVisible();
  await expect(box(page)).toBeFocused();
  await page.keyboard.type("for Noor");
  await page.keyboard.press("Control+Enter");
  await expect(notes(page)).toContainText("for Noor");
  const stored = await query("select contact_id as id from contact_notes where author_id = $1", [ada.id]);
  expect(stored).toEqual([{ id: contactOf(1).id }]);
});

for (const width of [1440, 390]) {
  test(`is accessible in every state at ${width} px in the light and in the dark`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 900 });
    await query(
      `insert into contact_notes (id, contact_id, author_id, text, deleted_at, created_at, written_at)
        select gen_random_uuid(), $1, author, text, gone, now() - n * interval '1 day', now() - n * interval '1 day'
        from (values (1, $2::uuid, 'Mine', null::timestamptz), (2, $3, repeat('unbroken', 60) || ' مرحبا', null),
          (3, $2, 'Gone', now()), (4, $3, 'Gone too', now())) w (n, author, text, gone)`,
      [contactOf(0).id, ada.id, tomo.id],
    );
    await openContact(page);
    const elsewhere = await context.newPage();
    await openContact(elsewhere);
    await notes(elsewhere).getByRole("button", { name: "Edit note" }).click();
    await editor(elsewhere).fill("Mine, from elsewhere");
    await saveEdit(elsewhere);
    const edited = notes(elsewhere).getByRole("button", { name: /^edited/ });
    await edited.click();
    await expect(elsewhere.getByRole("list", { name: "Earlier versions" }).getByText("Mine")).toBeVisible();

    await notes(page).getByRole("button", { name: "Edit note" }).click();
    await editor(page).fill("Mine, from here");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(section(page).getByRole("alert")).toContainText("Mine, from elsewhere");
    await box(page).fill("x".repeat(10_001));
    await page.getByRole("button", { name: "Add note" }).click();
    await expect(section(page).getByText("A note can have")).toBeVisible();
    for (const each of [page, elsewhere]) {
      expect(await findViolationsInBothThemes(each)).toEqual([]);
      expect(await each.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    }
  });
}
