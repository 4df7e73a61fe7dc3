import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "playwright/test";

/** A page that is still open when its person is removed asks once more for news, and hears that nobody is signed in. */
const afterTheEnd = /401 \(Unauthorized\) \(.*\/api\/live/;

/**
 * The browser tests' own `test`: an error on the console, an uncaught exception or a failed request for one of
 * our own files fails the test, unless the test says which one it expects.
 */
export const test = base.extend<{ expectedErrors: RegExp[]; consoleErrors: string[] }>({
  expectedErrors: [[], { option: true }],
  consoleErrors: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = [];
      const watch = (page: Page) => {
        page.on("pageerror", (error) => errors.push(`uncaught: ${error.message}`));
        page.on("console", (message) => {
          if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
        });
      };
      context.pages().forEach(watch);
      context.on("page", watch);
      await use(errors);
      const expected = [...expectedErrors, afterTheEnd];
      expect(errors.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

/** What axe finds wrong with the page as it stands, as one readable line each. */
export async function findViolations(page: Page): Promise<string[]> {
  // Next streams a page's title after it: for a moment of a navigation there is none.
  await expect(page).toHaveTitle(/\S/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
}

export { expect };
