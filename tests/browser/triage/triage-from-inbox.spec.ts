import { openInbox, type TestContact } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect } from "../signed-in";
import { shown, test } from "./triage-queue";

test("the filtered inbox leads to triage of just its contacts, in its order, and back to that view of it", async ({
  page,
  ada,
  make,
}) => {
  // The newest is closed: triage begins with the open one that comes first in the list.
  const { contacts, service } = await make([{ status: "closed" }, {}, {}]);
  const filter = String(new URLSearchParams({ service }));
  const [view] = await query<{ id: string }>(
    "insert into views (owner_id, name, filter, position) values ($1, 'Some', $2, 1) returning id",
    [ada.id, filter],
  );
  const link = page.getByRole("link", { name: "Triage the open ones" });
  await openInbox(page, "/contacts");
  await expect(link).toHaveCount(0);
  await openInbox(page, `/contacts?q=${contacts[0]?.id}&${filter}&status=spam`);
  await expect(page.getByRole("heading", { name: "No contacts match these filters." })).toBeVisible();
  await expect(link).toHaveCount(0);

  await openInbox(page, `/contacts?${filter}&view=${view?.id}`);
  await link.click();
  await shown(page, contacts[1] as TestContact);
  await expect(page.getByText("1 of 2", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`/contacts?${filter}&view=${view?.id}`);

  await page.setViewportSize({ width: 390, height: 800 });
  await openInbox(page, `/contacts?${filter}&sort=timestamp`);
  await expect(link).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("t");
  await shown(page, contacts[2] as TestContact);
});

test("a list of decided contacts leads to triage only where its filter asks for their statuses", async ({
  page,
  make,
}) => {
  const { contacts, service, href } = await make([{ status: "closed" }, { status: "spam" }, { status: null }]);
  const [closed, spam, none] = contacts as [TestContact, TestContact, TestContact];
  const link = page.getByRole("link", { name: /^Triage (these|the open ones)/ });
  await openInbox(page, href);
  await expect(page.getByText("3 matching")).toBeVisible();
  await expect(link).toHaveCount(0);
  await openInbox(page, `${href}&status=spam`);
  await expect(link).toHaveText(/Triage these/);
  await link.click();
  await shown(page, spam);
  await expect(page.getByText("1 of 1", { exact: true })).toBeVisible();

  // Typed, or by an old link: it says what is left out, and that can be triaged all the same.
  await page.goto(`/triage?${new URLSearchParams({ service })}`);
  await expect(page.getByRole("heading", { name: "No open contacts here" })).toBeVisible();
  await expect(page.getByText("contacts that are New or In review")).toBeVisible();
  await page.getByRole("link", { name: "Triage them anyway" }).click();
  await shown(page, none);
  await expect(page.getByText("1 of 3", { exact: true })).toBeVisible();
  await page.keyboard.press("j");
  await shown(page, spam);
  await page.keyboard.press("j");
  await shown(page, closed);
});

test("where no contact of a page is open, the counts of the other pages say whether triage is offered", async ({
  page,
  make,
}) => {
  const decided = Array.from({ length: 55 }, () => ({ status: "closed" }));
  const { service, href } = await make(decided);
  const link = page.getByRole("link", { name: "Triage the open ones" });
  await openInbox(page, href);
  await expect(page.getByRole("link", { name: "Next page" }).first()).toBeVisible();
  await expect(
    page.getByRole("complementary", { name: "Filters" }).getByRole("link", { name: "Closed 55" }),
  ).toBeVisible();
  await expect(link).toHaveCount(0);
  await query(
    `update contact_submissions set status = 'new'
    where id = (select id from contact_submissions where service = $1 order by "timestamp" limit 1)`,
    [service],
  );
  await openInbox(page, href);
  await link.click();
  await shown(page, { id: "", name: "Person 55" });
});
