import type { Page } from "playwright/test";
import { openInbox } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

const names = (page: Page) => page.locator("[data-row-link] bdi:first-child").allTextContents();
const facets = (page: Page) => page.getByRole("complementary", { name: "Filters" });

test("the whole filter is in the address: facets add to it, chips take it away, Back restores it", async ({
  page,
  make,
}) => {
  const { href } = await make([{ status: "new" }, { status: "new" }, { status: "closed" }]);
  await openInbox(page, href);
  await expect(page.getByText("3 matching")).toBeVisible();
  await facets(page)
    .getByRole("link", { name: /^New 2/ })
    .click();
  await expect(page).toHaveURL(/status=new/);
  await expect(page.getByText("2 matching")).toBeVisible();
  expect(await names(page)).toEqual(["Person 1", "Person 2"]);
  await facets(page)
    .getByRole("link", { name: /^Closed 1/ })
    .click();
  await expect(page).toHaveURL(/status=closed&status=new/);
  await page
    .getByRole("link", { name: "Remove filter Status: New, Closed" })
    .or(page.getByRole("link", { name: "Remove filter Status: Closed, New" }))
    .click();
  await expect(page.getByText("3 matching")).toBeVisible();
  await expect(page).not.toHaveURL(/status=/);
  await page.goBack();
  await expect(page).toHaveURL(/status=closed&status=new/);
  await page.goBack();
  await expect(page.getByText("2 matching")).toBeVisible();
  expect(await names(page)).toEqual(["Person 1", "Person 2"]);
});

test("a value can be left out, by its own link", async ({ page, make }) => {
  const { href } = await make([{ status: "new" }, { status: "closed" }]);
  await openInbox(page, href);
  await facets(page).getByRole("link", { name: "Exclude Closed" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/-status=closed/);
  await expect(page.getByText("1 matching")).toBeVisible();
  expect(await names(page)).toEqual(["Person 1"]);
});

test("a folded section has its values once it is unfolded, and is unfolded where the filter asks for one", async ({
  page,
  make,
}) => {
  const { href } = await make([{ company: "Alder & Co" }, { company: "Birch Works" }]);
  await openInbox(page, href);
  const alder = facets(page).getByRole("link", { name: /^Alder & Co 1/ });
  await expect(facets(page).getByText("Company", { exact: true })).toBeVisible();
  await expect(alder).toHaveCount(0);
  await facets(page).getByText("Company", { exact: true }).click();
  await alder.click();
  await expect(page).toHaveURL(/company=Alder/);
  await expect(page.getByText("1 matching")).toBeVisible();
  await page.reload();
  await expect(alder).toHaveAttribute("aria-current", "true");
});

test("a row shows where the words that are searched for are, also deep in a message or only in the address", async ({
  page,
  make,
}) => {
  const deep = `${"We have many questions. ".repeat(100)}The quagmire of it.`;
  const { href } = await make([{ message: deep }, { message: "Hello there" }]);
  await openInbox(page, `${href}&q=quagmire`);
  await expect(page.locator("tbody mark")).toHaveText(["quagmire"]);
  await expect(page.locator("tbody mark")).toBeInViewport();
  await openInbox(page, `${href}&q=quagmire+person`);
  await expect(page.locator("tbody mark")).toHaveText(["Person", "quagmire"]);
  await openInbox(page, `${href}&q=northlight.ex`);
  await expect(page.locator("tbody mark")).toHaveText(["northlight.ex", "northlight.ex"]);
});

test("best match is on offer while words are searched, and begins with whose name begins with them", async ({
  page,
  make,
}) => {
  const { href } = await make([{ message: "About quillons" }, { name: "Pat Quillon" }, { name: "Quillon Ash" }]);
  await openInbox(page, `${href}&q=quillon`);
  await page.getByRole("button", { name: "Order: Newest first" }).click();
  await page.getByRole("menuitemradio", { name: "Best match" }).click();
  await expect(page).toHaveURL(/sort=best/);
  await expect(page.getByRole("button", { name: "Order: Best match" })).toBeVisible();
  expect(await names(page)).toEqual(["Quillon Ash", "Pat Quillon", "Person 1"]);

  // Without words the same address is newest first, and says so.
  await openInbox(page, `${href}&sort=best`);
  expect(await names(page)).toEqual(["Person 1", "Pat Quillon", "Quillon Ash"]);
  await page.getByRole("button", { name: "Order: Newest first" }).click();
  await expect(page.getByRole("menuitemradio", { name: "Oldest first" })).toBeVisible();
  await expect(page.getByRole("menuitemradio", { name: "Best match" })).toHaveCount(0);
});

test("words are searched for after a pause, and Enter does not wait", async ({ page, make }) => {
  const { href } = await make([{ name: "Priya Raman" }, { name: "Jonas Weber" }]);
  await openInbox(page, href);
  await page.keyboard.press("/");
  await page.keyboard.type("raman");
  await expect(page).toHaveURL(/q=raman/);
  await expect(page.getByText("1 matching")).toBeVisible();
  expect(await names(page)).toEqual(["Priya Raman"]);
  await expect(page.getByRole("combobox", { name: "Search words or filters" })).toHaveValue("raman");
  await page.goBack();
  await expect(page.getByText("2 matching")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Search words or filters" })).toHaveValue("");
});

test("the keyboard gets past the filters: one stop for each, arrows inside, and a link to the list", async ({
  page,
  make,
}) => {
  const { href } = await make([{ status: "new", name: "Mara Lind" }, { status: "new" }, { status: "closed" }]);
  await openInbox(page, href);
  const status = facets(page).getByRole("toolbar", { name: "Status" });
  await expect(status.getByRole("link", { name: /^New 2/ })).toBeVisible();
  const title = status.locator("summary");
  await title.focus();
  // What obeys the arrows loads when the focus comes here.
  await expect(async () => {
    await title.press("ArrowDown");
    await expect(status.getByRole("link", { name: /^New 2/ })).toBeFocused({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.keyboard.press("ArrowRight");
  await expect(status.getByRole("link", { name: "Exclude New" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await expect(status.getByRole("link", { name: /^New 2/ })).not.toBeFocused();
  await page.keyboard.press("Home");
  await expect(title).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  // The next stop is not in this facet, and it is the first of the next.
  await expect(facets(page).getByRole("toolbar", { name: "Usual days" }).getByRole("link").first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(facets(page).getByRole("link", { name: "Yesterday" })).toBeFocused();

  await page.getByRole("link", { name: "Skip to the list" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("checkbox", { name: "Select Mara Lind" })).toBeFocused();
  await page.goto("/account");
  await expect(page.getByRole("link", { name: "Skip to the list" })).toHaveCount(0);
});

test("two handles choose a range, by keys and by mouse, and leave what is not given as it is", async ({
  page,
  make,
}) => {
  const { href, service } = await make([{}, {}, {}, {}]);
  await query(
    `update contact_submissions c set document_insights =
       jsonb_build_object('total_documents', 2, 'content_analysis', jsonb_build_object('complexity_score', w.score))
     from unnest(array['Person 1', 'Person 2', 'Person 3'], array[0.1, 0.35, 0.6]) w (name, score)
     where c.service = $1 and c.name = w.name`,
    [service],
  );
  await openInbox(page, href);
  const complexity = facets(page).getByRole("toolbar", { name: "Complexity" });
  const lowest = complexity.getByRole("slider", { name: "Lowest complexity" });
  const highest = complexity.getByRole("slider", { name: "Highest complexity" });
  await expect(complexity.getByRole("group", { name: "Complexity: Any" })).toBeVisible();
  expect(
    await complexity.getByTitle(/: 1$/).evaluateAll((bars) => bars.map((bar) => bar.getAttribute("title"))),
  ).toEqual(["0.1 to under 0.15: 1", "0.35 to under 0.4: 1", "0.6 to under 0.65: 1"]);

  await lowest.focus();
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowRight");
  await expect(lowest).toHaveAttribute("aria-valuetext", "0.21");
  await expect(page).toHaveURL(/complexity=0\.21-(&|$)/);
  await expect(page.getByText("2 matching")).toBeVisible();
  await expect(lowest).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(highest).toBeFocused();
  for (let time = 0; time < 4; time++) await page.keyboard.press("PageDown");
  await expect(page).toHaveURL(/complexity=0\.21-0\.6(&|$)/);
  await expect(complexity.getByRole("group", { name: "Complexity from 0.21 to 0.6" })).toBeVisible();
  await expect(page.getByText("2 matching")).toBeVisible();

  await complexity.getByRole("link", { name: /^Not given 1/ }).click();
  await expect(page.getByText("3 matching")).toBeVisible();

  const lists: string[] = [];
  page.on("request", (request) => {
    if (/\/contacts\?.*complexity=.*_rsc=/.test(request.url())) lists.push(request.url());
  });
  const [from, to] = [await highest.boundingBox(), await lowest.boundingBox()];
  if (!from || !to) throw new Error("There is no slider.");
  await page.mouse.move(from.x, from.y + from.height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 20; step++) {
    await page.mouse.move(from.x + ((to.x + 8 - from.x) * step) / 20, from.y + from.height / 2);
  }
  expect(lists).toEqual([]);
  await page.mouse.up();
  await expect(page).toHaveURL(/complexity=&complexity=0\.21-0\.2\d(&|$)/);
  await expect(page.getByText("1 matching")).toBeVisible();
  expect(lists).toHaveLength(1);

  await lowest.focus();
  await page.keyboard.press("Home");
  await highest.focus();
  await page.keyboard.press("End");
  await expect(page).toHaveURL(/complexity=(&|$)/);
  await expect(page).not.toHaveURL(/complexity=[\d-]/);
  await expect(complexity.getByRole("group", { name: "Complexity: Any" })).toBeVisible();
  await page.goBack();
  await expect(highest).not.toHaveAttribute("aria-valuetext", "1");
  expect(await findViolationsInBothThemes(page)).toEqual([]);
});
