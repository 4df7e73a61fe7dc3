import { openInbox } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect, test } from "../signed-in";

// One after another, because there is one desk, and a save is refused if somebody else has saved since.
test.describe.configure({ mode: "serial" });

test.use({ person: { role: "admin", name: "Ada Keller" } });

// Removes the sample's settings too, because these tests start with the defaults.
const setDefaults = () => query("update desk_settings set business_week = null, response_targets = null");
test.beforeAll(setDefaults);
test.afterEach(setDefaults);

test("a service gets a response target; what waits longer is marked, found by filter, and says since when", async ({
  page,
  make,
}) => {
  const { service, href, contacts } = await make([
    { name: "Late Visitor" },
    { name: "Early Visitor" },
    { name: "Next Visitor" },
  ]);
  const late = contacts[0]?.id ?? "";
  await query(`update contact_submissions set "timestamp" = now() - interval '2 hours' where id = $1`, [late]);
  await query(`update contact_submissions set "timestamp" = now() - interval '50 minutes' where id = $1`, [
    contacts[2]?.id,
  ]);

  await page.goto("/settings");
  const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  for (const day of days) {
    await page.getByRole("checkbox", { name: day }).check();
    await page.getByLabel(`${day} from`).fill("00:00");
    await page.getByLabel(`${day} to`).fill("00:00");
  }
  await page.getByRole("button", { name: "Add a service" }).click();
  await page.getByLabel("Service", { exact: true }).fill(service);
  await page.getByLabel(`Hours for ${service}`).fill("1");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(`Hours for ${service}`)).toHaveValue("1");
  await expect(page.getByLabel("Sunday to")).toHaveValue("00:00");

  await openInbox(page, href);
  await expect(page.getByRole("row", { name: /Late Visitor/ })).toContainText("Overdue");
  await expect(page.getByRole("row", { name: /Early Visitor/ })).not.toContainText(/Overdue|Due soon/);
  await expect(page.getByRole("row", { name: /Next Visitor/ })).toContainText("Due soon");
  await openInbox(page, `${href}&columns=contact,due&sort=waiting`);
  await expect(page.getByRole("row", { name: /Visitor/ })).toHaveText([/late 1 h/, /in \d+ min/, /in \d+ min/]);
  await openInbox(page, `${href}&sort=-updated`);
  await expect(page.getByRole("row", { name: /Visitor/ })).toHaveText([/Next/, /Late/, /Early/]);
  await openInbox(page, `${href}&overdue=true`);
  await expect(page.getByText("1 matching")).toBeVisible();
  await expect(page.getByRole("link", { name: "Remove filter First response: Overdue" })).toBeVisible();
  await openInbox(page, `${href}&overdue=false`);
  await expect(page.getByRole("row", { name: /Early Visitor/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Late Visitor/ })).toHaveCount(0);
  await page.goto(`/contacts/${late}`);
  await expect(page.getByText(/^First response overdue since/)).toBeVisible();
  await page.goto(`/contacts/${contacts[1]?.id}`);
  await expect(page.getByText(/^First response due/)).toBeVisible();
});

test("what cannot be is refused in words, and what was typed stays", async ({ page }) => {
  await page.goto("/settings");
  await page.getByLabel("Monday from").fill("17:00");
  await page.getByLabel("Monday to").fill("09:00");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("A day is open for at least an hour, and closes after it opens.")).toBeVisible();
  await expect(page.getByLabel("Monday from")).toHaveValue("17:00");
});

test("of two admins who edit at once the second is told, and nothing is overwritten", async ({ page, context }) => {
  const other = await context.newPage();
  await page.goto("/settings");
  await other.goto("/settings");
  await page.getByLabel("Hours for every service").fill("4");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved.")).toBeVisible();
  for (const _try of [1, 2]) {
    await other.getByLabel("Hours for every service").fill("12");
    await other.getByRole("button", { name: "Save settings" }).click();
    await expect(other.getByText("Someone else has saved the settings.", { exact: false })).toBeVisible();
  }
  await page.getByLabel("Hours for every service").fill("5");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect
    .poll(() => query("select (response_targets ->> 'otherwise')::float8 as hours from desk_settings"))
    .toEqual([{ hours: 5 }]);
});
