import { expect, findViolationsInBothThemes, test } from "../test";

// Tests the tests: if faults went unnoticed, every test that looks for one would pass.
for (const [theme, colours] of [
  ["light", "light-dark(#dddddd, #ffffff)"],
  ["dark", "light-dark(#000000, #222222)"],
] as const) {
  test(`a heading that cannot be read in the ${theme} alone is found`, async ({ page }) => {
    await page.goto("/sign-in");
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    await page.addStyleTag({ content: `h1 { color: ${colours} !important }` });
    const found = await findViolationsInBothThemes(page);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(theme === "dark" ? /^in the dark: color-contrast: h1/ : /^color-contrast: h1/);
  });
}
