import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, test as base, expect, type Page } from "playwright/test";

/** A page that is still open when its person is removed asks once more for news, and hears that nobody is signed in. */
const afterTheEnd = /401 \(Unauthorized\) \(.*\/api\/live/;

/** What becomes of the calls of the server that a page makes: answered, done with the answer lost, or never sent. */
type Actions = { fate: "answered" | "answer lost" | "not sent" };

/** What went wrong on the pages of the test that runs; a worker runs one test at a time. */
let heard: string[] = [];

/**
 * The browser tests' own `test`: an error on the console, an uncaught exception, a failed request for one of our own
 * files or a violation of the page's policy fails the test, unless the test says which one it expects; so it is in every
 * window, frame and context of the test. A page that is gone to or loaded anew is whole: what was streamed in after its
 * frame is in its place. A test that asks for no page, context or browser opens none.
 */
export const test = base.extend<
  { expectedErrors: RegExp[]; consoleErrors: string[]; actions: Actions },
  { browser: Browser }
>({
  browser: [
    async ({ browser }, use) => {
      // Every context comes from here, the one of `context` and `page` too.
      const openContext = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await openContext(options);
        await watch(context, heard);
        return context;
      };
      await use(browser);
      browser.newContext = openContext;
    },
    { scope: "worker" },
  ],
  expectedErrors: [[], { option: true }],
  consoleErrors: [
    async ({ expectedErrors }, use) => {
      heard = [];
      const errors = heard;
      await use(errors);
      const expected = [...expectedErrors, afterTheEnd];
      expect(errors.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
  // From before the first page on: a route added to a page that is there already lets requests past for a moment. What is
  // under /api/ is not stood in the way of: the news is a stream that never ends.
  actions: async ({ context }, use) => {
    const actions: Actions = { fate: "answered" };
    await context.route(
      (url) => !url.pathname.startsWith("/api/"),
      async (route) => {
        const { fate } = actions;
        if (fate === "answered" || route.request().method() !== "POST") return route.fallback();
        if (fate === "answer lost") await route.fetch();
        return route.abort("connectionreset");
      },
    );
    await use(actions);
  },
});

/** Writes down what goes wrong on the pages of a context. */
async function watch(context: BrowserContext, errors: string[]): Promise<void> {
  const watchPage = (page: Page) => {
    page.on("pageerror", (error) => errors.push(`uncaught: ${error.message} ${error.stack}`));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
    });
    waitForTheWhole(page);
  };
  await context.addInitScript(readDigests);
  await context.addInitScript(readViolations);
  context.pages().forEach(watchPage);
  context.on("page", watchPage);
}

/** Within a page: says of what the page's policy refuses, or would only report, where that was and what it was. */
function readViolations(): void {
  window.addEventListener("securitypolicyviolation", (event) => {
    const { effectiveDirective, blockedURI, disposition, sourceFile, lineNumber, columnNumber, sample } = event;
    const place = `${sourceFile || location.href}:${lineNumber}:${columnNumber}`;
    console.error(`CSP violation (${disposition}): ${effectiveDirective} ${blockedURI} at ${place} ${sample}`);
  });
}

/**
 * Within a page: says of an error of the server its digest, by which alone a build tells them apart. What the router throws
 * to leave a page for another is no error, and React reports it where it had to draw twice meanwhile. Nor is it one that a part
 * of a page never came, because the page was left or closed first: an error of the server would have a digest.
 */
function readDigests(): void {
  const digestOf = (error: unknown) => (error instanceof Error && "digest" in error ? String(error.digest) : "");
  const look = (event: Event, error: unknown) => {
    const digest = digestOf(error);
    const isLeft = digest === "undefined" && error instanceof Error && /React error #419;/.test(error.message);
    if (isLeft || /^NEXT_(REDIRECT|HTTP_ERROR_FALLBACK);/.test(digest)) event.preventDefault();
    else if (digest) console.error(`The digest of the error: ${digest}`);
  };
  window.addEventListener("error", (event) => look(event, event.error));
  window.addEventListener("unhandledrejection", (event) => look(event, event.reason));
}

/** Lets `goto` and `reload` come back when the page is whole; a `goto` that waits for less is not kept. */
function waitForTheWhole(page: Page): void {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (url, options) => {
    const response = await goto(url, options);
    if (!options?.waitUntil) await streamedIn(page);
    return response;
  };
  page.reload = async (options) => {
    const response = await reload(options);
    await streamedIn(page);
    return response;
  };
}

/** Comes back when no part of the page lies hidden at its end, on its way to its place: until then each is there twice. */
export async function streamedIn(page: Page): Promise<void> {
  await page.locator("body > div[hidden][id^='S:']").first().waitFor({ state: "detached" });
}

/** Which way the page as it stands is larger than its window, as one readable line each. Parts of it may scroll by themselves. */
export function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const content = document.getElementById("content");
    const hidden = (content?.scrollWidth ?? 0) - (content?.clientWidth ?? 0);
    return [
      ...(scrollWidth > innerWidth ? [`The page is ${scrollWidth} px wide in a window of ${innerWidth}.`] : []),
      ...(scrollHeight > innerHeight ? [`The page is ${scrollHeight} px high in a window of ${innerHeight}.`] : []),
      ...(hidden > 0 ? [`The page's content is ${hidden} px wider than its place.`] : []),
    ];
  });
}

/** What axe finds wrong with the page as it stands, and where it is larger than its window, as one readable line each. */
export async function findViolations(page: Page): Promise<string[]> {
  return [...(await askAxe(page)), ...(await findOverflow(page))];
}

/**
 * The same in the light and in the dark: between the two of a page only colours differ, so only the rules that look at colours
 * are asked again in the dark. The page is in the light afterwards.
 */
export async function findViolationsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await findViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await askAxe(page, ["color-contrast", "link-in-text-block"]);
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((line) => `in the dark: ${line}`)];
}

/** What axe finds wrong by these rules, or by all of its. */
async function askAxe(page: Page, rules?: string[]): Promise<string[]> {
  // Next streams a page's title after it: there is none for a moment, also when the page is loaded anew while axe looks.
  await expect(page).toHaveTitle(/\S/);
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (rules) axe.withRules(rules);
  else axe.disableRules("document-title");
  // Without frames there is nothing to put together in a second page, which takes as long as the rules do.
  const { violations } = await axe.setLegacyMode(page.frames().length === 1).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
}

export { expect };
