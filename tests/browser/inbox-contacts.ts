import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright/test";
import { query } from "./sign-in";

export type TestContact = { id: string; name: string };

type Given = { name?: string; status?: string | null; message?: string; company?: string | null; id?: string };

/**
 * Contacts of a service and an address of their own, newest first as given, and the URL of the list that shows only
 * them. What others write thus ends no snooze of theirs.
 */
export async function addContacts(given: Given[]): Promise<{ contacts: TestContact[]; service: string; href: string }> {
  const service = `Testing ${randomUUID()}`;
  const contacts = given.map(({ id, name }, at) => ({
    id: id ?? `test_${randomUUID()}`,
    name: name ?? `Person ${at + 1}`,
  }));
  const part = <T>(pick: (contact: Given) => T) => given.map(pick);
  await query(
    `insert into contact_submissions (id, name, email, company, service, message, "timestamp", status)
    select id, name, left(md5($1::text), 8) || '.mara@northlight.example', company, $1, message, now() - make_interval(mins => at::int), status
    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
      with ordinality as w (id, name, company, message, status, at)`,
    [
      service,
      contacts.map(({ id }) => id),
      contacts.map(({ name }) => name),
      part(({ company = "Northlight AB" }) => company),
      part(({ message = "Hello there" }) => message),
      part(({ status = "new" }) => status),
    ],
  );
  return { contacts, service, href: `/contacts?service=${encodeURIComponent(service)}` };
}

/** Removes every contact of a test's service. */
export async function removeContacts(service: string): Promise<void> {
  await query("delete from contact_submissions where service = $1", [service]);
}

/** What is stored for each of these contacts, in their order. */
export async function listStored(contacts: TestContact[]): Promise<{ status: string | null; version: number }[]> {
  return query(
    `select c.status, c.version from unnest($1::text[]) with ordinality w (id, at)
    join contact_submissions c on c.id = w.id order by w.at`,
    [contacts.map(({ id }) => id)],
  );
}

/**
 * The button that offers what others have changed: "1 new, 1 changed". The desk counts no news while a large change,
 * such as another test's beside this one, is among them, and says "Many changes" then.
 */
export function findNews(page: Page, text: string): Locator {
  return page.getByRole("button", { name: new RegExp(`^(${text}|Many changes)$`) });
}

/** Opens the inbox, and resolves when it responds to keys. */
export async function openInbox(page: Page, href: string): Promise<void> {
  await page.goto(href);
  await page.locator("[data-inbox-ready][data-keys-ready]").waitFor({ state: "attached" });
}
