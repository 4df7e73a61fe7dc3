import { randomUUID } from "node:crypto";
import { PDFDocument } from "pdf-lib";
import type { Page } from "playwright/test";
import { contactHref, parseFilter } from "@/lib/filter/url";
import { query, type TestStaff } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

let ada: TestStaff;
let ids: string[];

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(({ ada: signedIn }) => {
  ids = [];
  ada = signedIn;
});
test.afterEach(() => query("delete from contact_submissions where id = any($1)", [ids]));

type Given = {
  id?: string;
  name?: string;
  email?: string;
  company?: string;
  message?: string;
  insights?: string | null;
  page?: string;
  status?: string;
};

async function add({ id = randomUUID(), email = `${randomUUID()}@x.example`, message = "Hello", ...given }: Given) {
  ids.push(id);
  await query(
    `insert into contact_submissions (id, name, email, service, message, "timestamp", document_insights, page_url, status,
      company)
    values ($1, $8, $2, 'Cloud Architecture', $3, '2026-02-03 04:05:06Z', $4, $5, $6, $7)`,
    [
      ...[id, email, message, given.insights ?? null, given.page ?? null, given.status ?? "new", given.company ?? null],
      given.name ?? "Mara Lindqvist",
    ],
  );
  return id;
}

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("ids that no form would give open from every link", async ({ page }) => {
  const odd = ["legacy 5/ümlaut?&# ", "%41 100%", ".", "..", "open", "a+b;c=d,e@f", "‮x", "../contacts", "'\"<b>"];
  for (const id of odd.map((prefix) => (prefix.length > 4 ? prefix + randomUUID() : prefix))) {
    await add({ id, message: `I am ${id}` });
    await page.goto(contactHref(id));
    await expect(page.getByRole("heading", { level: 1, name: "Mara Lindqvist" })).toBeVisible();
    await expect(page.getByText(`I am ${id}`.trim(), { exact: true })).toBeVisible();
  }
});

test("from one id that no path can carry to the next j goes on, and not on the spot", async ({ page }) => {
  const company = `Odd ids ${randomUUID()}`;
  for (const id of [".", "..", "open"]) await add({ id, company, message: `I am ${id}` });
  const { filter } = parseFilter(new URLSearchParams({ q: company }));
  const listed = await query<{ id: string }>(
    'select id from contact_submissions where company = $1 order by "timestamp" desc, id desc',
    [company],
  );
  await page.goto(contactHref(listed[0]?.id ?? "", filter));
  await page.locator("[data-keys-ready]").waitFor({ state: "attached" });
  for (const { id } of listed.slice(1)) {
    await page.keyboard.press("j");
    await expect(page.getByText(`I am ${id}`, { exact: true })).toBeVisible();
  }
});

test("a dot stands between address and company on one line, and is left out where the company begins a line", async ({
  page,
}) => {
  const dot = page.getByText("·", { exact: true });
  const company = "Gesellschaft für außergewöhnlich umfangreiche Unternehmensbezeichnungen mbH";
  await page.goto(`/contacts/${await add({ company })}`);
  await expect(page.getByText(company)).toBeVisible();
  await expect(dot).toBeInViewport();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByText(company)).toBeVisible();
  await expect(dot).not.toBeInViewport();
});

test("the address is copied, and that is announced", async ({ page }) => {
  const email = `${randomUUID()}@x.example`;
  await page.goto(contactHref(await add({ email })));
  // A click before the page is hydrated is lost.
  await expect(async () => {
    await page.getByRole("button", { name: "Copy e-mail address" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(email);
});

test("the address is copied on plain http too, where a browser has no clipboard to write to", async ({ page }) => {
  const email = `${randomUUID()}@x.example`;
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined }));
  await page.goto(contactHref(await add({ email })));
  await expect(async () => {
    await page.getByRole("button", { name: "Copy e-mail address" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("textbox", { name: "Add a note" }).focus();
  await page.keyboard.press("Control+V");
  await expect(page.getByRole("textbox", { name: "Add a note" })).toHaveValue(email);
});

test("on paper a long message is whole and dark on white, without the frame around it, in the dark theme too", async ({
  page,
}) => {
  const message = Array.from({ length: 400 }, (_, i) => `Line ${i + 1}`).join("\n");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(contactHref(await add({ message })));
  const sheets = await PDFDocument.load(await page.pdf({ format: "A4" }));
  // Four hundred lines of 21 px fill at least seven sheets of 1,123 px.
  expect(sheets.getPageCount()).toBeGreaterThan(6);
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  await expect(page.locator("body")).toHaveCSS("color", "rgb(21, 24, 30)");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
});

test("an answer is a mail to the address with the message quoted; an odd address has none", async ({ page }) => {
  await page.goto(contactHref(await add({ message: "One & two\n<b>three</b>" })));
  const href = await page.getByRole("link", { name: "Reply by e-mail" }).getAttribute("href");
  expect(decodeURIComponent(href ?? "")).toMatch(
    /^mailto:[^?]+@x\.example\?subject=Re: your message about Cloud Architecture&body=/,
  );
  expect(decodeURIComponent(href ?? "")).toContain("> One & two\r\n> <b>three</b>");
  await page.goto(contactHref(await add({ email: "a@x.example?cc=all@x.example,b@x.example" })));
  await expect(page.getByText("You can't reply to this address: it is more than one address.")).toBeVisible();
});

test("an address is answered, copied and compared without what cannot be seen around it", async ({ page }) => {
  const email = `${randomUUID()}@bücher.example`;
  const id = await add({ email: `\u200b ${email}\u00a0\n`, message: "First" });
  await add({ email, message: "Second" });
  await page.goto(contactHref(id));
  const link = page.getByRole("link", { name: "Reply by e-mail" });
  expect(await link.getAttribute("href")).toContain(`mailto:${email.replace("bücher", "xn--bcher-kva")}?subject=`);
  await expect(page.getByText("1 more from this address")).toBeVisible();
  await expect(section(page, "Also from this address").getByRole("link", { name: "Second" })).toBeVisible();
  await expect(async () => {
    await page.getByRole("button", { name: "Copy e-mail address" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(email);
});

test("a name of which nothing can be seen is none, and every line end breaks the message", async ({ page }) => {
  const lines = ["one", "two", "three", "four", "five", "six", "seven"];
  const ends = ["\r\n", "\r", "\u0085", "\u2028", "\u2029", "\v"];
  const message = lines.map((line, at) => line + (ends[at] ?? "")).join("");
  await page.goto(contactHref(await add({ name: "\u200b\u3164 \u2060", message })));
  await expect(page.getByRole("heading", { level: 1, name: "No name" })).toBeVisible();
  const text = page.getByText(/^one\s+two/);
  expect((await text.innerText()).split("\n")).toEqual(lines);
  const { height } = (await text.boundingBox()) ?? { height: 0 };
  expect(Math.round(height / 21)).toBe(lines.length);
});

test("marks piled on a name or a message paint nothing over what stands above", async ({ page }) => {
  const piled = `Z${"\u0308\u0300\u030b".repeat(20)}ed${"\u0324\u0331".repeat(20)}`;
  const ids = [await add({ message: "Zed" }), await add({ name: piled, company: piled, message: `${piled} ${piled}` })];
  /** What is painted above an element, from the top of the page on. */
  const above = async (id: string, name: string) => {
    await page.goto(contactHref(id));
    const heading = page.getByRole("heading", { level: 1, name });
    await page.locator("[data-keys-ready]").waitFor({ state: "attached" });
    const { x, y, width } = (await heading.boundingBox()) ?? { x: 0, y: 0, width: 0 };
    return page.screenshot({ clip: { x, y: y - 24, width: Math.min(width, 300), height: 20 }, animations: "disabled" });
  };
  const plain = await above(ids[0] ?? "", "Mara Lindqvist");
  expect((await above(ids[1] ?? "", piled)).equals(plain)).toBe(true);
});

test("visitors' text is text: markup, script links and a site path are shown and do nothing", async ({ page }) => {
  const id = await add({ message: "<img src=x onerror=alert(1)> 🚀🚀", page: "javascript:alert(1)" });
  await page.goto(contactHref(id));
  await expect(page.getByText("<img src=x onerror=alert(1)> 🚀🚀")).toBeVisible();
  await expect(page.getByText("Show all")).toHaveCount(0);
  await expect(page.getByText("javascript:alert(1)")).toBeVisible();
  expect(await page.getByRole("link", { name: /javascript/ }).count()).toBe(0);
});

test("a message of two megabytes is shown in part, and whole when asked for", async ({ page }) => {
  const message = `${"line of a very long message\n".repeat(75_000)}the very end`;
  await page.goto(contactHref(await add({ message })));
  await expect(page.getByText("The first 20,000 of 2,100,012 characters.")).toBeVisible();
  await page.getByText("Show the whole message").click();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page).toHaveURL(/show=message/, { timeout: 60_000 });
  await expect(page.getByText("The first 20,000")).toHaveCount(0);
  await expect(page.getByText("the very end")).toBeAttached();
});

test("insights are readable, what is malformed is named, and the JSON is as stored", async ({ page }) => {
  const analysis = `{"confidence_level": "high", "primary_language": "de", "complexity_score": 0.8, "has_business_content": true}`;
  const number = "7".repeat(12_000);
  const insights = `{"total_documents": ${number}, "document_types": ["pdf", "docx"], "content_analysis": ${analysis}}`;
  await page.goto(contactHref(await add({ insights })));
  for (const words of ["Business content", "High confidence", "German", "Complexity 0.80", "pdf", "docx"]) {
    await expect(section(page, "Insights").getByText(words, { exact: true })).toBeVisible();
  }
  await expect(section(page, "Insights").getByText("Malformed: number of documents.")).toBeVisible();
  await section(page, "Insights").getByText("JSON", { exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Insights as JSON" })).toHaveValue(
    new RegExp(`"total_documents": ${number},`),
  );
});

test("insights of every odd shape leave the page whole", async ({ page }) => {
  const deep = `${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`;
  const large = JSON.stringify({ text: "ä".repeat(1_000_000) });
  for (const insights of [
    "[1,2,3]",
    '"a string"',
    "5",
    "null",
    '{"total_documents":1e400}',
    '{"total_documents":"five"}',
    deep,
    large,
  ]) {
    await page.goto(contactHref(await add({ insights })));
    await expect(section(page, "Insights")).toBeVisible();
    await expect(section(page, "History")).toBeVisible();
  }
});

test("history says who did what, and others from the same address are one click away", async ({ page }) => {
  const email = `${randomUUID()}@x.example`;
  const id = await add({ email, status: "in_review" });
  const other = await add({ email: email.toUpperCase(), message: "An earlier question" });
  await query("update contact_submissions set document_insights = '{\"total_documents\":1}' where id = $1", [id]);
  await query(
    "with who as materialized (select set_config('desk.actor', $2, true)) update contact_submissions set status = 'new' from who where id = $1",
    [id, `staff:${ada.id}`],
  );
  await page.goto(contactHref(id));
  await expect(section(page, "History").getByRole("listitem")).toContainText([
    "Ada Keller changed the status from In review to New",
    "The website analysed documents",
    "Received from website",
  ]);
  await page.getByRole("link", { name: "1 more from this address" }).click();
  await section(page, "Also from this address").getByRole("link", { name: "An earlier question" }).click();
  await expect(page).toHaveURL(new RegExp(`/contacts/${other}`));
});

test("a wide screen shows a long story beside the message without scrolling, a phone below the rest", async ({
  page,
}) => {
  const id = await add({ message: Array.from({ length: 80 }, (_, at) => `Line ${at + 1}`).join("\n") });
  for (const status of [
    "in_review",
    "new",
    "contacted",
    "new",
    "qualified",
    "new",
    "closed",
    "new",
    "in_review",
    "new",
  ])
    await query(
      "with who as materialized (select set_config('desk.actor', $2, true)) update contact_submissions set status = $3 from who where id = $1",
      [id, `staff:${ada.id}`, status],
    );
  await query("insert into contact_notes (id, contact_id, author_id, text) values ($1, $2, $3, 'Called back')", [
    randomUUID(),
    id,
    ada.id,
  ]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(contactHref(id));
  const story = section(page, "History");
  await expect(story.getByText("Ada Keller wrote a note")).toBeInViewport({ ratio: 1 });
  await expect(story.getByText("Received from website")).toBeInViewport({ ratio: 1 });
  await expect(page.getByText("Line 1", { exact: false }).first()).toBeInViewport();
  await expect(story.getByText("to In review").last()).toBeHidden();
  await story.getByText("Show 4 more").click();
  await expect(story.getByText("to In review").last()).toBeVisible();
  expect(await findViolationsInBothThemes(page)).toEqual([]);

  await page.setViewportSize({ width: 390, height: 844 });
  const [message, notes, below] = await Promise.all(
    [section(page, "Details"), section(page, "Notes"), story].map((each) => each.boundingBox()),
  );
  expect(message?.y).toBeLessThan(notes?.y ?? 0);
  expect(notes?.y).toBeLessThan(below?.y ?? 0);
});

test("a contact nobody knows is said to be missing, and so is an address that is no id", async ({ page }) => {
  test.info().annotations.push({ type: "expected", description: "404" });
  for (const path of [`/contacts/${randomUUID()}`, "/contacts/%00", "/contacts/open", "/contacts/open?id=a&id=b"]) {
    const answer = await page.request.get(path);
    expect(answer.status()).toBe(404);
  }
});

for (const width of [1440, 390]) {
  test(`is accessible at ${width} px in the light and in the dark`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const rows = await query<{ id: string }>(
      "select contact_id as id from documents group by 1 having count(*) > 2 order by 1 limit 1",
    );
    await page.goto(contactHref(rows[0]?.id ?? ""));
    await expect(section(page, "Documents")).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
}
