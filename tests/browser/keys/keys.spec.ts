import type { CDPSession, Page } from "playwright/test";
import { commands } from "@/components/keys/commands";
import { type Status, statuses } from "@/lib/contact/status";
import { listStored, openInbox, type TestContact } from "../inbox-contacts";
import { query, type TestStaff } from "../sign-in";
import { expect, findViolationsInBothThemes, password, test } from "../signed-in";

let ada: TestStaff;
let contacts: TestContact[];
let href: string;

test.beforeEach(async ({ ada: signedIn, make }) => {
  ada = signedIn;
  ({ contacts, href } = await make(Array.from({ length: 24 }, () => ({}))));
});

const palette = (page: Page) => page.getByRole("dialog", { name: "Command palette" });
const help = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });
const row = (page: Page, at: number) => page.getByRole("row", { name: new RegExp(`Person ${at} `) });
const link = (page: Page, at: number) => row(page, at).locator("[data-row-link]");
const statusesStored = async () => (await listStored(contacts)).map(({ status }) => status);

/** Presses keys one after the other, as a person would. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test("what is typed while the palette comes is in its field", async ({ page }) => {
  await openInbox(page, href);
  // Letter after letter until it has been drawn, so that some come when its code is there and it is not.
  const typed = await page.getByRole("button", { name: "Command palette" }).evaluate((button) => {
    (button as HTMLElement).click();
    return new Promise<string>((done) => {
      let sent = "";
      const type = () => {
        if (document.querySelector('[role="dialog"] input')) return done(sent);
        const key = "abcdefghij".charAt(sent.length % 10);
        if (sent.length < 190) {
          sent += key;
          window.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
        }
        setTimeout(type);
      };
      type();
    });
  });
  await expect(palette(page).getByRole("combobox")).toHaveValue(typed);
  await page.keyboard.type("xyz");
  await expect(palette(page).getByRole("combobox")).toHaveValue(`${typed}xyz`);
});

test("from sign-in through twenty decisions without a mouse", async ({ page, context }) => {
  test.slow();
  await context.clearCookies();
  await page.goto(href);
  await expect(page.getByLabel("E-mail")).toBeVisible();
  await page.getByLabel("E-mail").focus();
  await page.keyboard.type(ada.email);
  await press(page, "Tab");
  await page.keyboard.type(password);
  await press(page, "Enter");
  await page.locator("[data-inbox-ready]").waitFor({ state: "attached" });

  const wanted: Status[] = Array(24).fill("new");
  const turn = ["in_review", "contacted", "qualified", "closed", "spam"] as const;
  const decide = (at: number, status: Status) => {
    wanted[at - 1] = status;
    return press(page, statuses[status].key);
  };
  // Fifteen one by one; the focus stays on the row that was decided.
  for (let at = 1; at <= 15; at++) {
    await press(page, at % 2 === 0 ? "j" : "ArrowDown");
    await expect(link(page, at)).toBeFocused();
    const status = turn[at % turn.length] ?? "closed";
    await decide(at, status);
    await expect(row(page, at)).toContainText(statuses[status].label);
    await expect(link(page, at)).toBeFocused();
  }
  await expect.poll(statusesStored).toEqual(wanted);
  await expect(link(page, 15)).toBeFocused();

  // Sixteen is decided, taken back, and decided otherwise.
  await press(page, "j");
  await decide(16, "spam");
  await expect(page.getByText("Person 16 set to Spam")).toBeVisible();
  await press(page, "z");
  await expect(row(page, 16)).toContainText("New");
  await expect(link(page, 16)).toBeFocused();
  await decide(16, "contacted");
  await expect(page.getByText("Person 16 set to Contacted")).toBeVisible();

  // Three together, one left out between, and one from the contact that was opened.
  await press(page, "j", "x", "j", "j", "j", "Shift+x", "k", "x", "5");
  for (const at of [17, 18, 20]) wanted[at - 1] = "closed";
  await expect(page.getByText("3 contacts set to Closed")).toBeVisible();
  await press(page, "j", "j", "Enter");
  const panel = page.getByRole("complementary", { name: "Open contact" });
  await expect(panel.getByRole("heading", { name: "Person 21" })).toBeVisible();
  await decide(21, "qualified");
  await expect(page.getByText("Person 21 set to Qualified")).toBeVisible();
  await press(page, "Escape");
  await expect(panel).toBeHidden();
  await expect(link(page, 21)).toBeFocused();

  expect(wanted.filter((status) => status !== "new")).toHaveLength(20);
  await expect.poll(statusesStored).toEqual(wanted);
  await page.reload();
  for (const [at, status] of wanted.entries()) {
    await expect(row(page, at + 1)).toContainText(statuses[status].label);
  }
});

test("a screen reader is told which row, how many are selected, and nothing twice", async ({ page }) => {
  await openInbox(page, href);
  await press(page, "j", "j");
  await expect(page.getByRole("status").filter({ hasText: "Row 2 of 24, New" })).toBeAttached();
  await press(page, "x");
  await expect(page.getByRole("status").filter({ hasText: "1 contact selected" })).toBeAttached();
  await press(page, "j", "j", "Shift+x");
  await expect(page.getByRole("status").filter({ hasText: "3 contacts selected" })).toBeAttached();
  await press(page, "Escape");
  await expect(page.getByRole("status").filter({ hasText: "No contacts selected" })).toBeAttached();
});

test("? shows every key of the table, and gives the focus back", async ({ page }) => {
  await openInbox(page, href);
  await press(page, "j", "?");
  await expect(help(page)).toBeVisible();
  for (const { label } of commands) {
    await expect(help(page).getByRole("term").filter({ hasText: label }).first(), label).toBeVisible();
  }
  await press(page, "5", "Escape");
  await expect(help(page)).toBeHidden();
  await expect(link(page, 1)).toBeFocused();
  expect((await listStored(contacts))[0]).toEqual({ status: "new", version: 1 });
});

test("a visible ? opens the help, wherever one is", async ({ page }) => {
  for (const path of ["/triage", "/account"]) {
    await page.goto(path);
    await page.locator("[data-keys-ready]").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Keyboard shortcuts", exact: true }).click();
    await expect(help(page)).toBeVisible();
  }
});

test("the palette acts on the row in hand, and leaves out what cannot be done", async ({ page }) => {
  await openInbox(page, href);
  await press(page, "Control+k");
  await expect(palette(page).getByRole("option", { name: /Analytics/ })).toBeVisible();
  await expect(palette(page).getByRole("option", { name: /Set to/ })).toHaveCount(0);
  await expect(palette(page).getByRole("option", { name: /Undo/ })).toHaveCount(0);
  await expect(palette(page).getByRole("option", { name: /Staff/ })).toHaveCount(0);
  await press(page, "Control+k");
  await expect(palette(page)).toBeHidden();

  await press(page, "j", "j", "Control+k");
  await expect(palette(page).getByRole("option", { name: "Set to Closed" })).toBeVisible();
  await expect(palette(page).getByText("Person 2", { exact: true })).toBeVisible();
  await page.keyboard.type("closed");
  await press(page, "Enter");
  await expect(palette(page)).toBeHidden();
  await expect(page.getByText("Person 2 set to Closed")).toBeVisible();
  await expect(link(page, 2)).toBeFocused();
  // What was typed in it had no effect on the page below.
  await press(page, "Control+k");
  await expect(palette(page).getByRole("option", { name: /Undo/ })).toBeVisible();
  await page.keyboard.type("5x6");
  await press(page, "Escape");
  await expect(palette(page)).toBeHidden();
  const [first, second, ...rest] = await listStored(contacts);
  expect([first, second]).toEqual([
    { status: "new", version: 1 },
    { status: "closed", version: 2 },
  ]);
  expect(rest.every(({ version }) => version === 1)).toBe(true);
});

test("the palette opens while typing too, finds contacts by words, and goes to pages", async ({ page }) => {
  await openInbox(page, href);
  await press(page, "/");
  await expect(page.getByRole("combobox", { name: "Search words or filters" })).toBeFocused();
  await press(page, "Control+k");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.type("northlight mara");
  await press(page, "Enter");
  await expect(page).toHaveURL(/\/contacts\?q=northlight(\+|%20)mara$/);
  await press(page, "Control+k");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.type("analy");
  await press(page, "Enter");
  await expect(page).toHaveURL(/\/analytics/);
});

test("g and a letter goes to a page; a wrong letter does nothing", async ({ page }) => {
  await openInbox(page, href);
  await press(page, "j", "g", "5");
  await press(page, "g", "a");
  await expect(page).toHaveURL(/\/analytics/);
  await press(page, "g", "t");
  await expect(page).toHaveURL(/\/triage/);
  await expect(page.getByRole("heading", { level: 1, name: "Triage" })).toBeVisible();
  await press(page, "g", "c");
  await expect(page).toHaveURL(/\/contacts\?.*view=queue$/);
  expect((await listStored(contacts))[0]).toEqual({ status: "new", version: 1 });
});

test("on a contact's own page keys decide, and Escape leads back to the list with its row in hand", async ({
  page,
}) => {
  await openInbox(page, href);
  await press(page, "j", "j", "Enter");
  await page.getByRole("link", { name: "Open as a page" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Person 2" })).toBeVisible();
  await expect(page.getByRole("button", { name: /Set status/ })).toBeEnabled();
  await expect(async () => {
    await press(page, "3");
    await expect(page.getByText("Person 2 set to Contacted")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await press(page, "Control+k");
  await expect(palette(page).getByRole("option", { name: "Set to Spam" })).toBeVisible();
  await press(page, "Escape");
  await expect(palette(page)).toBeHidden();
  await press(page, "Escape");
  await expect(page).toHaveURL(/\/contacts\?service=/);
  await expect(row(page, 2)).toContainText("Contacted");
  await expect(page.locator("tr[data-current]")).toContainText("Person 2");
});

test("on a contact's own page j and k go on in the list one came from, past what one has just decided, and say where it ends", async ({
  page,
}) => {
  test.slow();
  const heading = (at: number) => page.getByRole("heading", { level: 1, name: `Person ${at}`, exact: true });
  const opened = async (at: number) => {
    await expect(heading(at)).toBeVisible();
    await page.locator("[data-keys-ready]").waitFor({ state: "attached" });
  };
  await openInbox(page, `${href}&status=new`);
  await press(page, "j", "j");
  await expect(link(page, 2)).toBeFocused();
  await page.goto((await link(page, 2).getAttribute("href")) ?? "");
  await opened(2);
  await press(page, "j");
  await opened(3);
  await press(page, "5");
  await expect(page.getByText("Person 3 set to Closed")).toBeVisible();
  // No more among the new ones, and still between its neighbours.
  await press(page, "j");
  await opened(4);
  await press(page, "k");
  await opened(2);
  await press(page, "k");
  await opened(1);
  await press(page, "k");
  await expect(page.getByText("This is the first contact in the list.")).toBeVisible();
  await press(page, "j");
  await opened(2);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await opened(4);
  await press(page, "Escape");
  await expect(page).toHaveURL(/\/contacts\?status=new&service=/);
  await expect(page.locator("tr[data-current]")).toContainText("Person 4");
  await expect(row(page, 3)).toHaveCount(0);

  await page.goto(`/contacts/${contacts[23]?.id}${href.slice("/contacts".length)}`);
  await opened(24);
  await press(page, "j");
  await expect(page.getByText("This is the last contact in the list.")).toBeVisible();
  await press(page, "Control+k");
  await expect(palette(page).getByRole("option", { name: "Next contact" })).toBeVisible();
});

test("single-letter shortcuts can be turned off; arrows, Enter and Ctrl K stay", async ({ page }) => {
  await page.goto("/account");
  const off = page.getByRole("group", { name: "Single-letter shortcuts" }).getByRole("radio", { name: "Off" });
  await off.focus();
  await off.press("Space");
  await expect(off).toBeChecked();
  await expect
    .poll(() => query("select preferences from staff where id = $1", [ada.id]))
    .toEqual([{ preferences: { keys: false } }]);
  await openInbox(page, href);
  await press(page, "j", "5", "x", "?", "g", "a");
  await expect(page.locator("tr[data-current]")).toHaveCount(0);
  await press(page, "ArrowDown");
  await expect(link(page, 1)).toBeFocused();
  await press(page, "5");
  await press(page, "Control+k");
  await expect(palette(page).getByRole("option", { name: "Set to Closed" })).toBeVisible();
  // No hint promises a key that does nothing.
  await expect(palette(page).getByRole("option", { name: "Set to Closed" })).toHaveText("Set to Closed");
  await page.keyboard.type("closed");
  await press(page, "Enter");
  await expect(page.getByText("Person 1 set to Closed")).toBeVisible();
  await press(page, "Control+k");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.type("single-letter shortcuts");
  await press(page, "Enter");
  await expect(async () => {
    await press(page, "j");
    await expect(link(page, 1)).not.toBeFocused({ timeout: 1_000 });
  }).toPass();
});

test("density and theme are kept with the person and are there in the first answer", async ({ page }) => {
  await openInbox(page, href);
  for (const words of ["compact rows", "dark theme"]) {
    await press(page, "Control+k");
    await expect(palette(page)).toBeVisible();
    await page.keyboard.type(words);
    await press(page, "Enter");
    await expect(palette(page)).toBeHidden();
  }
  await expect(page.locator("div[data-density=compact]")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const answer = await (await page.request.get("/account")).text();
  expect(answer).toContain('data-density="compact"');
  expect(answer).toContain('data-theme="dark"');
  await page.goto("/account");
  await expect(page.getByRole("radio", { name: "Compact" })).toBeChecked();
  await page.getByRole("button", { name: "Show keyboard shortcuts" }).click();
  await expect(help(page)).toBeVisible();
});

/** A key as the browser of a person with another layout or an input method reports it. */
async function pressAs(cdp: CDPSession, key: string, more: { code?: string; vk?: number; modifiers?: number }) {
  const { code = "", vk = 0, modifiers = 0 } = more;
  for (const type of ["rawKeyDown", "keyUp"] as const) {
    await cdp.send("Input.dispatchKeyEvent", { type, key, code, windowsVirtualKeyCode: vk, modifiers });
  }
}

test("Enter, Escape and arrows of an input method decide nothing, in the query bar, a list, a note and the palette", async ({
  page,
}) => {
  const cdp = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  const accept = async (text: string) => {
    await press(page, "Enter");
    await press(page, "ArrowDown");
    await cdp.send("Input.insertText", { text });
    // Safari sends the Enter that accepted the word after the composition, with 229.
    await pressAs(cdp, "Enter", { code: "Enter", vk: 229 });
  };
  await openInbox(page, href);
  const box = page.getByRole("combobox", { name: "Search words or filters" });
  await box.focus();
  await page.keyboard.type("status:");
  await compose("clo");
  await expect(page.getByRole("option", { name: /^closed/ })).toHaveAttribute("aria-selected", "true");
  await accept("clo");
  await expect(box).toHaveValue("status:clo");
  await press(page, "Enter");
  await expect(box).toHaveValue("status:closed ");
  await page.reload();
  await page.locator("[data-inbox-ready]").waitFor({ state: "attached" });

  await press(page, "j", "a");
  const assign = page.getByRole("dialog", { name: /Assign/ });
  await expect(assign.getByRole("combobox")).toBeFocused();
  await compose("Ada");
  await expect(assign.getByRole("option", { name: "Ada Keller (me)" })).toHaveAttribute("aria-selected", "true");
  await press(page, "Escape");
  await accept("Ada");
  await expect(assign.getByRole("combobox")).toHaveValue("Ada");
  expect((await listStored(contacts))[0]).toMatchObject({ version: 1 });
  await press(page, "Escape");
  await expect(assign).toBeHidden();

  await press(page, "Control+k");
  await expect(palette(page)).toBeVisible();
  await compose("analytics");
  await press(page, "Escape");
  await accept("analytics");
  await expect(palette(page)).toBeVisible();
  await press(page, "Enter");
  await expect(page).toHaveURL(/\/analytics/);

  await page.goto(`/contacts/${contacts[0]?.id}`);
  await page.locator("[data-keys-ready]").waitFor({ state: "attached" });
  const note = page.getByRole("textbox", { name: "Add a note" });
  await note.focus();
  await compose("日本");
  await press(page, "Control+Enter", "Escape");
  await cdp.send("Input.insertText", { text: "日本" });
  await pressAs(cdp, "Enter", { code: "Enter", vk: 229, modifiers: 2 });
  await expect(note).toHaveValue("日本");
  await expect(note).toBeFocused();
  expect(await query("select from contact_notes where author_id = $1", [ada.id])).toEqual([]);
});

test("keys work by their place on Cyrillic, Thai and French keyboards, and the palette closes as it opens", async ({
  page,
}) => {
  const cdp = await page.context().newCDPSession(page);
  const at = (key: string, code: string, modifiers = 0) =>
    pressAs(cdp, key, { code, vk: code.slice(-1).charCodeAt(0), modifiers });
  await openInbox(page, href);
  await at("о", "KeyJ");
  await expect(link(page, 1)).toBeFocused();
  await at("é", "Digit2");
  await expect(row(page, 1)).toContainText("In review");
  await at("่", "KeyJ");
  await expect(link(page, 2)).toBeFocused();
  await at("٥", "Digit5");
  await expect(row(page, 2)).toContainText("Closed");
  await at("л", "KeyK", 2);
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await at("л", "KeyK", 2);
  await expect(palette(page)).toBeHidden();
  await at("ฦ", "Slash", 8);
  await expect(help(page)).toBeVisible();
});

for (const width of [1440, 390]) {
  test(`axe finds nothing in palette and help at ${width} px in the light and in the dark`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 844 });
    await openInbox(page, href);
    await press(page, "j");
    await page.getByRole("button", { name: "Command palette" }).click();
    await expect(palette(page).getByRole("option", { name: "Set to Closed" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await page.keyboard.type("keyboard shortcuts");
    await press(page, "Enter");
    await expect(help(page)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await findViolationsInBothThemes(page)).toEqual([]);
  });
}
