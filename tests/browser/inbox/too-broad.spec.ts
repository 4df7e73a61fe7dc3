import pg from "pg";
import { query } from "../sign-in";
import { expect, streamedIn, test } from "../signed-in";

// It blocks the whole desk for a moment, so `playwright.config.ts` runs it while no other test runs.
test("a question too broad for the desk is said in the list's place, and the filter stays editable", async ({
  page,
  make,
}) => {
  const { href, contacts } = await make([{}]);
  await query("update contact_submissions set document_insights = '{\"total_size\": 1}' where id = $1", [
    contacts[0]?.id,
  ]);
  // A table that cannot be read stands for one that is too large to be read through.
  const holder = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await holder.connect();
  try {
    await holder.query("begin; lock table contact_submissions in access exclusive mode");
    await page.goto(`${href}&insight=total_size:gt:0`, { waitUntil: "commit" });
    await expect(page.getByRole("heading", { name: "Too broad: add a filter" })).toBeVisible();
  } finally {
    await holder.end();
  }
  await page.waitForLoadState();
  await streamedIn(page);
  await expect(page.getByText("Couldn't count. The filter is too broad.")).toBeVisible();
  await expect(
    page.getByRole("complementary", { name: "Filters" }).getByRole("link", { name: /^New 1/ }),
  ).toBeVisible();
  await page.getByRole("link", { name: "Remove filter Insights: total_size: over 0" }).click();
  await expect.poll(() => page.locator("[data-row-link] bdi:first-child").allTextContents()).toEqual(["Person 1"]);
});
