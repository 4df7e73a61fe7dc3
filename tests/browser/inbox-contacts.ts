import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import { query } from "./sign-in";

export type TestContact = { id: string; name: string };

type Given = { name?: string; status?: string | null; message?: string; company?: string | null; id?: string };

/** Contacts of one service that no others have, newest first as given; and the address of the list that shows only them. */
export async function addContacts(given: Given[]): Promise<{ contacts: TestContact[]; service: string; href: string }> {
  const service = `Testing ${randomUUID()}`;
  const contacts = given.map(({ id, name }, at) => ({
    id: id ?? `test_${randomUUID()}`,
    name: name ?? `Person ${at + 1}`,
  }));
  for (const [at, { id, name }] of contacts.entries()) {
    const { status = "new", message = "Hello there", company = "Northlight AB" } = given[at] ?? {};
    await query(
      `insert into contact_submissions (id, name, email, company, service, message, "timestamp", status)
      values ($1, $2, 'mara@northlight.example', $3, $4, $5, now() - make_interval(mins => $6), $7)`,
      [id, name, company, service, message, at + 1, status],
    );
  }
  return { contacts, service, href: `/contacts?service=${encodeURIComponent(service)}` };
}

/** Removes every contact of a test's service. */
export async function removeContacts(service: string): Promise<void> {
  await query("delete from contact_submissions where service = $1", [service]);
}

/** What is stored of each of these contacts, in their order. */
export async function listStored(contacts: TestContact[]): Promise<{ status: string | null; version: number }[]> {
  return query(
    `select c.status, c.version from unnest($1::text[]) with ordinality w (id, at)
    join contact_submissions c on c.id = w.id order by w.at`,
    [contacts.map(({ id }) => id)],
  );
}

/** Goes to the inbox and comes back when it obeys keys. */
export async function openInbox(page: Page, href: string): Promise<void> {
  await page.goto(href);
  await page.locator("[data-inbox-ready]").waitFor({ state: "attached" });
}
