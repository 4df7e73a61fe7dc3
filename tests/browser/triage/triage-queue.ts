import type { Page } from "playwright/test";
import { listStored, type TestContact } from "../inbox-contacts";
import { test as base, expect } from "../signed-in";

type Queue = { contacts: TestContact[]; href: string; service: string };

/** `test` for somebody signed in, with queues: `count` open contacts of one service, oldest first, and their URL. */
export const test = base.extend<{ addQueue: (count: number) => Promise<Queue> }>({
  addQueue: ({ make }, use) =>
    use(async (count) => {
      const { contacts, service } = await make(Array.from({ length: count }, () => ({})));
      return { contacts: contacts.toReversed(), href: `/triage?service=${encodeURIComponent(service)}`, service };
    }),
});

export const shown = (page: Page, { name }: TestContact) =>
  expect(page.getByRole("article", { name: new RegExp(`^${name}(?!\\d)`) })).toBeVisible();

/** Waits until the contacts are stored with these statuses, in their order. */
export const expectStatuses = (contacts: TestContact[], statuses: string[]) =>
  expect.poll(async () => (await listStored(contacts)).map(({ status }) => status)).toEqual(statuses);

export async function openTriage(page: Page, href: string, first: TestContact): Promise<void> {
  await page.goto(href);
  await shown(page, first);
}
