import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import { contactHref } from "@/lib/filter/url";
import { openInbox } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

// Unlike any message of the sample.
const message = "Our museum counts its visitors on paper. What would two turnstiles with a display cost us by June?";
let id: string;
let other: string;
let apart: string;
let email: string;

test.beforeEach(async () => {
  [id, other, apart] = [randomUUID(), randomUUID(), randomUUID()];
  email = `mara.${randomUUID()}@x.example`;
  await query(
    `insert into contact_submissions (id, name, email, message, "timestamp")
    values ($1, 'Mara Lindqvist', $4::text, $5::text, '2026-02-03 10:00Z'),
      ($2, 'M. Lindqvist', upper($4::text), $5::text || ' again', '2026-02-03 10:05Z'),
      ($3, 'Noor Haddad', 'noor.' || $4::text, 'Nothing of the kind', '2026-02-03 10:06Z')`,
    [id, other, apart, email, message],
  );
  await query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, file_hash)
    select contact, 'a very long name of a plan that was sent twice, the second time with another name.pdf', 10,
      'application/pdf', 'requirements', now(), $3 from unnest(array[$1, $2]) contact`,
    [id, other, randomUUID()],
  );
});
test.afterEach(() => query("delete from contact_submissions where id = any($1)", [[id, other, apart]]));

const section = (page: Page) => page.getByRole("region", { name: "Possible duplicates" });
const mark = (page: Page) => section(page).getByRole("button", { name: /^Mark as duplicate of this\W+M\. Lindqvist$/ });

const listStored = () =>
  query<{ status: string; duplicateOf: string | null }>(
    `select status, duplicate_of as "duplicateOf" from contact_submissions where id = any($1)
    order by array_position($1, id::text)`,
    [[id, other, apart]],
  );
const untouched = { status: "new", duplicateOf: null };

test("what a contact may repeat is suggested with the reasons, and is one click away", async ({ page }) => {
  await page.goto(contactHref(id));
  await page.getByRole("link", { name: "1 possible duplicate" }).click();
  for (const reason of ["Nearly the same message", /^Same file: a very long name/, "Same e-mail address"]) {
    await expect(section(page).getByText(reason)).toBeVisible();
  }
  await expect(section(page).getByRole("listitem")).toHaveCount(1);
  await section(page).getByRole("link", { name: "M. Lindqvist" }).click();
  await expect(page).toHaveURL(new RegExp(other));
});

test("marked as a duplicate it is closed and says of what; undone it is as before, and others are left alone", async ({
  page,
}) => {
  await openInbox(page, `/contacts?q=${encodeURIComponent(email)}&open=${id}`);
  await mark(page).click();
  await expect(page.getByRole("button", { name: /^Not a duplicate/ })).toBeVisible();
  await expect(section(page)).toHaveCount(0);
  expect(await listStored()).toEqual([{ status: "closed", duplicateOf: other }, untouched, untouched]);
  await page.getByRole("button", { name: "Undo z" }).click();
  await expect(mark(page)).toBeVisible();
  await page.reload();
  await expect(mark(page)).toBeVisible();
  expect(await listStored()).toEqual([untouched, untouched, untouched]);
});

for (const width of [1440, 390]) {
  test(`suggestions are accessible at ${width} px in the light and in the dark`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(contactHref(id));
    await expect(mark(page)).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
}
