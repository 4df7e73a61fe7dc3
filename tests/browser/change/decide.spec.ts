import type { Page } from "playwright/test";
import { openInbox, type TestContact } from "../inbox-contacts";
import { query, signInAs, type TestStaff } from "../sign-in";
import { expect, findViolations, test } from "../signed-in";

// Each with a name of its own, because the message about a decision contains it.
const [adaName, tomoName] = ["Ada Keller", "Tomo Sato"].map((name) => `${name} ${crypto.randomUUID().slice(0, 6)}`);
let ada: TestStaff;
let tomo: TestStaff;
let contacts: TestContact[];
let href: string;

test.use({ person: { role: "agent", name: adaName ?? "" } });
test.beforeEach(async ({ ada: signedIn, addPerson, make }) => {
  ada = signedIn;
  tomo = await addPerson("agent", { name: tomoName });
  ({ contacts, href } = await make(Array.from({ length: 4 }, () => ({}))));
});

type Stored = {
  status: string;
  version: number;
  assignee: string | null;
  snoozed: boolean;
  reason: string | null;
  original: string | null;
};

/** Each contact's triage columns, in the order in which the contacts were made. */
async function listDecided(): Promise<Stored[]> {
  return query<Stored>(
    `select c.status, c.version, s.name as assignee, c.snoozed_until is not null as snoozed, c.spam_reason as reason,
       c.duplicate_of as original
     from unnest($1::text[]) with ordinality as wanted (id, at)
     join contact_submissions c using (id) left join staff s on s.id = c.assignee_id order by wanted.at`,
    [contacts.map(({ id }) => id)],
  );
}

const untouched: Stored = {
  status: "new",
  version: 1,
  assignee: null,
  snoozed: false,
  reason: null,
  original: null,
};

const rowOf = (page: Page, number: number) => page.getByRole("row", { name: new RegExp(`Person ${number}`) });
const dialogOf = (page: Page) => page.getByRole("dialog");

test("a key assigns the row in hand to somebody searched for; undo makes it nobody's again", async ({ page }) => {
  await openInbox(page, href);
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await expect(dialogOf(page)).toContainText("Assign Person 1");
  await page.getByRole("combobox", { name: "Assignee" }).fill(tomo.name.slice(-6));
  await page.keyboard.press("Enter");
  await expect(page.getByText(`Person 1 assigned to ${tomo.name}`)).toBeVisible();
  await expect(rowOf(page, 1)).toContainText(`Assigned to ${tomo.name}`);
  expect(await listDecided()).toEqual([
    { ...untouched, assignee: tomo.name, version: 2 },
    untouched,
    untouched,
    untouched,
  ]);

  await page.reload();
  await expect(rowOf(page, 1)).toContainText(`Assigned to ${tomo.name}`);
  await expect(rowOf(page, 2)).not.toContainText("Assigned");
});

test("i takes the selected for oneself, z gives them back, and the filter finds one's own", async ({ page }) => {
  await openInbox(page, href);
  await page.getByRole("checkbox", { name: "Select Person 2" }).click();
  await page.getByRole("checkbox", { name: "Select Person 3" }).click();
  await page.keyboard.press("i");
  await expect(page.getByText(`2 contacts assigned to ${ada.name}`)).toBeVisible();
  const mine = { ...untouched, assignee: ada.name, version: 2 };
  expect(await listDecided()).toEqual([untouched, mine, mine, untouched]);

  await page.goto(`${href}&assignee=me`);
  await expect(rowOf(page, 2)).toBeVisible();
  await expect(rowOf(page, 3)).toBeVisible();
  await expect(rowOf(page, 1)).toBeHidden();
  await expect(page.getByRole("link", { name: "Remove filter Assignee: Me" })).toBeVisible();

  await page.goto(href);
  await openInbox(page, `${href}&assignee=${ada.id}`);
  await expect(page.getByRole("link", { name: `Remove filter Assignee: ${ada.name}` })).toBeVisible();
});

test("a snooze dims the row until it comes back by itself, and says so", async ({ page }) => {
  await page.clock.install();
  await openInbox(page, href);
  await page.keyboard.press("j");
  await page.keyboard.press("s");
  await page.getByRole("option", { name: /^Tomorrow/ }).click();
  await expect(page.getByText(/Person 1 snoozed until tomorrow 09:00/)).toBeVisible();
  await expect(rowOf(page, 1)).toContainText("Snoozed Until tomorrow 09:00");
  expect(await listDecided()).toEqual([{ ...untouched, snoozed: true, version: 2 }, untouched, untouched, untouched]);

  await page.clock.fastForward("49:00:00");
  await expect(rowOf(page, 1)).toContainText("Back from snooze");
});

test("a snoozed contact comes back when the same address writes again; the list, its page and its history say why", async ({
  page,
}) => {
  const [first] = contacts;
  await query("update contact_submissions set snoozed_until = now() + interval '3 days' where id = $1", [first?.id]);
  await openInbox(page, href);
  await expect(rowOf(page, 1)).toContainText("Until");
  await query(
    `insert into contact_submissions (id, name, email, service, message, "timestamp")
     select id || '-again', 'Writes Again', upper(email), service, 'Any news?', now() from contact_submissions where id = $1`,
    [first?.id],
  );
  await openInbox(page, `${href}&snoozed=false`);
  await expect(rowOf(page, 1)).toContainText("Back: wrote again");
  await expect(rowOf(page, 2)).not.toContainText("Back");
  await openInbox(page, `${href}&back=true`);
  await expect(page.getByText("1 matching")).toBeVisible();
  await page.goto(`/contacts/${first?.id}`);
  await expect(page.getByRole("main")).toContainText(/Back from snooze since .* because the same address wrote again/);
  await expect(page.getByRole("main")).toContainText(
    "Contact Desk brought it back because the same address wrote again",
  );
});

test("a time to snooze until is typed as people say it, or its day picked from the desk's calendar", async ({
  page,
}) => {
  await page.goto(`/contacts/${contacts[2]?.id}`);
  await page.getByRole("button", { name: "Snooze" }).click();
  await page.getByRole("combobox", { name: "Snooze until" }).fill("4 jul 2031 7:45");
  await expect(page.getByRole("option", { name: /^4 Jul 2031, 07:45/ })).toBeVisible();
  const picked = page.getByLabel("Date and time");
  await picked.fill("1 Jul 2030, 16:05");
  await page.getByRole("button", { name: "Open the calendar" }).click();
  await expect(page.getByRole("button", { name: "1 Jul 2030", exact: true })).toBeFocused();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("button", { name: "30 Jun 2030", exact: true })).toBeFocused();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("Enter");
  await expect(picked).toHaveValue("30 Jul 2030, 16:05");
  await dialogOf(page).getByRole("button", { name: "Snooze", exact: true }).click();
  await expect(page.getByText("Person 3 snoozed until 30 Jul 2030, 16:05")).toBeVisible();
});

test("a status ends a snooze, and undo restores both", async ({ page }) => {
  await query("update contact_submissions set snoozed_until = now() + interval '3 days' where id = $1", [
    contacts[0]?.id,
  ]);
  await openInbox(page, href);
  await page.keyboard.press("j");
  await page.keyboard.press("3");
  await expect(page.getByText("Person 1 set to Contacted")).toBeVisible();
  await expect(rowOf(page, 1)).not.toContainText("Until");
  await page.keyboard.press("z");
  await expect(page.getByText("Undone: back to New")).toBeVisible();
  await expect(rowOf(page, 1)).toContainText("Until");
  expect((await listDecided())[0]).toEqual({ ...untouched, snoozed: true, version: 4 });
});

test("a date and time is picked on the desk's clock, and one that is over is refused", async ({ page }) => {
  await page.goto(`/contacts/${contacts[1]?.id}`);
  await page.getByRole("button", { name: "Snooze" }).click();
  const picked = page.getByLabel("Date and time");
  await picked.fill("2020-01-01T09:00");
  await expect(dialogOf(page)).toContainText("Choose a time in the future.");
  await expect(dialogOf(page).getByRole("button", { name: "Snooze" })).toBeDisabled();
  await picked.fill("2030-07-01T09:30");
  await dialogOf(page).getByRole("button", { name: "Snooze" }).click();
  await expect(page.getByText("Person 2 snoozed until 1 Jul 2030, 09:30")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Snoozed until 1 Jul 2030, 09:30");
  const rows = await query(
    `select to_char(snoozed_until at time zone (select time_zone from desk_settings), 'YYYY-MM-DD HH24:MI') as local
     from contact_submissions where id = $1`,
    [contacts[1]?.id],
  );
  expect(rows).toEqual([{ local: "2030-07-01 09:30" }]);

  await page.getByRole("button", { name: "Unsnooze" }).click();
  await expect(page.getByText("Person 2 unsnoozed")).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("Snoozed until");
  expect((await listDecided()).map(({ snoozed }) => snoozed)).toEqual([false, false, false, false]);
});

test("spam can have a reason, typed or chosen, which goes with the status", async ({ page }) => {
  await openInbox(page, href);
  await rowOf(page, 1)
    .getByRole("button", { name: /Status/ })
    .click();
  await page.getByRole("menuitem", { name: "Spam, with a reason…" }).click();
  await page.getByRole("combobox", { name: "Spam reason" }).fill("Sells <b>backlinks</b>");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Person 1 marked as spam: Sells <b>backlinks</b>")).toBeVisible();
  await expect(rowOf(page, 1)).toContainText("Sells <b>backlinks</b>");
  expect(await listDecided()).toEqual([
    { ...untouched, status: "spam", reason: "Sells <b>backlinks</b>", version: 2 },
    untouched,
    untouched,
    untouched,
  ]);

  // A plain 6 stays one key, and the reason can be given afterwards.
  await page.goto(`/contacts/${contacts[1]?.id}`);
  const giveReason = page.getByRole("button", { name: "Give a reason" });
  // The contact is streamed in, and its keys work once it is hydrated. Pressing the same key twice changes nothing.
  await expect(async () => {
    await page.keyboard.press("6");
    await expect(giveReason).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await giveReason.click();
  await page.getByRole("option", { name: "Phishing or fraud" }).click();
  await expect(page.getByText("Person 2 marked as spam: Phishing or fraud")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Spam: Phishing or fraud");
  expect((await listDecided())[1]).toMatchObject({ status: "spam", reason: "Phishing or fraud" });
  await page.keyboard.press("1");
  await expect(page.getByText("Person 2 set to New")).toBeVisible();
  expect((await listDecided())[1]).toMatchObject({ status: "new", reason: null });
});

test("a duplicate is closed and names its original, both ways, until it is none", async ({ page }) => {
  const original = contacts[2];
  await page.goto(`/contacts/${contacts[3]?.id}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Duplicate of…" }).click();
  await page.getByRole("combobox", { name: "Original" }).fill(`http://desk.example/contacts/${original?.id}?q=x`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Person 4 closed as a duplicate")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Duplicate of Person 3");
  expect(await listDecided()).toEqual([
    untouched,
    untouched,
    untouched,
    { ...untouched, status: "closed", original: original?.id, version: 2 },
  ]);

  await page.getByText("Duplicate of Person 3").getByRole("link").click();
  await page.getByText("Duplicated by Person 4").getByRole("link").click();
  await page.getByRole("button", { name: "Not a duplicate" }).click();
  await expect(page.getByText("Person 4 set to New and marked as not a duplicate")).toBeVisible();
  expect((await listDecided())[3]).toEqual({ ...untouched, version: 3 });
});

test("the dialog of duplicates names the contacts to choose from, and finds them by name and by message", async ({
  page,
}) => {
  // An address of their own: what other tests make has another.
  const ids = contacts.map(({ id }) => id);
  await query("update contact_submissions set email = $2, message = 'I wrote before' where id = any($1)", [
    ids.slice(2),
    `${crypto.randomUUID()}@own.example`,
  ]);
  await page.goto(`/contacts/${ids[3]}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Duplicate of…" }).click();
  const options = dialogOf(page).getByRole("option");
  await expect(options).toHaveCount(1);
  await expect(options).toContainText("I wrote before");
  for (const words of ["person 3", "wrote"]) {
    await page.getByRole("combobox", { name: "Original" }).fill(words);
    await expect(options.first()).toContainText("Person 3");
  }
  await page.keyboard.press("Escape");
  // Where they are listed beside the contact, too.
  await expect(page.getByRole("region", { name: "Also from this address" })).toContainText("Person 3");
});

test("an original that there is not is said, and nothing changes", async ({ page }) => {
  await openInbox(page, href);
  await page.getByRole("checkbox", { name: "Select Person 1" }).click();
  await page.getByRole("toolbar", { name: "Selected contacts" }).getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Duplicate of…" }).click();
  await page.getByRole("combobox", { name: "Original" }).fill("nowhere");
  await page.getByRole("option", { name: "Contact nowhere" }).click();
  await expect(page.getByRole("region", { name: /Notifications/ })).toContainText("There is no contact nowhere.");
  await expect(rowOf(page, 1)).toContainText("New");
  expect(await listDecided()).toEqual([untouched, untouched, untouched, untouched]);
});

test("two people decide about one contact: the second sees whose it became, and keeps their own", async ({
  page,
  browser,
}) => {
  const others = await browser.newContext();
  await signInAs(others, tomo);
  const second = await others.newPage();
  await openInbox(page, href);
  await openInbox(second, href);

  await page.keyboard.press("j");
  await page.keyboard.press("i");
  await expect(page.getByText(`Person 1 assigned to ${ada.name}`)).toBeVisible();

  await second.keyboard.press("j");
  await second.keyboard.press("s");
  await second.getByRole("option", { name: /Next week/ }).click();
  const card = second.getByRole("dialog");
  await expect(card).toContainText("Person 1 was changed by someone else");
  await expect(card).toContainText(`${ada.name} assigned it to ${ada.name} just now`);
  await expect(card).toContainText(/Yours: snoozed until/);
  await card.getByRole("button", { name: "Keep mine" }).click();
  await expect(second.getByText(/Person 1 snoozed until/)).toBeVisible();
  expect(await listDecided()).toEqual([
    { ...untouched, assignee: ada.name, snoozed: true, version: 3 },
    untouched,
    untouched,
    untouched,
  ]);
  await others.close();
});

test("the history on a contact's page says each decision, and takes back one that was made together with others", async ({
  page,
}) => {
  await openInbox(page, href);
  await page.getByRole("checkbox", { name: "Select Person 1" }).click();
  await page.getByRole("checkbox", { name: "Select Person 2" }).click();
  await page.keyboard.press("i");
  await expect(page.getByText(`2 contacts assigned to ${ada.name}`)).toBeVisible();

  await query(
    "with who as materialized (select set_config('desk.actor', $1, true)) update contact_submissions set assignee_id = $2 from who where id = $3",
    [`staff:${tomo.id}`, tomo.id, contacts[1]?.id],
  );
  await page.goto(`/contacts/${contacts[0]?.id}`);
  const history = page.getByRole("region", { name: "History" });
  await expect(history).toContainText(`${ada.name} assigned it to ${ada.name}`);
  await history.getByRole("button", { name: "Undo for all" }).click();
  // A contact that somebody has changed since is named, and stays as it is.
  const card = dialogOf(page);
  await expect(card).toContainText("Person 2 was changed by someone else");
  await expect(card).toContainText(`${tomo.name} reassigned it from ${ada.name} to ${tomo.name}`);
  await card.getByRole("button", { name: "OK" }).click();
  await expect(history).toContainText(`undid a change: unassigned it from ${ada.name}`);
  expect(await listDecided()).toEqual([
    { ...untouched, version: 3 },
    { ...untouched, assignee: tomo.name, version: 3 },
    untouched,
    untouched,
  ]);
});

test.describe("the dialogs", () => {
  for (const [decision, open] of [
    ["Assign", "a"],
    ["Snooze", "s"],
  ] as const) {
    test(`${decision} reads well, closes with Escape and gives the keys back`, async ({ page }) => {
      await openInbox(page, href);
      await page.keyboard.press("j");
      await page.keyboard.press(open);
      await expect(dialogOf(page)).toContainText(`${decision} Person 1`);
      expect(await findViolations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(dialogOf(page)).toBeHidden();
      await page.keyboard.press("2");
      await expect(page.getByText("Person 1 set to In review")).toBeVisible();
    });
  }
});
