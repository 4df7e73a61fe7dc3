import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright/test";
import { addContacts, removeContacts } from "./inbox-contacts";
import { createStaff, query, removeStaff, signInAs, type TestStaff } from "./sign-in";
import { expect, findViolations, test } from "./test";

const people: { id: string }[] = [];

async function person(role: TestStaff["role"]): Promise<TestStaff> {
  const made = await createStaff(role);
  people.push(made);
  return made;
}

async function openAs(browser: Browser, staff: { id: string }, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: process.env.BASE_URL });
  await signInAs(context, staff);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

test.afterAll(() => removeStaff(people));

test("an admin adds somebody, who signs in, must change the password, and then works", async ({
  page,
  context,
  browser,
}) => {
  await signInAs(context, await person("admin"));
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
  people.push({ id: added?.id ?? "" });
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
});

test("who is disabled hands over what is theirs, to be undone as one; what is others' stays", async ({
  page,
  context,
}) => {
  const [admin, leaving, heir] = [await person("admin"), await person("agent"), await person("agent")];
  const { contacts, service } = await addContacts([{}, {}, {}]);
  await query(
    `update contact_submissions set assignee_id = case when id = $1 then $2::uuid else $3::uuid end where service = $4`,
    [contacts[2]?.id, admin.id, leaving.id, service],
  );
  const assignees = async () =>
    (
      await query<{ assignee_id: string }>(
        "select assignee_id from contact_submissions where service = $1 order by timestamp desc",
        [service],
      )
    ).map((row) => row.assignee_id);
  await signInAs(context, admin);
  await page.goto("/staff");
  await page.getByRole("button", { name: `Actions for ${leaving.name}` }).click();
  await page.getByRole("menuitem", { name: "Disable…" }).click();
  await page.getByLabel("Hand over 2 contacts").selectOption({ label: `To ${heir.name}` });
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText(`${leaving.name} is disabled.`)).toBeVisible();
  const card = page.getByRole("region", { name: "Change of many contacts" });
  await expect(card).toContainText(`2 contacts assigned to ${heir.name}.`);
  expect(await assignees()).toEqual([heir.id, heir.id, admin.id]);

  await card.getByRole("button", { name: "Undo" }).click();
  await expect.poll(assignees).toEqual([leaving.id, leaving.id, admin.id]);
  await removeContacts(service);
});

test("what an add is refused for stands beside its field, and nothing typed is lost", async ({ page, context }) => {
  const admin = await person("admin");
  await signInAs(context, admin);
  await page.goto("/staff");
  await page.getByRole("button", { name: "Add staff" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Noor Haddad");
  await dialog.getByLabel("E-mail").fill(admin.email.toUpperCase());
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("Somebody with that e-mail is on the list already.")).toBeVisible();
  await expect(dialog.getByLabel("E-mail")).toHaveValue(admin.email.toUpperCase());
  await expect(dialog.getByLabel("Name")).toHaveValue("Noor Haddad");
});

test("disabling takes effect on the other's next click", async ({ page, context, browser }) => {
  const agent = await person("agent");
  await signInAs(context, await person("admin"));
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

test("another role signs its person out at once", async ({ page, context, browser }) => {
  const agent = await person("agent");
  await signInAs(context, await person("admin"));
  const theirs = await openAs(browser, agent, "/account");
  await page.goto("/staff");
  await page.getByRole("button", { name: `Actions for ${agent.name}` }).click();
  await page.getByRole("menuitemradio", { name: /^Manager/ }).click();
  await expect(page.getByRole("row", { name: agent.name })).toContainText("Manager");
  await theirs.getByRole("link", { name: "Inbox" }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.context().close();
});

test("a reset gives a password to hand over, and the focus goes back where it was", async ({ page, context }) => {
  const agent = await person("agent");
  await signInAs(context, await person("admin"));
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
  test.use({ expectedErrors: [/status of 403/] });

  test("is told so on the pages of admins", async ({ page, context }) => {
    await signInAs(context, await person("agent"));
    for (const path of ["/staff", "/settings"]) {
      expect((await page.goto(path))?.status()).toBe(403);
      await expect(page.getByRole("button", { name: /Add staff|Save settings/ })).toHaveCount(0);
    }
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`staff and settings have no fault that axe finds: ${colorScheme}, ${width} px`, async ({ page, context }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await signInAs(context, await person("admin"));
      await page.goto("/settings");
      expect(await findViolations(page)).toEqual([]);
      await page.goto("/staff");
      expect(await findViolations(page)).toEqual([]);
      await page.getByRole("button", { name: "Add staff" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
    });
  }
}
