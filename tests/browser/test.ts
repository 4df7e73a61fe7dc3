import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, test as base, expect, type Page } from "playwright/test";

/** If a page is still open when its person is removed, it asks for news once more and gets 401. */
const afterTheEnd = /401 \(Unauthorized\) \(.*\/api\/live/;

/** What happens to a page's server actions: answered, executed with the answer lost, or never sent. */
type Actions = { fate: "answered" | "answer lost" | "not sent" };

/** Errors on the pages of the current test; a worker runs one test at a time. */
let heard: string[] = [];

/**
 * The browser tests' own `test`. A console error, an uncaught exception, a failed request for one of our own files, or
 * a violation of the page's policy fails the test, unless the test declares that it expects it. This covers every
 * window, frame and context. After `goto` and `reload` the page is complete: everything that is streamed in is in its
 * place. A test that asks for no page, context or browser opens none.
 */
export const test = base.extend<
  { expectedErrors: RegExp[]; consoleErrors: string[]; actions: Actions },
  { browser: Browser }
>({
  browser: [
    async ({ browser }, use) => {
      // Every context is made here, also that of `context` and `page`.
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
  // Routed before the first page opens, because a route added later misses requests for a moment. /api/ is left alone,
  // because the news is a stream that never ends.
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

/** Records errors on the pages of a context. */
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

/** Runs in the page: logs where and what the page's policy refuses or reports. */
function readViolations(): void {
  window.addEventListener("securitypolicyviolation", (event) => {
    const { effectiveDirective, blockedURI, disposition, sourceFile, lineNumber, columnNumber, sample } = event;
    const position = `${sourceFile || location.href}:${lineNumber}:${columnNumber}`;
    console.error(`CSP violation (${disposition}): ${effectiveDirective} ${blockedURI} at ${position} ${sample}`);
  });
}

/**
 * Runs in the page: logs the digest of a server error, because a build identifies such errors by it alone. Two kinds
 * are not errors. The router throws to leave a page for another, and React reports that if it had to render twice. A
 * part of a page may never arrive because the page was left or closed first; a server error would have a digest.
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

/** Makes `goto` and `reload` resolve when the page is complete; a `goto` with its own `waitUntil` is left alone. */
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

/** Resolves when no streamed part is still hidden at the end of the page. Until then each such part exists twice. */
export async function streamedIn(page: Page): Promise<void> {
  await page.locator("body > div[hidden][id^='S:']").first().waitFor({ state: "detached" });
}

/** Where the page is larger than its window, one readable line each. Parts of it may scroll by themselves. */
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

/** What axe finds wrong with the page, and where it is larger than its window, one readable line each. */
export async function findViolations(page: Page): Promise<string[]> {
  return [...(await askAxe(page)), ...(await findOverflow(page))];
}

/**
 * The same in the light and the dark theme. Only colours differ between them, so in the dark only the colour rules run.
 * The page is in the light theme afterwards.
 */
export async function findViolationsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await findViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await askAxe(page, ["color-contrast", "link-in-text-block"]);
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((line) => `in the dark: ${line}`)];
}

/** What axe finds wrong by these rules, by default by all that it applies without being asked. */
export async function askAxe(page: Page, rules?: string[]): Promise<string[]> {
  // Next streams a page's title after the page, so it is missing for a moment, also if the page reloads during the
  // check.
  await expect(page).toHaveTitle(/\S/);
  // Colours on their way from one theme to the other have a contrast of their own.
  await page.evaluate(() =>
    Promise.allSettled(
      document.getAnimations().flatMap((each) => (each instanceof CSSTransition ? [each.finished] : [])),
    ),
  );
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (rules) axe.withRules(rules);
  else axe.disableRules("document-title");
  // Without frames, legacy mode skips the second page that combines results, which takes as long as the rules.
  const { violations } = await axe.setLegacyMode(page.frames().length === 1).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
}

export { expect };
