import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import { entries, listEntryFiles } from "../access-table";
import { type addContacts, openInbox } from "../inbox-contacts";
import { enlargeText, findMotion, findUnmarked, findUnreachable } from "../reflow";
import { findScrolledAway } from "../scrolling";
import { query } from "../sign-in";
import { askAxe, expect, findOverflow, test } from "../signed-in";

/** A word that only this file's contact has, so that its list has one row. */
const secret = `zq${randomUUID().slice(0, 8)}`;
let made: Awaited<ReturnType<typeof addContacts>>;

test.use({ person: { role: "admin", name: "Ada Keller" } });
test.beforeEach(async ({ make }) => {
  made = await make([{ name: `Mara Lind ${secret}` }]);
});

/** A page may scroll up and down, but not sideways. Charts take their new width a moment after the window. */
async function expectNothingBeside(page: Page): Promise<void> {
  const sideways = async () => (await findOverflow(page)).filter((line) => !line.includes(" px high "));
  await expect.poll(sideways).toEqual([]);
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

for (const file of listEntryFiles().filter((path) => path.endsWith("/page.tsx"))) {
  test(`${file} breaks no wall of the browser and fits its window, wide and narrow`, async ({
    context,
    page,
    expectedErrors,
  }) => {
    if (entries[file]?.status === 404) expectedErrors.push(/the server responded with a status of 404/);
    if (file === "app/sign-in/page.tsx") await context.clearCookies();
    const path = entries[file]?.path({ secret, contact: made.contacts[0]?.id ?? "" }) ?? "";
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.goto(path);
      await expect(page.locator("h1, h2").first()).toBeAttached();
      expect(await findOverflow(page)).toEqual([]);
      // Before anything is scrolled: a row that is half below the list's header would be too near to what is in it.
      expect(await askAxe(page, ["target-size"])).toEqual([]);
      expect(await findScrolledAway(page)).toEqual([]);
    }
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ contrast: "more", colorScheme, reducedMotion: "reduce" });
      expect(await askAxe(page, ["color-contrast-enhanced"])).toEqual([]);
    }
    await page.emulateMedia({ contrast: null, colorScheme: null });
    // Enlarged to 400 %, a window of 1280 by 1024 has this size (WCAG 1.4.10).
    await page.setViewportSize({ width: 320, height: 256 });
    await expectNothingBeside(page);
    expect(await findUnreachable(page)).toEqual([]);
    await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" });
    expect(await findMotion(page)).toEqual([]);
    expect(await findUnmarked(page)).toEqual([]);
    await page.emulateMedia({ reducedMotion: null, forcedColors: null });
    await page.setViewportSize({ width: 1280, height: 1024 });
    await enlargeText(page);
    await expectNothingBeside(page);
  });
}

for (const role of ["agent", "manager"] as const) {
  test(`the navigation of role ${role} fits 320 px, and leads to where one signs out`, async ({ ada, page }) => {
    await query("update staff set role = $2 where id = $1", [ada.id, role]);
    await page.setViewportSize({ width: 320, height: 256 });
    await page.goto("/contacts");
    expect(await findUnreachable(page)).toEqual([]);
    await page.getByRole("link", { name: /Ada Keller/ }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test("at 400 % what is selected can be worked with, and left again", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await openInbox(page, made.href);
  await page.getByRole("checkbox", { name: /Mara Lind/ }).check();
  await expectNothingBeside(page);
  const bar = page.getByRole("toolbar", { name: "Selected contacts" });
  await expect(bar).toBeInViewport({ ratio: 1 });
  await bar.getByRole("button", { name: "Clear selection" }).click();
  await expect(bar).toBeHidden();
  expect(await findUnreachable(page)).toEqual([]);
});

test.describe("without what was asked for", () => {
  test.use({ expectedErrors: [/status of 40[34]/] });

  test("a page that says what is missing, or who may not, does so too", async ({ page, ada }) => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.goto("/nowhere");
      expect(await findOverflow(page)).toEqual([]);
    }
    await query("update staff set role = 'agent' where id = $1", [ada.id]);
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.goto("/settings");
      await expect(page.locator("h1").first()).toBeAttached();
      expect(await findOverflow(page)).toEqual([]);
    }
  });
});

/** Lets a page try something as its own script would, not as the test. Returns what it threw, or "done". */
function attempt(page: Page, action: () => unknown): Promise<string> {
  const tried = `try { (${action})(); resolve("done"); } catch (error) { resolve(error.name); }`;
  return page.evaluate(`new Promise((resolve) => setTimeout(() => { ${tried} }))`);
}

const attempts: { what: string; action: () => unknown; directive: string; answer: string }[] = [
  {
    what: "a text that becomes HTML",
    action: () => document.body.insertAdjacentHTML("beforeend", "<b>bold</b>"),
    directive: "require-trusted-types-for",
    answer: "TypeError",
  },
  {
    what: "a text that becomes a frame's page",
    action: () => document.createElement("iframe").setAttribute("srcdoc", "<b>bold</b>"),
    directive: "require-trusted-types-for",
    answer: "TypeError",
  },
  {
    what: "a text that becomes a handler",
    action: () => document.body.setAttribute("onclick", "alert(1)"),
    directive: "require-trusted-types-for",
    answer: "TypeError",
  },
  {
    what: "a text that becomes a script",
    action: () => Object.assign(document.createElement("script"), { text: "alert(1)" }),
    directive: "require-trusted-types-for",
    answer: "TypeError",
  },
  {
    what: "a text that is evaluated",
    action: () => new Function("return 1")(),
    directive: "require-trusted-types-for",
    answer: "EvalError",
  },
  {
    what: "a script from elsewhere",
    action: () => Object.assign(document.createElement("script"), { src: "https://elsewhere.example/x.js" }),
    directive: "require-trusted-types-for",
    answer: "TypeError",
  },
  {
    what: "a visitor's file as a script",
    action: () => Object.assign(document.createElement("script"), { src: "/_next/static/../../documents/x?preview" }),
    directive: "require-trusted-types-for",
    answer: "TypeError",
  },
  {
    what: "a worker out of a text",
    action: () => new Worker(URL.createObjectURL(new Blob(["postMessage(1)"]))),
    directive: "require-trusted-types-for",
    answer: "TypeError",
  },
  {
    what: "a policy of its own",
    action: () => Reflect.get(window, String("trustedTypes")).createPolicy("own", {}),
    directive: "trusted-types",
    answer: "TypeError",
  },
  {
    what: "another default policy",
    action: () => Reflect.get(window, String("trustedTypes")).createPolicy("default", {}),
    directive: "trusted-types",
    answer: "TypeError",
  },
  {
    what: "a picture from elsewhere",
    action: () => Object.assign(new Image(), { src: "https://elsewhere.example/x.png" }),
    directive: "img-src",
    answer: "done",
  },
  {
    what: "news to elsewhere",
    action: () => void fetch("https://elsewhere.example/", { method: "POST" }).catch(() => undefined),
    directive: "connect-src",
    answer: "done",
  },
  {
    what: "another base for addresses",
    action: () => document.head.append(Object.assign(document.createElement("base"), { href: "/documents/" })),
    directive: "base-uri",
    answer: "done",
  },
];

test.describe("what a page of ours refuses", () => {
  test.use({ expectedErrors: [/CSP violation|Content Security Policy|Trusted/] });

  test("it refuses what no page of ours does, and the test hears of each", async ({ page, consoleErrors }) => {
    await page.goto("/account");
    for (const { what, action, directive, answer } of attempts) {
      await test.step(what, async () => {
        const before = consoleErrors.length;
        expect(await attempt(page, action), what).toBe(answer);
        const heard = () => consoleErrors.slice(before).join("\n");
        await expect.poll(heard, what).toContain(`CSP violation (enforce): ${directive} `);
      });
    }
  });

  test("a violation is heard of in a frame, in a window that a page opens, and in another browser", async ({
    browser,
    page,
    consoleErrors,
  }) => {
    const heard = (name: string) => expect.poll(() => consoleErrors.join("\n")).toContain(`${name}.example`);
    await page.goto("/account");
    await attempt(page, () => {
      const frame = document.createElement("iframe");
      document.body.append(frame);
      Object.assign(frame.contentDocument?.createElement("img") ?? {}, { src: "https://frame.example/x.png" });
    });
    await heard("frame");

    const opened = page.waitForEvent("popup");
    await attempt(page, () => window.open("/account", "_blank"));
    const popup = await opened;
    await popup.waitForLoadState();
    await attempt(popup, () => Object.assign(new Image(), { src: "https://popup.example/x.png" }));
    await heard("popup");

    const context = await browser.newContext({ baseURL: process.env.BASE_URL });
    const other = await context.newPage();
    await other.goto("/sign-in");
    await attempt(other, () => Object.assign(new Image(), { src: "https://other.example/x.png" }));
    await heard("other");
    await context.close();
  });
});

test("the worker that reads PDFs decodes pictures, and neither evaluates a text nor fetches from elsewhere", async ({
  page,
}) => {
  const [pdf] = await query<{ contact: string; name: string }>(
    `select contact_id as contact, filename as name from documents
     where filename like '%.pdf' and s3_key is not null and processing_status = 'completed'
     order by upload_timestamp desc limit 1`,
  );
  await page.goto(`/contacts/${pdf?.contact}`);
  const started = page.waitForEvent("worker");
  await page.getByRole("button", { name: `Preview ${pdf?.name}` }).click();
  const worker = await started;
  await expect(page.getByText(/Page 1 of \d+/)).toBeVisible();
  const found = await worker.evaluate(
    () =>
      new Promise((resolve) =>
        setTimeout(async () => {
          const name = (error: unknown) => (error instanceof Error ? error.name : "odd");
          const evaluate = () => {
            try {
              return new Function("return 'ran'")();
            } catch (error) {
              return name(error);
            }
          };
          const emptyModule = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
          resolve({
            evaluated: evaluate(),
            decoded: await WebAssembly.compile(emptyModule).then(() => "yes", name),
            elsewhere: await fetch("https://elsewhere.example/").then(() => "yes", name),
            ours: await fetch("/pdfjs/wasm/openjpeg.wasm").then(({ status }) => status, name),
          });
        }),
      ),
  );
  expect(found).toEqual({ evaluated: "EvalError", decoded: "yes", elsewhere: "TypeError", ours: 200 });
});
