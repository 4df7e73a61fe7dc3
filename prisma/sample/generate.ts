import type { Client } from "pg";
import { sampleCalendar } from "./calendar";
import { type SampleContact, type SamplePlan, sampleContact } from "./contacts";
import { oddContacts, oddIds } from "./odd";
import { hashText } from "./random";
import { copyContacts } from "./rows";
import { storyContacts } from "./stories";
import { markDuplicates } from "./triage";
import { writeSampleFiles } from "./write-files";

const CHUNK = 5_000;

export type Generation = {
  /** How many contacts; the odd ones and the stories come on top. */
  contacts: number;
  /** The end of the generated year. */
  until: Date;
  /** The same seed, count and end give the same rows. */
  seed?: string;
  /** Ids of an admin, a manager and an agent who decided and noted; none, nothing is decided. */
  staff?: string[];
  /** Where the real files of the last sixty days go; none, no files. */
  documentsDir?: string | null;
  /** Whether to add the rows that years leave behind: odd ids, malformed insights, bidi controls. */
  odd?: boolean;
  /** Whether those who have waited longest are some written by hand (stories.ts), which come on top. */
  stories?: boolean;
  /** Page views per contact. */
  views: number;
  /** Called after each chunk with the contacts written so far. */
  onProgress?: (written: number) => void;
};

/** Everything that can be known of the generated contacts without a database, in chunks, oldest first. */
export function* generateContacts(
  options: Generation,
): Generator<{ plan: SamplePlan; first: number; contacts: SampleContact[] }> {
  const seed = hashText(options.seed ?? "contact desk");
  const calendar = sampleCalendar(seed, options.until.getTime());
  const plan = {
    seed,
    count: options.contacts,
    calendar,
    staff: options.staff ?? [],
    files: Boolean(options.documentsDir),
    stories: options.stories ?? false,
  };
  for (let first = 0; first < options.contacts; first += CHUNK) {
    const length = Math.min(CHUNK, options.contacts - first);
    const contacts = Array.from({ length }, (_, i) => sampleContact(plan, first + i));
    markDuplicates(contacts);
    yield { plan, first, contacts };
  }
  const added = [
    ...(options.odd ? oddContacts(options.until.getTime()) : []),
    ...(options.stories ? storyContacts(plan) : []),
  ];
  if (added.length > 0) yield { plan, first: options.contacts, contacts: added };
}

/** Writes a generated year in one transaction: all of it, or nothing. Returns the numbers written. */
export async function generateSample(
  client: Client,
  options: Generation,
): Promise<{ contacts: number; documents: number; files: number }> {
  const written = { contacts: 0, documents: 0, files: 0 };
  await client.query("begin");
  try {
    // Loading is no reason to wait for the disk at each page, and a long load no reason to be cut off.
    await client.query("set local statement_timeout = 0");
    for (const { plan, first, contacts } of generateContacts(options)) {
      if (options.documentsDir) written.files += await writeSampleFiles(contacts, options.documentsDir);
      await copyContacts(client, plan, contacts, first, options.views);
      written.contacts += contacts.length;
      written.documents += contacts.reduce((sum, contact) => sum + contact.documents.length, 0);
      options.onProgress?.(written.contacts);
    }
    const visitors = Math.round(options.contacts * options.views * 0.37);
    await client.query(
      `insert into website_visitors as v (id, count, last_updated) values ('visitor_count', $1, $2)
       on conflict (id) do update set count = least(v.count::bigint + excluded.count, 2147483647)::integer, last_updated = excluded.last_updated`,
      [visitors, options.until],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
  await client.query("analyze contact_submissions, documents, analytics_events, contact_history, contact_notes");
  return written;
}

/** How many contacts there are, and how many of them this generator did not make: its ids carry a check of their own. */
export async function countForeignContacts(client: Client): Promise<{ contacts: number; foreign: number }> {
  const { rows } = await client.query<{ contacts: number; foreign: number }>(
    `select
       count(*)::int as contacts,
       count(*) filter (
         where not (id ~ '^contact_[0-9]+_[0-9a-f]{8}$' and right(id, 4) = left(md5(left(id, length(id) - 4)), 4))
           and id <> all ($1::text[]) and id not like 'contact\\_odd\\_%'
       )::int as foreign
     from contact_submissions`,
    [oddIds],
  );
  return rows[0] ?? { contacts: 0, foreign: 0 };
}
