import { createStaff, removeStaff, signInAs, type TestStaff } from "./sign-in";
import { expect, findViolations, test } from "./test";

let agent: TestStaff;
test.beforeEach(async ({ context }) => {
  agent = await createStaff("agent");
  await signInAs(context, agent);
});
test.afterEach(() => removeStaff([agent]));

const notices = [
  { path: "/contacts/nobody-sent-this", title: "There is nothing here" },
  { path: "/no/such/page", title: "There is nothing here" },
  { path: "/staff", title: "This page is for administrators" },
];

for (const { path, title } of notices) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1440, 390]) {
      test(`${path} says so in words, ${colorScheme}, ${width} px`, async ({ page, expectedErrors }) => {
        expectedErrors.push(/Failed to load resource: the server responded with a status of 40[34]/);
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 900 });
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
        expect(await findViolations(page)).toEqual([]);
        await page.getByRole("link", { name: "Back to the inbox" }).click();
        await expect(page).toHaveURL(/\/contacts$/);
      });
    }
  }
}
