import type { Browser, Page } from "playwright/test";
import { listStored, openInbox, type TestContact } from "../inbox-contacts";
import { query, signInAs, type TestStaff } from "../sign-in";
import { expect, findViolations, findViolationsInBothThemes } from "../signed-in";
import { expectStatuses, openTriage, shown, test } from "./triage-queue";

test("a key decides and the next contact is there; z brings the last back; the end says what was done", async ({
  page,
  addQueue,
}) => {
  const { contacts, href } = await addQueue(4);
  const [first, second, third, fourth] = contacts as [TestContact, TestContact, TestContact, TestContact];
  await openTriage(page, href, first);
  await expect(page.getByText("1 of 4", { exact: true })).toBeVisible();

  await page.keyboard.press("5");
  await shown(page, second);
  await page.keyboard.press("6");
  await shown(page, third);
  // Without a pause: what is still being saved is undone in its turn, and then decided again.
  await page.keyboard.press("z");
  await shown(page, second);
  await page.keyboard.press("3");
  await shown(page, third);
  await page.keyboard.press("j");
  await shown(page, fourth);
  await page.getByRole("toolbar", { name: "Decide" }).getByRole("button", { name: "Qualified" }).click();

  await expect(page.getByRole("heading", { name: "All done: 3 contacts handled" })).toBeVisible();
  await expect(page.getByText("Median time")).toBeVisible();
  await expect(page.getByRole("main").getByRole("term")).toHaveText([
    ...["Closed", "Contacted", "Qualified"],
    ...["Median time per contact", "In all"],
  ]);
  const counted = page.getByRole("main").getByRole("definition");
  await expect(counted.nth(0)).toHaveText("1");
  await expect
    .poll(() => listStored(contacts))
    .toEqual([
      { status: "closed", version: 2 },
      { status: "contacted", version: 4 },
      { status: "new", version: 1 },
      { status: "qualified", version: 2 },
    ]);

  await page.getByRole("button", { name: "Check for more" }).click();
  await shown(page, third);
  await expect(page.getByText("1 of 1", { exact: true })).toBeVisible();
});

test("without documents the message has the room, and everything else stands beside it", async ({ page, addQueue }) => {
  const { contacts, href } = await addQueue(1);
  const [first] = contacts as [TestContact];
  const message = "We would like to hear what this costs. ".repeat(20);
  await query("update contact_submissions set message = $2 where id = $1", [first.id, message]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await openTriage(page, href, first);
  const documents = page.getByRole("region", { name: "Documents" });
  const words = page.getByText("We would like to hear what this costs.").first();
  const details = page.getByRole("region", { name: "Details" });
  const widthOf = async () => (await words.boundingBox())?.width ?? 0;
  await expect(page.getByText("No documents", { exact: true })).toBeVisible();
  await expect(documents).toHaveCount(0);
  const alone = await widthOf();
  const [box, other] = [await words.boundingBox(), await details.boundingBox()];
  expect(other?.x).toBeGreaterThan((box?.x ?? 0) + (box?.width ?? 0));
  expect(other?.y).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0));

  await query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp)
     values ($1, 'scope.txt', 25, 'text/plain', 'notes', now())`,
    [first.id],
  );
  await page.reload();
  await shown(page, first);
  await expect(documents).toBeVisible();
  expect(await widthOf()).toBeLessThan(alone * 0.95);
});

test("enlarged to 200 %, most of the window is left for reading", async ({ page, make }) => {
  const message = Array.from({ length: 90 }, () => "Something about our project, and what is asked for.").join("\n");
  const { service, contacts } = await make([{ name: "Mara Lind", message }, {}]);
  await page.goto(`/triage?service=${encodeURIComponent(service)}&sort=-timestamp`);
  await expect(page.getByRole("article", { name: contacts[0]?.name })).toBeVisible();
  // Half of what windows usually have: 1920 by 1080, 1600 by 1000, 1536 by 864, 1440 by 900 and 1280 by 800.
  for (const [width, height] of [
    [960, 540],
    [800, 500],
    [768, 432],
    [720, 450],
    [640, 400],
  ] as const) {
    await page.setViewportSize({ width, height });
    const read = await page.evaluate(() => {
      const article = document.querySelector("article");
      article?.querySelector("summary")?.scrollIntoView({ block: "center" });
      const column = (article?.getBoundingClientRect().left ?? 0) + 40;
      const places = Array.from({ length: 100 }, (_, at) => (innerHeight * (at + 0.5)) / 100);
      return places.filter((y) => document.elementFromPoint(column, y)?.closest("article")).length;
    });
    expect(read, `percent of ${width} by ${height}`).toBeGreaterThan(60);
  }
});

test("the order is the one at the start, whatever arrives or changes meanwhile", async ({ page, addQueue }) => {
  const { contacts, href } = await addQueue(3);
  const [first, second, third] = contacts as [TestContact, TestContact, TestContact];
  await openTriage(page, href, first);
  await query(`update contact_submissions set "timestamp" = now() - interval '1 year' where id = $1`, [third.id]);
  await page.keyboard.press("5");
  await shown(page, second);
  await page.keyboard.press("5");
  await shown(page, third);
  await expectStatuses(contacts, ["closed", "closed", "new"]);
});

async function openSecond(
  browser: Browser,
  staff: TestStaff,
): Promise<{ page: Page; staff: TestStaff; close: () => Promise<void> }> {
  const context = await browser.newContext();
  await signInAs(context, staff);
  return { page: await context.newPage(), staff, close: () => context.close() };
}

test("two people in one queue never have the same contact, and what a closed laptop held comes back", async ({
  page,
  browser,
  ada,
  addPerson,
  addQueue,
}) => {
  const other = await openSecond(browser, await addPerson("agent"));
  const { contacts, href } = await addQueue(6);
  const at = (index: number) => contacts[index] as TestContact;
  await openTriage(page, href, at(0));
  // She has claimed the first four: the one on her screen, and the next three.
  await openTriage(other.page, href, at(4));
  await expect(other.page.getByText(new RegExp(`${ada.name}\\b.* (is|are) also in triage`))).toBeVisible();
  await other.page.keyboard.press("5");
  await shown(other.page, at(5));
  await other.page.keyboard.press("5");
  await expect(other.page.getByRole("heading", { name: "All done: 2 contacts handled" })).toBeVisible();
  await page.keyboard.press("4");
  await shown(page, at(1));
  await expectStatuses(contacts, ["qualified", "new", "new", "new", "closed", "closed"]);
  await page.close();
  await query("update triage_claims set claimed_until = now() - interval '1 second' where staff_id = $1", [ada.id]);
  await other.page.getByRole("button", { name: "Check for more" }).click();
  await shown(other.page, at(1));
  await expectStatuses(contacts, ["qualified", "new", "new", "new", "closed", "closed"]);
  await other.close();
});

test("who else looks at the contact in hand is said, and what they change; Show shows it, and note and place stay", async ({
  page,
  browser,
  addPerson,
  addQueue,
}) => {
  const other = await openSecond(browser, await addPerson("agent"));
  const { contacts, href } = await addQueue(3);
  const [first, second] = contacts as [TestContact, TestContact, TestContact];
  const list = href.replace("/triage", "/contacts");
  const contact = page.getByRole("article");
  const watched = contact.getByText(`${other.staff.name} is looking at this too`);
  const show = contact.getByRole("button", { name: "Show", exact: true });
  await openTriage(page, href, first);
  await openInbox(other.page, `${list}&open=${first.id}`);
  await expect(watched).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.type("Called, and th");
  await other.page.keyboard.press("3");
  await expect(contact.getByText(`${other.staff.name} changed it from New to Contacted just now`)).toBeVisible();
  await expect(contact.getByRole("region", { name: "History" })).not.toContainText("Contacted");
  expect(await findViolations(page)).toEqual([]);

  await show.click();
  await expect(contact.getByRole("region", { name: "History" })).toContainText("Contacted");
  await expect(show).toBeHidden();
  await expect(contact.getByRole("textbox", { name: "Add a note" })).toHaveValue("Called, and th");
  await expect(page.getByText("1 of 3", { exact: true })).toBeVisible();
  await page.keyboard.press("5");
  await shown(page, second);
  await expect(watched).toBeHidden();
  await expect.poll(() => listStored([first])).toEqual([{ status: "closed", version: 3 }]);

  // On to the second, whom this page loaded before the colleague took it.
  await page.keyboard.press("k");
  await shown(page, first);
  await openInbox(other.page, `${list}&open=${second.id}`);
  await other.page.keyboard.press("i");
  await expect
    .poll(() => query("select assignee_id from contact_submissions where id = $1", [second.id]))
    .toEqual([{ assignee_id: other.staff.id }]);
  await page.keyboard.press("j");
  await shown(page, second);
  await expect(watched).toBeVisible();
  await show.click();
  await expect(contact.getByText(`assigned to ${other.staff.name}`)).toBeVisible();
  await other.close();
});

test("a contact that was deleted in one's hand is let go when that is to be shown", async ({ page, addQueue }) => {
  const { contacts, href } = await addQueue(2);
  const [first, second] = contacts as [TestContact, TestContact];
  await openTriage(page, href, first);
  await query("delete from contact_submissions where id = $1", [first.id]);
  await expect(page.getByText(/deleted the contact/)).toBeVisible();
  await shown(page, first);
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await shown(page, second);
  await expect(page.getByText("This contact has been deleted.")).toBeVisible();
  await page.keyboard.press("5");
  await expect(page.getByRole("heading", { name: "All done: 1 contact handled" })).toBeVisible();
  await expectStatuses([second], ["closed"]);
});

test("to oneself is no decision, a note stays with its contact, and a snooze goes on to the next", async ({
  page,
  ada,
  addQueue,
}) => {
  const { contacts, href } = await addQueue(3);
  const [first, second] = contacts as [TestContact, TestContact];
  await openTriage(page, href, first);
  await page.keyboard.press("i");
  await expect(page.getByRole("article").getByText("assigned to you")).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.type("Called twice 5");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("article").getByRole("listitem").filter({ hasText: "Called twice 5" })).toBeVisible();
  await shown(page, first);
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await page.getByRole("option", { name: /Tomorrow/ }).click();
  await shown(page, second);
  await page.keyboard.press("z");
  await shown(page, first);
  await expect(page.getByRole("article").getByRole("listitem").filter({ hasText: "Called twice 5" })).toBeVisible();
  await expect
    .poll(() =>
      query("select assignee_id, snoozed_until, status, version from contact_submissions where id = $1", [first.id]),
    )
    .toEqual([{ assignee_id: ada.id, snoozed_until: null, status: "new", version: 4 }]);
  expect((await listStored(contacts)).slice(1)).toEqual([
    { status: "new", version: 1 },
    { status: "new", version: 1 },
  ]);
});

test("keys are silent while typing, and Escape leads back to the same contacts in the inbox", async ({
  page,
  addQueue,
}) => {
  const { contacts, href } = await addQueue(2);
  await openTriage(page, href, contacts[0] as TestContact);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/contacts\?.*service=Testing/);
  await expect(page.getByText("2 matching")).toBeVisible();
});

test("what the address asks for and cannot be had is said, and the rest is gone through", async ({
  page,
  addQueue,
}) => {
  const { contacts, href } = await addQueue(1);
  await openTriage(page, `${href}&colour=red`, contacts[0] as TestContact);
  await expect(page.getByText('There is no filter "colour".')).toBeVisible();
});

for (const width of [1440, 390]) {
  test(`axe finds nothing at ${width} px in the light and in the dark`, async ({ page, addQueue }) => {
    const { contacts, href } = await addQueue(1);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await openTriage(page, href, contacts[0] as TestContact);
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await page.keyboard.press("5");
    await expect(page.getByRole("heading", { name: "All done: 1 contact handled" })).toBeVisible();
    await expectStatuses(contacts, ["closed"]);
    expect(await findViolationsInBothThemes(page)).toEqual([]);
  });
}
