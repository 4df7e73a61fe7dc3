import type { Page } from "playwright/test";
import { openInbox } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

const palette = (page: Page) => page.getByRole("dialog", { name: "Command palette" });
const option = (page: Page, name: string | RegExp) => palette(page).getByRole("option", { name });
const outcome = (page: Page) => palette(page).getByRole("status");

/** Opens the palette and types, as a person would. */
async function look(page: Page, typed: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type(typed);
}

const word = () => `q${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;

test("a contact is found by name, company or address, and opened by keys alone", async ({ page, make }) => {
  const surname = word();
  const { contacts, href } = await make([
    { name: `Nils Zakarias ${surname}`, company: "Other AB" },
    { name: `${surname} Åkesson`, company: "Zwölf & Söhne" },
    { name: "Somebody", company: `${surname} Ltd` },
    { name: "Nobody", message: surname },
  ]);
  await openInbox(page, href);
  await look(page, surname);
  // What Enter does does not change when answers arrive.
  await expect(option(page, `Search contacts for “${surname}”`)).toHaveAttribute("aria-selected", "true");
  await expect(outcome(page)).toHaveText("3 contacts.");
  await expect(option(page, `Search contacts for “${surname}”`)).toHaveAttribute("aria-selected", "true");
  const found = palette(page).getByRole("group", { name: "Contacts" }).getByRole("option");
  await expect(found).toHaveText([
    new RegExp(`^${surname} Åkesson Zwölf & Söhne · [0-9a-f]+\\.mara@northlight\\.example`),
    new RegExp(`^Nils Zakarias ${surname}`),
    new RegExp(`^Somebody ${surname} Ltd`),
  ]);
  await page.keyboard.type(" akesson");
  await expect(outcome(page)).toHaveText("1 contact.");
  await page.keyboard.press("ArrowDown");
  await expect(found).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`/contacts/${contacts[1]?.id}$`));
  await expect(page.getByRole("heading", { level: 1, name: `${surname} Åkesson` })).toBeVisible();
});

test("a document is found by its file name, and leads to its contact's documents", async ({ page, make }) => {
  const name = word();
  const { contacts, href } = await make([{ name: "Mara Lindqvist" }]);
  await query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp)
    values ($1, $2, 1, 'text/plain', 'other', now())`,
    [contacts[0]?.id, `Floor plan ${name}.txt`],
  );
  await openInbox(page, href);
  await look(page, `plan ${name}`);
  await expect(outcome(page)).toHaveText("1 document.");
  await option(page, `Floor plan ${name}.txt Mara Lindqvist`).click();
  await expect(page).toHaveURL(new RegExp(`/contacts/${contacts[0]?.id}#documents$`));
  // Its details, below, have the name once more.
  await expect(page.getByText(`Floor plan ${name}.txt`).first()).toBeInViewport();
});

test("staff are found, each with their contacts, but no settings that only admins may open", async ({
  page,
  addPerson,
  make,
}) => {
  const name = `Tomo ${word()}`;
  const tomo = await addPerson("agent", { name });
  const { href } = await make([{}]);
  await openInbox(page, href);
  await look(page, "old months");
  await expect(option(page, /^Search contacts for/)).toBeVisible();
  await expect(option(page, /^Old months/)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await look(page, name);
  await option(page, `${name} Assigned contacts`).click();
  await expect(page).toHaveURL(new RegExp(`/contacts\\?assignee=${tomo.id}`));
});

test.describe("for an admin", () => {
  test.use({ person: { role: "admin", name: "Ada Keller" } });

  test("settings are found, and opened where they are", async ({ page }) => {
    await page.goto("/account");
    await page.locator("[data-keys-ready]").waitFor({ state: "attached" });
    await look(page, "old months");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/settings#months$/);
    await expect(page.getByRole("heading", { name: "Old months" })).toBeInViewport();
  });
});

test.describe("where the network fails once", () => {
  test.use({ expectedErrors: [/Failed to load resource.*\/api\/find\?q=fails\)/] });

  test("a late answer to earlier words is never shown, and what could not be looked for is said", async ({
    page,
    make,
  }) => {
    const [first, second] = [word(), word()];
    const { href } = await make([{ name: `Early ${first}` }, { name: `Later ${second}` }]);
    await openInbox(page, href);
    let answerFirst = () => {};
    const held = new Promise<void>((resolve) => {
      answerFirst = resolve;
    });
    const asked: string[] = [];
    await page.route("**/api/find?*", async (route) => {
      const typed = new URL(route.request().url()).searchParams.get("q") ?? "";
      asked.push(typed);
      if (typed === first) await held;
      if (typed === "fails") await route.abort();
      // Given up by the page.
      else await route.continue().catch(() => undefined);
    });
    const givenUp = page.waitForEvent("requestfailed", (request) => request.url().includes(first));
    await look(page, "");
    // At once, so that it is one question however slow the machine is.
    await page.keyboard.insertText(first);
    await expect.poll(() => asked).toEqual([first]);
    await expect(palette(page).getByText("Looking for contacts")).toBeVisible();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(second);
    await expect(option(page, new RegExp(`^Later ${second}`))).toBeVisible();
    await givenUp;
    answerFirst();
    await expect(outcome(page)).toHaveText("1 contact.");
    await expect(option(page, new RegExp(`^Early ${first}`))).toHaveCount(0);
    expect(asked).toEqual([first, second]);

    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("fails");
    await expect(outcome(page)).toHaveText(/^Couldn't look for contacts/);
    await expect(option(page, /^Later/)).toHaveCount(0);
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(word());
    await expect(outcome(page)).toHaveText(/^No contact found by name, address or company/);
    await expect(option(page, /^Search contacts for/)).toBeVisible();
  });
});

for (const width of [1440, 390]) {
  test(`what is found fits, and axe finds nothing, at ${width} px`, async ({ page, make }) => {
    test.slow();
    const name = word();
    const { href } = await make([
      { name: `${name} ${"Maximiliane ".repeat(8)}`, company: "Donaudampfschifffahrtsgesellschaft ".repeat(4) },
      { name: `${name} עברית`, company: null },
    ]);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 844 });
    await openInbox(page, href);
    await page.getByRole("button", { name: "Command palette" }).click();
    await page.keyboard.type(name);
    await expect(outcome(page)).toHaveText("2 contacts.");
    await page.keyboard.press("ArrowDown");
    await expect(option(page, /Maximiliane/)).toHaveAttribute("aria-selected", "true");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const list = palette(page).getByRole("listbox");
    expect(await list.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await findViolationsInBothThemes(page)).toEqual([]);
  });
}
