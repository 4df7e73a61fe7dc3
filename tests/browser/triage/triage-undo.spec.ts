import type { Page } from "playwright/test";
import { listStored, type TestContact } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect, findViolations } from "../signed-in";
import { expectStatuses, openTriage, shown, test } from "./triage-queue";

/** Decides these contacts, each as soon as it appears. */
async function decide(page: Page, contacts: TestContact[], key = "5"): Promise<void> {
  for (const contact of contacts) {
    await shown(page, contact);
    await page.keyboard.press(key);
  }
}

const nameShown = (page: Page) => page.locator("#triage-name bdi").first().textContent();

test("eight decisions are taken back by eight z, each with its contact on the screen, and j goes through all again", async ({
  page,
  ada,
  addQueue,
}) => {
  const { contacts, href } = await addQueue(9);
  await openTriage(page, href, contacts[0] as TestContact);
  await decide(page, contacts.slice(0, 8));
  await shown(page, contacts[8] as TestContact);
  await expectStatuses(contacts, [...Array(8).fill("closed"), "new"]);
  for (let at = 7; at >= 0; at--) {
    await page.keyboard.press("z");
    // At once, whatever the desk has answered so far.
    expect(await nameShown(page)).toBe(contacts[at]?.name);
  }
  await expectStatuses(contacts, Array(9).fill("new"));
  // Nothing else was changed, and nothing twice.
  expect((await listStored(contacts)).map(({ version }) => version)).toEqual([...Array(8).fill(3), 1]);
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
  expect(await listClaims(ada.id)).toEqual(contacts.slice(0, 4).map(({ id }) => id));
  for (const contact of contacts.slice(1)) {
    await page.keyboard.press("j");
    await shown(page, contact);
  }
  await page.keyboard.press("z");
  await expect(page.getByText("Nothing left to undo in this session.")).toBeVisible();
  await shown(page, contacts[8] as TestContact);
});

const listClaims = async (staffId: string) => {
  const rows = await query<{ id: string }>(
    `select k.contact_id as id from triage_claims k join contact_submissions c on c.id = k.contact_id
    where k.staff_id = $1 order by c."timestamp"`,
    [staffId],
  );
  return rows.map(({ id }) => id);
};

test("z leads back past skips, an assignment and the summary; a key that is held is pressed once", async ({
  page,
  addQueue,
}) => {
  const { contacts, href } = await addQueue(4);
  const [first, second, third, fourth] = contacts as [TestContact, TestContact, TestContact, TestContact];
  await openTriage(page, href, first);
  await page.keyboard.press("5");
  await shown(page, second);
  await page.keyboard.press("i");
  await page.keyboard.press("j");
  await shown(page, third);
  await page.keyboard.press("j");
  await page.keyboard.press("6");
  await expect(page.getByRole("heading", { name: "All done: 2 contacts handled" })).toBeVisible();
  await expect(page.getByRole("button", { name: `Undo ${fourth.name} → Spam` })).toBeVisible();
  for (let time = 0; time < 5; time++) await page.keyboard.down("z");
  await page.keyboard.up("z");
  await shown(page, fourth);
  await expectStatuses(contacts, ["closed", "new", "new", "new"]);
  await page.keyboard.press("z");
  await shown(page, second);
  await expect(page.getByRole("article").getByText("assigned to you")).toBeHidden();
  await page.keyboard.press("z");
  await shown(page, first);
  await expectStatuses(contacts, Array(4).fill("new"));
  for (const contact of [second, third, fourth]) {
    await page.keyboard.press("j");
    await shown(page, contact);
  }
});

test("from a second queue z leads back into the first", async ({ page, addQueue }) => {
  const { contacts, href } = await addQueue(2);
  const [first, second] = contacts as [TestContact, TestContact];
  await openTriage(page, href, first);
  await page.keyboard.press("5");
  await page.keyboard.press("j");
  await page.getByRole("button", { name: "Check for more" }).click();
  await shown(page, second);
  await expect(page.getByText("1 of 1", { exact: true })).toBeVisible();
  await page.keyboard.press("z");
  await shown(page, first);
  await expect(page.getByText("1 of 2", { exact: true })).toBeVisible();
  await expectStatuses(contacts, ["new", "new"]);
  await page.keyboard.press("j");
  await shown(page, second);
});

test("what a colleague has changed since is shown, stays, and the screen says whose it is; nothing else is undone for it", async ({
  page,
  addQueue,
}) => {
  const { contacts, href } = await addQueue(3);
  const [first, second, third] = contacts as [TestContact, TestContact, TestContact];
  await openTriage(page, href, first);
  await decide(page, [first, second]);
  await shown(page, third);
  await expectStatuses(contacts, ["closed", "closed", "new"]);
  await query("update contact_submissions set status = 'qualified' where id = $1", [second.id]);
  await page.keyboard.press("z");
  await shown(page, second);
  await expect(
    page
      .getByRole("status")
      .getByText(/Person 2 was not undone: (The website|Contact Desk) changed it from Closed to Qualified/),
  ).toBeVisible();
  await expect(page.getByRole("article")).toContainText("Qualified");
  await expectStatuses(contacts, ["closed", "qualified", "new"]);
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("z");
  await shown(page, first);
  await expectStatuses(contacts, ["new", "qualified", "new"]);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByText(/was not undone/)).toBeHidden();
});

test("an undo in the history is one of the session's, and so is what it does again", async ({ page, addQueue }) => {
  const { contacts, href } = await addQueue(2);
  const [first, second] = contacts as [TestContact, TestContact];
  await openTriage(page, href, first);
  await page.keyboard.press("5");
  await shown(page, second);
  await page.keyboard.press("k");
  const history = page.getByRole("region", { name: "History" });
  await history.getByRole("button", { name: "Undo" }).click();
  await expectStatuses(contacts, ["new", "new"]);
  await expect(page.getByRole("button", { name: /^Undo Person/ })).toBeHidden();
  await page.keyboard.press("z");
  await expect(page.getByText("Nothing left to undo in this session.")).toBeVisible();
  expect(await listStored(contacts)).toEqual([
    { status: "new", version: 3 },
    { status: "new", version: 1 },
  ]);
  await history.getByRole("button", { name: "Redo" }).first().click();
  await expectStatuses(contacts, ["closed", "new"]);
  await page.keyboard.press("j");
  await shown(page, second);
  await page.keyboard.press("z");
  await shown(page, first);
  await expectStatuses(contacts, ["new", "new"]);
});

test.describe("where answers are lost", () => {
  test.beforeEach(({ expectedErrors }) => void expectedErrors.push(/Failed to load resource|net::ERR/));

  for (const fate of ["answer lost", "not sent"] as const) {
    test(`a decision whose answer never came is taken back all the same: ${fate}`, async ({
      page,
      actions,
      addQueue,
    }) => {
      const { contacts, href } = await addQueue(6);
      const [first, second] = contacts as [TestContact, TestContact];
      await openTriage(page, href, first);
      await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
      actions.fate = fate;
      await page.keyboard.press("5");
      await shown(page, second);
      await expect(page.getByText(/No answer came back/)).toBeVisible();
      await expect(page.getByText(/Couldn't load the next contacts/)).toBeVisible();
      actions.fate = "answered";
      await page.keyboard.press("z");
      await shown(page, first);
      await expect(page.getByText(/No answer came back/)).toBeHidden();
      await expect.poll(async () => (await listStored(contacts))[0]).toEqual({ status: "new", version: 3 });
      await expect(page.getByText(/Couldn't load the next contacts/)).toBeHidden();
    });
  }

  test("an undo whose answer never came is the next again, and happens once", async ({ page, actions, addQueue }) => {
    const { contacts, href } = await addQueue(6);
    const [first, second, third] = contacts as [TestContact, TestContact, TestContact];
    await openTriage(page, href, first);
    await decide(page, [first, second]);
    await shown(page, third);
    await expectStatuses(contacts.slice(0, 2), ["closed", "closed"]);
    await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
    actions.fate = "answer lost";
    await page.keyboard.press("z");
    await shown(page, second);
    await expect(page.getByText(/Person 5 was not undone: No answer came back/)).toBeVisible();
    actions.fate = "answered";
    await page.keyboard.press("j");
    await shown(page, third);
    await page.keyboard.press("z");
    await shown(page, second);
    await expect(page.getByText(/was not undone/)).toBeHidden();
    await expect
      .poll(() => listStored(contacts.slice(0, 2)))
      .toEqual([
        { status: "closed", version: 2 },
        { status: "new", version: 3 },
      ]);
    await page.keyboard.press("z");
    await shown(page, first);
    await expectStatuses(contacts.slice(0, 2), ["new", "new"]);
  });
});
