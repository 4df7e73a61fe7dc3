import { expect, findViolationsInBothThemes, test } from "../signed-in";

const notices = [
  { path: "/contacts/nobody-sent-this", title: "There is nothing here" },
  { path: "/no/such/page", title: "There is nothing here" },
  { path: "/staff", title: "This page is for admins" },
];

for (const { path, title } of notices) {
  for (const width of [1440, 390]) {
    test(`${path} says so in words at ${width} px in the light and in the dark`, async ({ page, expectedErrors }) => {
      expectedErrors.push(/Failed to load resource: the server responded with a status of 40[34]/);
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      // In the frame, so that one can go on.
      await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
      expect(await findViolationsInBothThemes(page)).toEqual([]);
      await page.getByRole("link", { name: "Back to the inbox" }).click();
      await expect(page).toHaveURL(/\/contacts\?.*view=queue$/);
    });
  }
}
