import { readFile } from "node:fs/promises";
import type { Download, Locator, Page } from "playwright/test";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

test.use({ person: { role: "manager", name: "Ada Keller" } });

/** The first number in a text, separators taken out. */
function numberIn(text: string | null): number {
  return Number(/[\d,]+/.exec(text ?? "")?.[0].replaceAll(",", ""));
}

/** Expects the inbox to say that it shows exactly so many contacts. */
async function expectMatching(page: Page, count: number): Promise<void> {
  await expect(page).toHaveURL(/\/contacts\?/);
  await expect(page.getByText(new RegExp(`^${count.toLocaleString("en")} matching`))).toBeVisible();
}

async function contentOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

test("a service's bar opens its contacts, exactly as many as it says", async ({ page }) => {
  await page.goto("/analytics");
  const bar = page.getByRole("link", { name: /^Data Engineering: / });
  const count = numberIn(((await bar.getAttribute("aria-label")) ?? "").split(": ")[1] ?? "");
  await bar.click();
  await expectMatching(page, count);
});

test("documents by processing status open the contacts that have them, and say how many those are", async ({
  page,
}) => {
  await page.goto("/analytics?service=Data+Engineering");
  const bar = page.getByRole("link", { name: /^Completed: / });
  const label = await bar.getAttribute("aria-label");
  await bar.click();
  await expectMatching(page, numberIn(/in ([\d,]+) contacts/.exec(label ?? "")?.[1] ?? ""));
});

test("a part of a day's column opens that day's contacts with that status", async ({ page }) => {
  await page.goto("/analytics");
  const chart = page.getByRole("region", { name: "Contacts per day" });
  const parts = chart.locator("path.recharts-rectangle");
  await parts.first().waitFor();
  await parts.first().hover();
  await parts.first().click();
  await expect(page).toHaveURL(/\/contacts\?from=(\d{4}-\d\d-\d\d)&to=\1&status=/);
});

test("the table twin has the same numbers as links that a keyboard reaches", async ({ page, make }) => {
  // Contacts of its own: other tests, beside this one, change the numbers of all.
  const { href } = await make(["closed", "new", "closed", "spam", "closed"].map((status) => ({ status })));
  await page.goto(href.replace("/contacts", "/analytics"));
  const chart = page.getByRole("region", { name: "Contacts per day" });
  const legend = numberIn(
    ((await chart.getByRole("link", { name: /^Closed / }).textContent()) ?? "").replace("Closed", ""),
  );
  await chart.getByRole("button", { name: /^Table/ }).focus();
  await page.keyboard.press("Enter");
  const table = chart.getByRole("table", {
    name: /^Contacts per day\. By the status they have now · days in /,
  });
  await expect(table.getByRole("row")).toHaveCount(32);
  const sum = table.getByRole("link", { name: /^[\d,]+ contacts, Closed, all days$/ });
  expect(numberIn(await sum.textContent())).toBe(legend);
  await sum.focus();
  await page.keyboard.press("Enter");
  await expectMatching(page, legend);
});

test("range and filter live in the address, hold for every chart and come away again", async ({ page }) => {
  await page.goto("/analytics?type=pdf");
  const submissions = page.getByRole("definition").first();
  const filtered = numberIn(await submissions.textContent());
  const days = page.getByRole("navigation", { name: "Days shown" });
  await expect(days.locator("[aria-current]")).toHaveText("30 days");
  await days.getByRole("link", { name: "7 days", exact: true }).click();
  // Relative, so that the same address shows other days tomorrow.
  await expect(page).toHaveURL(/from=-6d&to=today&type=pdf/);
  await expect(days.locator("[aria-current]")).toHaveText("7 days");
  await expect.poll(async () => numberIn(await submissions.textContent())).toBeLessThan(filtered);
  await page.getByRole("link", { name: "Remove filter Document types: pdf" }).click();
  await expect(page).not.toHaveURL(/type=pdf/);
  await page.getByLabel("First day").fill("2001-01-01");
  await page.getByLabel("Last day").fill("2001-01-03");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { name: "No contacts in these days" })).toBeVisible();
  await expect(page).toHaveURL(/from=2001-01-01&to=2001-01-03/);
});

test("what the address gets wrong is left out, and the page says so", async ({ page }) => {
  await page.goto("/analytics?from=someday&colour=red&-status=spam");
  await expect(page.getByText("Ignored “colour”")).toBeVisible();
  await expect(page.getByText("Ignored “from”")).toBeVisible();
  await expect(page.getByRole("link", { name: "Remove filter Status: not Spam" })).toBeVisible();
});

/** Runs in the page: keeps each text that is drawn into a picture, with its font. */
function keepDrawn(): void {
  const drawn: [text: string, font: string][] = [];
  Object.assign(window, { drawn });
  const draw = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (...given) {
    drawn.push([given[0], this.font]);
    return draw.apply(this, given);
  };
}

test("a chart can be taken away as numbers and as a picture", async ({ page }) => {
  await page.addInitScript(keepDrawn);
  await page.goto("/analytics");
  const chart = page.getByRole("region", { name: "By service" });
  const [csv] = await Promise.all([page.waitForEvent("download"), chart.getByRole("button", { name: /^CSV/ }).click()]);
  expect(csv.suggestedFilename()).toMatch(/^services-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  expect((await contentOf(csv)).toString("utf8")).toContain(
    "Service,Contacts,Documents stored,Average stored,Contacts whose insights count documents,Documents by insights,Average by insights\r\n",
  );
  for (const name of ["By service", "Contacts per day"]) {
    const region = page.getByRole("region", { name });
    const [png] = await Promise.all([
      page.waitForEvent("download"),
      region.getByRole("button", { name: /^PNG/ }).click(),
    ]);
    const bytes = await contentOf(png);
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(bytes.length).toBeGreaterThan(5_000);
  }
  // The axes' texts are in the picture, in the font of the others.
  const drawn = await page.evaluate(() => (window as unknown as { drawn: [string, string][] }).drawn);
  const axes = await page.getByRole("region", { name: "Contacts per day" }).locator("svg text").allTextContents();
  expect(axes.length).toBeGreaterThan(4);
  expect(drawn.map(([text]) => text)).toEqual(expect.arrayContaining(axes));
  expect(new Set(drawn.map(([, font]) => font.replace(/^.*?px /, ""))).size).toBe(1);
});

for (const width of [1440, 390]) {
  test(`nothing is wrong for assistive technology at ${width} px in the light and in the dark, and nothing runs off the page`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/analytics?type=pdf");
    await page.getByRole("region", { name: "Visitors" }).waitFor();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await page.getByRole("button", { name: /^Table of contacts per day/ }).click();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

test("where the system has the colours, bars and the marks that explain them are seen", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await page.goto("/analytics");
  /** Whether a part of the page looks otherwise without a mark in it. */
  const isSeen = async (mark: Locator) => {
    const part = mark.locator("..");
    const before = await part.screenshot();
    await mark.evaluate((element) => element.style.setProperty("visibility", "hidden"));
    const after = await part.screenshot();
    await mark.evaluate((element) => element.style.removeProperty("visibility"));
    return !before.equals(after);
  };
  const legend = page.getByRole("list", { name: "Contacts by status" }).getByRole("link").first();
  await expect(legend).toBeVisible();
  expect(await isSeen(legend.locator('[data-paint="block"]'))).toBe(true);
  const services = page.getByRole("region", { name: "By service" }).getByRole("link").first();
  expect(await isSeen(services.locator('[data-paint="block"]'))).toBe(true);
  expect(await isSeen(page.locator(".recharts-bar-rectangle path").first())).toBe(true);
});
