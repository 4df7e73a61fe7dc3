import { findScrolledAway } from "../scrolling";
import { expect, findOverflow, test } from "../signed-in";

// The spec of walls asks every page for the same, as it is at first. Here are the screens one works on, full.

const sizes = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];
const long = Array.from({ length: 120 }, (_, at) => `Line ${at + 1} of a long message about one thing.`).join("\n");

test("bars stay put on a full screen, and what scrolls ends with its content", async ({ page, make }) => {
  const { href, contacts, service } = await make(Array.from({ length: 40 }, () => ({ message: long })));
  const queue = `/triage?service=${encodeURIComponent(service)}`;
  for (const [path, there] of [
    [href, page.getByRole("row", { name: /Person 40 / })],
    [
      `${href}&open=${contacts[3]?.id}`,
      page.getByRole("complementary", { name: "Open contact" }).getByText("Line 120"),
    ],
    [queue, page.getByRole("article").getByText("Line 120")],
    [`/contacts/${contacts[3]?.id}`, page.getByRole("main").getByText("Line 120")],
    ["/triage", page.getByRole("toolbar", { name: "Decide" })],
  ] as const) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await expect(there).toBeAttached();
    for (const size of sizes) {
      await test.step(`${path} at ${size.width} px`, async () => {
        await page.setViewportSize(size);
        expect(await findOverflow(page)).toEqual([]);
        expect(await findScrolledAway(page)).toEqual([]);
      });
    }
  }
});
