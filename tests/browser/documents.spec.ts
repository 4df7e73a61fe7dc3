import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument, StandardFonts } from "pdf-lib";
import type { Page } from "playwright/test";
import { contactHref } from "@/lib/filter/url";
import { openInbox } from "./inbox-contacts";
import { createStaff, query, removeStaff, signInAs, signInCookie, type TestStaff } from "./sign-in";
import { expect, findViolations, test } from "./test";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
let ada: TestStaff;
let contact: string;

const bucket = `browser-${randomUUID()}`;
const folder = join(process.env.DOCUMENTS_DIR ?? "", bucket);

test.beforeEach(async ({ context }) => {
  mkdirSync(folder, { recursive: true });
  contact = randomUUID();
  await query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ($1, 'Mara', 'm@x.example', 'Hello', now())`,
    [contact],
  );
  ada = await createStaff("agent");
  await signInAs(context, ada);
});
test.afterEach(async () => {
  await query("delete from contact_submissions where id = $1", [contact]);
  await removeStaff([ada]);
  rmSync(folder, { recursive: true, force: true });
});

/** A document with a file, or without one where there is no content; gives its id. */
async function add(filename: string, content: string | Uint8Array | null): Promise<string> {
  const key = randomUUID();
  if (content !== null) writeFileSync(join(folder, key), content);
  const rows = await query<{ id: string }>(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, s3_bucket, s3_key)
    values ($1, $2, 10, 'application/octet-stream', 'notes', now(), $3, $4) returning id`,
    [contact, filename, bucket, key],
  );
  return rows[0]?.id ?? "";
}

async function makePdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (const words of ["Scope of the migration", "What we need to see first"]) {
    document.addPage([595, 842]).drawText(words, { font, x: 60, y: 700 });
  }
  return document.save();
}

async function preview(page: Page, name: string): Promise<void> {
  await page.goto(contactHref(contact));
  await page.getByRole("button", { name: `Preview ${name}` }).click();
}

test("a PDF is read page by page beside the message, and its text is there for a screen reader", async ({ page }) => {
  await add("scope.pdf", await makePdf());
  await preview(page, "scope.pdf");
  const viewer = page.getByRole("region", { name: "Preview of scope.pdf" });
  await expect(viewer.getByText("Page 1 of 2")).toBeVisible();
  await expect(viewer.getByText("Scope of the migration")).toBeAttached();
  const drawn = () =>
    viewer.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return data.some((value, at) => at % 4 === 0 && value < 100);
    });
  await expect.poll(drawn).toBe(true);
  await viewer.getByRole("button", { name: "Next page" }).click();
  await expect(viewer.getByText("Page 2 of 2")).toBeVisible();
  await expect(viewer.getByText("What we need to see first")).toBeAttached();
  await expect(viewer.getByRole("button", { name: "Next page" })).toBeDisabled();
  await expect(page.getByText("Hello", { exact: true })).toBeInViewport();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Hide scope.pdf" }).click();
  await expect(viewer).toHaveCount(0);
});

test("a picture and a text are shown in frames where nothing runs, one at a time", async ({ page }) => {
  await add("diagram.png", png);
  await add("notes.html", "Call back on Monday: alert(1)");
  const frame = (name: string) => page.locator(`iframe[title="Preview of ${name}"]`);
  await preview(page, "diagram.png");
  const picture = frame("diagram.png").contentFrame().getByRole("img");
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  expect(await frame("diagram.png").getAttribute("sandbox")).toBe("allow-same-origin");
  await page.getByRole("button", { name: "Preview notes.html" }).click();
  await expect(frame("notes.html").contentFrame().getByText("Call back on Monday")).toBeVisible();
  expect(await frame("notes.html").getAttribute("sandbox")).toBe("");
  await expect(frame("diagram.png")).toHaveCount(0);
});

test("from the inbox's panel a document opens beside the message", async ({ page }) => {
  await add("scope.pdf", await makePdf());
  await openInbox(page, `/contacts?q=${contact.slice(0, 8)}&open=${contact}`);
  await page.getByRole("button", { name: "Preview scope.pdf" }).click();
  const viewer = page.getByRole("region", { name: "Preview of scope.pdf" });
  await expect(viewer.getByText("Scope of the migration")).toBeAttached();
  const panel = await page.getByRole("complementary", { name: "Open contact" }).boundingBox();
  const shown = await viewer.boundingBox();
  expect((shown?.x ?? 0) + (shown?.width ?? 0)).toBeLessThanOrEqual((panel?.x ?? 0) + 1);
  expect(await findViolations(page)).toEqual([]);
  await viewer.getByRole("button", { name: "Close the preview" }).click();
  await expect(viewer).toHaveCount(0);

  await page.getByRole("button", { name: "Preview scope.pdf" }).click();
  await expect(viewer).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(viewer).toHaveCount(0);
  await expect(page).toHaveURL(/open=/);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/open=/);
});

test("what cannot be shown is said in a plain sentence", async ({ page }) => {
  await add("page.html", "<script>alert(1)</script>");
  await add("offer.docx", "PK\u0003\u0004 word");
  await add("gone.pdf", null);
  await add("empty.txt", "");
  await add("damaged.pdf", "%PDF-1.7 and nothing more");
  await preview(page, "page.html");
  await expect(page.getByText("Web pages and vector drawings can carry programs")).toBeVisible();
  for (const [name, words] of [
    ["gone.pdf", "The file is missing from the store."],
    ["empty.txt", "The file is empty."],
    ["damaged.pdf", "The file is damaged and cannot be shown."],
  ]) {
    await page.getByRole("button", { name: `Preview ${name}` }).click();
    await expect(page.getByText(words ?? "")).toBeVisible();
  }
});

test("a file is downloaded under a name without tricks", async ({ page }) => {
  await add("../offer\u202efdp.docx", "content");
  await page.goto(contactHref(contact));
  await expect(page.getByText("RLO")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /^Download/ }).click();
  expect((await download).suggestedFilename()).toBe("offerfdp.docx");
});

test("a file is for signed-in staff only, from the very request on which a session has ended", async ({
  page,
  playwright,
}) => {
  const id = await add("scope.txt", "for staff");
  const answer = await page.request.get(`/documents/${id}`);
  expect([answer.status(), await answer.text()]).toEqual([200, "for staff"]);
  expect(answer.headers()).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "private, no-store" });
  expect(answer.headers()["content-security-policy"]).toMatch(/^sandbox; default-src 'none'/);

  const stranger = await playwright.request.newContext({ baseURL: process.env.BASE_URL });
  const refused = await stranger.get(`/documents/${id}`);
  expect([refused.status(), await refused.text()]).toEqual([401, "Sign in to open documents.\n"]);
  await stranger.dispose();

  const { name, value, sessionId } = await signInCookie(ada.id);
  const cookie = `${name}=${value}`;
  const guest = await playwright.request.newContext({ baseURL: process.env.BASE_URL, extraHTTPHeaders: { cookie } });
  expect((await guest.get(`/documents/${id}`)).status()).toBe(200);
  await query("update staff_sessions set ended_at = now() where id = $1", [sessionId]);
  expect((await guest.get(`/documents/${id}`)).status()).toBe(401);
  await guest.dispose();
});
