import { readFileSync } from "node:fs";
import { readZip } from "../../database/people/zip";
import type { addContacts, TestContact } from "../inbox-contacts";
import { query, type TestStaff } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

test.use({ person: { role: "admin", name: "Ada Keller" } });

type Making = { ada: TestStaff; make: (...given: Parameters<typeof addContacts>) => ReturnType<typeof addContacts> };

/** Somebody with two contacts and a note, and another person of the same name. */
async function addVisitor({
  ada,
  make,
}: Making): Promise<{ name: string; address: string; own: TestContact[]; other: TestContact }> {
  const name = `Ines ${crypto.randomUUID().slice(0, 8)}`;
  const address = `${crypto.randomUUID()}@visitor.example`;
  const { contacts } = await make([{ name }, { name }, { name, message: `Ask ${address}.` }]);
  const [first, second, other] = contacts;
  if (!first || !second || !other) throw new Error("No contacts were made.");
  await query("update contact_submissions set email = $2 where id = any ($1)", [[first.id, second.id], address]);
  await query("update contact_submissions set email = $2 where id = $1", [other.id, `other-${address}`]);
  await query(
    "insert into contact_notes (id, contact_id, author_id, text) values (gen_random_uuid(), $1, $2, 'Called back.')",
    [first.id, ada.id],
  );
  return { name, address, own: [first, second], other };
}

test("an admin finds a person, hands over what the desk knows, and forgets them after typing their address", async ({
  page,
  ada,
  make,
}) => {
  const { name, address, own, other } = await addVisitor({ ada, make });
  await page.goto("/settings");
  await page.getByRole("link", { name: "Find a person" }).click();
  await page.getByLabel("E-mail address, name or contact id").fill("nobody@visitor.example");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("No one with this address, name or id.")).toBeVisible();
  await page.getByLabel("E-mail address, name or contact id").fill(name.toUpperCase());
  await page.getByRole("button", { name: "Find" }).click();
  await page
    .getByRole("listitem")
    .filter({ has: page.getByText(address, { exact: true }) })
    .getByRole("button", { name: "Show" })
    .click();

  const held = page.getByRole("region", { name: "What the desk holds" });
  await expect(
    held.getByText("2 contacts, 1 note, 2 rows of history and 1 mention in others' records: removed for good."),
  ).toBeVisible();
  await expect(held.getByText("Another person with that name wrote to you.")).toBeVisible();
  await expect(held.getByRole("checkbox")).not.toBeChecked();

  const archive = page.waitForEvent("download");
  await held.getByRole("link", { name: "Download their data" }).click();
  const zip = readZip(readFileSync(await (await archive).path()));
  expect(JSON.parse(zip.get("contacts.json")?.toString() ?? "[]")).toMatchObject(
    [...own].reverse().map(({ id }) => ({ id, email: address })),
  );
  expect(zip.get("notes.json")?.toString()).toContain("Called back.");

  await held.getByLabel(`Type ${address} to confirm`).fill("somebody@else.example");
  await held.getByRole("button", { name: "Forget this person" }).click();
  await expect(held.getByRole("alert").getByText(`Type ${address} to confirm.`)).toBeVisible();
  expect(await query("select from contact_submissions where email = $1", [address])).toHaveLength(2);

  await held.getByLabel(`Type ${address} to confirm`).fill(address.toUpperCase());
  await held.getByRole("button", { name: "Forget this person" }).click();
  await expect(
    page.getByText("Forgotten. Removed: 2 contacts, 1 note, 2 rows of history and 1 mention in others' records."),
  ).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the report" }).click();
  expect(readFileSync(await (await saved).path(), "utf8")).toContain(`Person: ${address}`);
  await expect(page.getByRole("list", { name: "What was done" }).getByText("Person forgotten").first()).toBeVisible();

  const left = await query("select id, message from contact_submissions where id = any ($1)", [
    [...own, other].map(({ id }) => id),
  ]);
  expect(left).toEqual([{ id: other.id, message: "Ask (…)." }]);
  await page.getByLabel("E-mail address, name or contact id").fill(address);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("Someone with this address was forgotten on")).toBeVisible();
  // Nobody else has that name any more: it stays in others' records all the same, until somebody says otherwise.
  await page.getByLabel("E-mail address, name or contact id").fill(other.id);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(held.getByRole("button", { name: "Forget this person" })).toBeVisible();
  await expect(held.getByText("with that name wrote to you")).toBeHidden();
  await expect(held.getByRole("checkbox")).not.toBeChecked();
  const response = await page.request.get(`/export/person?contact=${own[0]?.id}`);
  expect(response.status()).toBe(404);
});

test("retention says what it would remove before it is saved, and is off again when the ages are taken out", async ({
  page,
  make,
}) => {
  const { service } = await make([{ status: "spam" }, { status: "spam" }]);
  await query(`update contact_submissions set "timestamp" = now() - interval '9 years' where service = $1`, [service]);
  await page.goto("/settings");
  const retention = page.getByRole("region", { name: "Removal by age" });
  await expect(retention.getByText("Off: nothing is removed.")).toBeVisible();
  await retention.getByLabel("Days for Spam").fill("5");
  await retention.getByRole("button", { name: "Preview" }).click();
  await expect(retention.getByText("At least 30 days.")).toBeVisible();
  await retention.getByLabel("Days for Spam").fill("3000");
  await retention.getByRole("button", { name: "Preview" }).click();
  await expect(retention.getByText(/^Would remove 2 contacts on Monday, .*: 2 Spam\.$/)).toBeVisible();
  expect(await query("select from desk_settings where retention is null")).toHaveLength(1);
  await retention.getByRole("button", { name: "Save ages" }).click();
  await expect(retention.getByText(/^Will remove 2 contacts on Monday/)).toBeVisible();
  await page.reload();
  await expect(retention.getByLabel("Days for Spam")).toHaveValue("3000");
  await expect(retention.getByText(/^Will remove 2 contacts on Monday/)).toBeVisible();
  await retention.getByLabel("Days for Spam").fill("");
  await retention.getByRole("button", { name: "Save ages" }).click();
  await expect(retention.getByText("Off: nothing is removed.")).toBeVisible();
  expect(await query("select from desk_settings where retention is null")).toHaveLength(1);
  expect(await query("select from contact_submissions where service = $1", [service])).toHaveLength(2);
});

for (const width of [1440, 390]) {
  test(`a person's data has no fault that axe finds at ${width} px in the light and in the dark`, async ({
    page,
    ada,
    make,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    const { own } = await addVisitor({ ada, make });
    await page.goto("/settings/person");
    await page.getByLabel("E-mail address, name or contact id").fill(own[0]?.id ?? "");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByRole("button", { name: "Forget this person" })).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/person-${width}.png` });
  });
}
