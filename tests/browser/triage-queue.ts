import type { BrowserContext, Page } from "playwright/test";
import { addContacts, listStored, removeContacts, type TestContact } from "./inbox-contacts";
import { createStaff, removeStaff, signInAs, type TestStaff } from "./sign-in";
import { expect } from "./test";

const people: TestStaff[] = [];
const services: string[] = [];

/** Removes the people and the contacts that a test has made; for after each. */
export async function removeQueues(): Promise<void> {
  await removeStaff(people.splice(0));
  for (const service of services.splice(0)) await removeContacts(service);
}

/** To be removed with the others. */
export function noteService(service: string): void {
  services.push(service);
}

/** So many open contacts of one service, the oldest first, and the address of their queue. */
export async function addQueue(count: number): Promise<{ contacts: TestContact[]; href: string; service: string }> {
  const { contacts, service } = await addContacts(Array.from({ length: count }, () => ({})));
  services.push(service);
  return { contacts: contacts.toReversed(), href: `/triage?service=${encodeURIComponent(service)}`, service };
}

export async function signIn(context: BrowserContext): Promise<TestStaff> {
  const staff = await createStaff("agent");
  people.push(staff);
  await signInAs(context, staff);
  return staff;
}

export const shown = (page: Page, { name }: TestContact) =>
  expect(page.getByRole("article", { name: new RegExp(`^${name}(?!\\d)`) })).toBeVisible();

/** Waits until the contacts are stored with these statuses, in their order. */
export const expectStatuses = (contacts: TestContact[], statuses: string[]) =>
  expect.poll(async () => (await listStored(contacts)).map(({ status }) => status)).toEqual(statuses);

export async function openTriage(page: Page, href: string, first: TestContact): Promise<void> {
  await page.goto(href);
  await shown(page, first);
}
