import { query } from "./sign-in";
import { expect, test } from "./test";

type Sample = { id: string; name: string; filename: string };

// A typical sample contact: new, with an existing PDF, and rated high by its insights.
const findSample = () =>
  query<Sample>(
    `select c.id, c.name, d.filename
     from contact_submissions c join documents d on d.contact_id = c.id
     where c.status = 'new' and d.filename like '%.pdf' and d.s3_key is not null and d.processing_status = 'completed'
       and c.document_insights @> '{"document_types":["pdf"],"content_analysis":{"confidence_level":"high"}}'
     order by c."timestamp" desc limit 1`,
  );

test("from sign-in by insights to a document, a bulk status, undo, a chart and back to the list", async ({ page }) => {
  const [sample] = await findSample();
  if (!sample) throw new Error("The sample has no new contact with a PDF and high confidence.");

  await page.goto("/");
  await page.getByRole("region", { name: "Sample desk" }).getByRole("button", { name: "Tomo Sato" }).click();
  await expect(page.getByLabel("E-mail")).toHaveValue("tomo@example.com");
  const password = page.getByLabel("Password", { exact: true });
  await expect(password).toBeFocused();
  await password.fill(process.env.SAMPLE_PASSWORD ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  // Whoever has chosen nothing begins with the contacts that wait, the longest waiting first.
  await expect(page).toHaveURL(/\/contacts\?status=in_review&status=new&snoozed=false&sort=timestamp&view=queue$/);
  const views = page.getByRole("navigation", { name: "Views" });
  await expect(views.getByRole("link", { name: /^Queue/ })).toHaveAttribute("aria-current", "page");

  await views.getByRole("link", { name: /^All contacts/ }).click();
  await expect(page).toHaveURL(/\/contacts\?view=all$/);
  const filters = page.getByRole("complementary", { name: "Filters" });
  await filters.getByRole("link", { name: /^New \d/ }).click();
  await expect(page).toHaveURL(/status=new/);
  await filters.getByRole("link", { name: /^pdf \d/ }).click();
  await expect(page).toHaveURL(/type=pdf/);
  await filters.getByRole("link", { name: /^High \d/ }).click();
  await expect(page).toHaveURL(/confidence=high/);

  await page
    .getByRole("row", { name: new RegExp(sample.name) })
    .first()
    .getByRole("link")
    .first()
    .click();
  const panel = page.getByRole("complementary", { name: "Open contact" });
  await expect(panel.getByRole("heading", { name: sample.name })).toBeVisible();
  await panel.getByRole("button", { name: `Preview ${sample.filename}` }).click();
  await expect(panel.getByText(/Page 1 of \d+/)).toBeVisible();
  await page.keyboard.press("Escape");

  const stored = () =>
    query<{ id: string; status: string; version: number }>(
      "select id, status, version from contact_submissions where id = any($1) order by id",
      [ids],
    );
  const links = page.locator("[data-row-link]");
  const chosen = await Promise.all(
    [0, 1].map(async (at) => (await links.nth(at).getAttribute("href"))?.split(/[/?]/)[2] ?? ""),
  );
  // One of the sample that nobody has touched, and that must stay so.
  const [other] = await query<{ id: string }>(
    `select id from contact_submissions where status = 'new' and version = 1 and id like 'contact\\_%' and id <> all($1)
     order by "timestamp" limit 1`,
    [chosen],
  );
  const ids = [...chosen, other?.id ?? ""];
  const untouched = (await stored()).find(({ id }) => id === other?.id);
  await page.getByRole("row").nth(1).getByRole("checkbox").click();
  await page.getByRole("row").nth(2).getByRole("checkbox").click();
  const bar = page.getByRole("toolbar", { name: "Selected contacts" });
  await expect(bar).toContainText("2 selected");
  await bar.getByRole("button", { name: /^Status/ }).click();
  await page
    .getByRole("menuitem", { name: /Closed/ })
    .or(page.getByRole("menuitemradio", { name: /Closed/ }))
    .click();
  const toast = page.getByText("2 contacts set to Closed");
  await expect(toast).toBeVisible();
  const closed = (await stored()).filter(({ status }) => status === "closed").map(({ id }) => id);
  expect(closed).toEqual(chosen.toSorted());

  // The contact that is open beside the list has an undo of its own, in its history.
  await page.getByRole("button", { name: "Undo z" }).click();
  await expect.poll(async () => (await stored()).map(({ status }) => status)).toEqual(["new", "new", "new"]);
  const after = await stored();
  expect(after.find(({ id }) => id === other?.id)).toEqual(untouched);

  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /Analytics/ })
    .click();
  const services = page.getByRole("region", { name: "By service" });
  await services.getByRole("button", { name: "Table" }).click();
  // A service to which no other test adds contacts.
  const mark = services
    .getByRole("row", { name: /^Dashboards/ })
    .getByRole("link")
    .first();
  const count = Number((await mark.textContent())?.replaceAll(",", ""));
  await mark.click();
  await expect(page).toHaveURL(/\/contacts\?.*service=/);
  await expect(page.getByText(new RegExp(`${count.toLocaleString("en")}\\s+matching`))).toBeVisible();
});
