import { randomUUID } from "node:crypto";
import { query, removeStaff } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";
import { openAs } from "../views/views";

test.use({ person: { role: "admin", name: "Ada Keller" } });

test("an admin adds somebody, who signs in, must change the password, and then works", async ({ page, browser }) => {
  const email = `${randomUUID()}@desk.example`;
  await page.goto("/staff");
  await page.getByRole("button", { name: "Add staff" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Noor Haddad");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("radio", { name: /^Manager/ }).check();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const password = (await dialog.getByLabel("First password", { exact: true }).textContent()) ?? "";
  expect(password).toMatch(/^[a-z2-9-]{23}$/);
  await dialog.getByRole("button", { name: "Done" }).click();
  const [added] = await query<{ id: string }>("select id from staff where email = $1", [email]);
  await expect(page.getByRole("row", { name: /Noor Haddad/ }).filter({ hasText: email })).toContainText(
    "Must change password",
  );

  const theirs = await (await browser.newContext({ baseURL: process.env.BASE_URL })).newPage();
  await theirs.goto("/sign-in");
  await theirs.getByLabel("E-mail").fill(email);
  await theirs.getByLabel("Password", { exact: true }).fill(password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("heading", { name: "Choose your own password" })).toBeVisible();
  await theirs.goto("/contacts");
  await expect(theirs).toHaveURL(/\/account\?next=%2Fcontacts$/);
  await expect(theirs.getByRole("navigation")).toHaveCount(0);

  await theirs.getByLabel("The password you were given").fill(password);
  await theirs.getByLabel("New password").fill("password1234");
  await theirs.getByRole("button", { name: "Change password" }).click();
  await expect(theirs.getByText("That password is easy to guess.", { exact: false })).toBeVisible();
  await expect(theirs.getByLabel("The password you were given")).toHaveValue(password);
  await theirs.getByLabel("New password").fill("gravel under blue harbour");
  await theirs.getByRole("button", { name: "Change password" }).click();
  await expect(theirs).toHaveURL(/\/contacts/);
  await theirs.context().close();
  await removeStaff(added ? [added] : []);
});

test("who is disabled hands over what is theirs, to be undone as one; what is others' stays", async ({
  page,
  ada,
  addPerson,
  make,
}) => {
  const [leaving, heir] = [await addPerson("agent"), await addPerson("agent")];
  const { contacts, service } = await make([{}, {}, {}]);
  await query(
    `update contact_submissions set assignee_id = case when id = $1 then $2::uuid else $3::uuid end where service = $4`,
    [contacts[2]?.id, ada.id, leaving.id, service],
  );
  const assignees = async () =>
    (
      await query<{ assignee_id: string }>(
        "select assignee_id from contact_submissions where service = $1 order by timestamp desc",
        [service],
      )
    ).map((row) => row.assignee_id);
  await page.goto("/staff");
  await page.getByRole("button", { name: `Actions for ${leaving.name}` }).click();
  await page.getByRole("menuitem", { name: "Disable…" }).click();
  await page.getByLabel("Hand over 2 contacts").selectOption({ label: `To ${heir.name}` });
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText(`${leaving.name} was disabled.`)).toBeVisible();
  const card = page.getByRole("region", { name: "Bulk change" });
  await expect(card).toContainText(`2 contacts assigned to ${heir.name}.`);
  expect(await assignees()).toEqual([heir.id, heir.id, ada.id]);

  await card.getByRole("button", { name: "Undo" }).click();
  await expect.poll(assignees).toEqual([leaving.id, leaving.id, ada.id]);
});

test("what an add is refused for stands beside its field, and nothing typed is lost", async ({ page, ada }) => {
  await page.goto("/staff");
  await page.getByRole("button", { name: "Add staff" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Noor Haddad");
  await dialog.getByLabel("E-mail").fill(ada.email.toUpperCase());
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("Someone with this e-mail is already on the list.")).toBeVisible();
  await expect(dialog.getByLabel("E-mail")).toHaveValue(ada.email.toUpperCase());
  await expect(dialog.getByLabel("Name")).toHaveValue("Noor Haddad");
});

test("disabling takes effect on the other's next click", async ({ page, browser, addPerson }) => {
  const agent = await addPerson("agent");
  const theirs = await openAs(browser, agent, "/account");
  await page.goto("/staff");
  await page.getByRole("button", { name: `Actions for ${agent.name}` }).click();
  await page.getByRole("menuitem", { name: "Disable…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("row", { name: agent.name })).toContainText("Disabled");
  await theirs.getByRole("link", { name: "Inbox" }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.context().close();
});

test("another role signs its person out at once", async ({ page, browser, addPerson }) => {
  const agent = await addPerson("agent");
  const theirs = await openAs(browser, agent, "/account");
  await page.goto("/staff");
  await page.getByRole("button", { name: `Actions for ${agent.name}` }).click();
  await page.getByRole("menuitemradio", { name: /^Manager/ }).click();
  await expect(page.getByRole("row", { name: agent.name })).toContainText("Manager");
  await theirs.getByRole("link", { name: "Inbox" }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.context().close();
});

test("a reset gives a password to hand over, and the focus goes back where it was", async ({ page, addPerson }) => {
  const agent = await addPerson("agent");
  await page.goto("/staff");
  await page.getByRole("button", { name: `Actions for ${agent.name}` }).press("Enter");
  await page.getByRole("menuitem", { name: "Reset password…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reset password" }).click();
  await expect(dialog.getByLabel("First password", { exact: true })).toHaveText(/^[a-z2-9-]{23}$/);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: `Actions for ${agent.name}` })).toBeFocused();
});

test.describe("somebody who is no admin", () => {
  test.use({ expectedErrors: [/status of 403/], person: { role: "agent", name: "Ada Keller" } });

  test("is told so on the pages of admins", async ({ page }) => {
    for (const path of ["/staff", "/settings"]) {
      expect((await page.goto(path))?.status()).toBe(403);
      await expect(page.getByRole("button", { name: /Add staff|Save settings/ })).toHaveCount(0);
    }
  });
});

for (const width of [1440, 390]) {
  test(`staff and settings have no fault that axe finds at ${width} px in the light and in the dark`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/settings");
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await page.goto("/staff");
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await page.getByRole("button", { name: "Add staff" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
  });
}
