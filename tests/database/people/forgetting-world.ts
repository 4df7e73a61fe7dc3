import { createHash, randomUUID } from "node:crypto";
import type { openWorld } from "../change/change-world";

/** A person with unique words that are awkward in URLs, JSON, LIKE and regular expressions. */
export const zora = {
  address: "Zora.Quaglia+desk_1@visitor.example",
  name: "Zora O'Zed-Quagliatelli",
  word: "xylographwish",
  contact: "contact_1793000000_zoraone1",
  second: "contact_1793000000_zoratwo2",
};

/** What a search through everything must no longer find: as typed, in a URL and in JSON. */
export const traces = [
  zora.address,
  encodeURIComponent(zora.address),
  "quagliatelli",
  zora.word,
  zora.contact,
  zora.second,
  createHash("sha256").update(zora.address.toLowerCase()).digest("hex"),
];

/** Puts Zora wherever the database can hold a person. Returns the colleague's id and another visitor's contact. */
export async function plantZora(
  world: ReturnType<typeof openWorld>,
  bucket = "desk-files",
): Promise<{ staff: string; other: string }> {
  const staff = await world.addStaff("Colleague");
  const [other = ""] = await world.addContacts(1);
  const mention = `As ${zora.address.toUpperCase()} said, ${zora.name} too`;
  const json = JSON.stringify({ note: mention, contact: zora.contact });
  const url = new URLSearchParams([["q", `${zora.address} ${zora.name}`]]).toString();
  const query = world.query;
  await query(
    `insert into contact_submissions (id, name, email, company, service, budget, message, "timestamp", source, user_agent, page_url,
       document_insights)
     values ($1::text, $3::text, $4::text, $6::text, $6::text, $6::text, $5::text, now() - interval '2 days', 'website', 'Mozilla', '/?mail=' || $4::text, $7),
       ($2::text, upper($3::text), '  ' || upper($4::text) || ' ', null, null, null, $5::text, now(), 'website', null, null, null)`,
    [
      zora.contact,
      zora.second,
      zora.name,
      zora.address,
      `A ${zora.word} of mine`,
      zora.name,
      JSON.stringify({ author: zora.name }),
    ],
  );
  await query(
    `update contact_submissions set name = $2::text, company = $2::text, service = $2::text, budget = $2::text, message = $2::text, source = left($2::text, 100),
       user_agent = $2::text, page_url = '/?' || $3::text, status = 'spam', spam_reason = $2::text, document_insights = $4 where id = $1::text`,
    [other, mention, url, json],
  );
  await query("update contact_submissions set status = 'closed', spam_reason = null, duplicate_of = $2 where id = $1", [
    other,
    zora.contact,
  ]);
  await query("update contact_submissions set duplicate_of = $2 where id = $1", [other, zora.second]);
  await query("update contact_submissions set status = 'spam', spam_reason = $2 where id = $1", [
    zora.contact,
    `Sells ${zora.word}`,
  ]);
  await query(
    `insert into documents (contact_id, filename, size, content_type, document_type, description, tags, upload_timestamp,
       s3_bucket, s3_key, efs_path, processing_metadata)
     values ($1, $3::text, 3, 'text/plain', 'offer', $3::text, $4, now(), $5, 'zora/quagliatelli.txt', 'copies/quagliatelli.txt', $4),
       ($1, 'shared.txt', 3, 'text/plain', 'offer', null, null, now(), $5, 'shared.txt', null, null),
       ($2, $3::text, 3, 'text/plain', 'offer', $3::text, $4, now(), $5, 'shared.txt', null, $4)`,
    [zora.contact, other, mention, json, bucket],
  );
  await query(
    `insert into analytics_events (event_type, event_data)
     values ('contact_submission', $1), ('page_view', $2), ('page_view', '{"page":"/"}')`,
    [JSON.stringify({ contact_id: zora.contact }), JSON.stringify({ page: `/thanks?${url}` })],
  );
  // Detached months.
  await query(
    `insert into detached_history (id, changed_at, contact_id, operation, actor, database_role, fields, spam_reason_from, spam_reason_to,
       duplicate_of_from, duplicate_of_to)
     values ((extract(epoch from clock_timestamp()) * 1000000)::bigint, '2020-01-01', $1, 'update', 'staff', 'desk_app', '{}', $3, $3, null, null),
       ((extract(epoch from clock_timestamp()) * 1000000)::bigint + 1, '2020-01-01', $2, 'update', 'staff', 'desk_app', '{}', $3, $3, $1, $1)`,
    [zora.contact, other, mention],
  );
  await query(
    `insert into detached_events (id, event_type, event_data, "timestamp", created_at)
     values (gen_random_uuid(), 'contact_submission', $1, '2020-01-01', '2020-01-01'),
       (gen_random_uuid(), 'page_view', $2, '2020-01-01', '2020-01-01')`,
    [JSON.stringify({ contact_id: zora.contact }), JSON.stringify({ page: `/thanks?${url}` })],
  );
  for (const contact of [zora.contact, other]) {
    const note = randomUUID();
    await query("insert into contact_notes (id, contact_id, author_id, text) values ($1, $2, $3, $4)", [
      note,
      contact,
      staff,
      mention,
    ]);
    await query("update contact_notes set text = $2 where id = $1", [note, `${mention}, again`]);
  }
  const set = randomUUID();
  await query("insert into frozen_sets (id, staff_id, filter, total) values ($1, $2, $3, 2)", [set, staff, url]);
  await query(
    "insert into frozen_contacts (set_id, position, contact_id, version) values ($1, 1, $2, 1), ($1, 2, $3, 1)",
    [set, zora.contact, other],
  );
  await query(
    `insert into change_batches (id, staff_id, kind, request, outcome, finished_at) values ($1, $2, 'spam', $3, $4, now())`,
    [
      randomUUID(),
      staff,
      JSON.stringify({ contacts: [{ id: zora.contact, version: 1 }], change: { spamReason: mention } }),
      JSON.stringify({ unchanged: [zora.second, other], stale: [], said: mention }),
    ],
  );
  await query("insert into triage_queues (id, staff_id, filter, contact_ids) values ($1, $2, $3, $4)", [
    randomUUID(),
    staff,
    url,
    [other, zora.contact],
  ]);
  await query("insert into triage_claims (contact_id, staff_id, claimed_until) values ($1, $2, now())", [
    zora.contact,
    staff,
  ]);
  await query("insert into contact_viewers (tab, contact_id, staff_id) values ($1, $2, $3)", [
    randomUUID(),
    zora.contact,
    staff,
  ]);
  await query("insert into contact_exports (staff_id, filter, columns, outcome) values ($1, $2, '{id}', 'finished')", [
    staff,
    url,
  ]);
  await query(
    "insert into views (owner_id, name, filter, position) values ($1, 'All of it', $2::text, 1), ($1, $3::text, 'status=new', 2), ($1, 'Kept', 'status=new', 3)",
    [staff, url, zora.address],
  );
  await query("update staff set preferences = $2 where id = $1", [staff, json]);
  await query("insert into sign_in_attempts (account, address, succeeded) values ($1, '192.0.2.1', false)", [
    createHash("sha256").update(zora.address.toLowerCase()).digest("hex"),
  ]);
  return { staff, other };
}

/** The columns, as table.column, that hold one of Zora's traces; reads all rows of all tables as text. */
export async function findTraces(world: ReturnType<typeof openWorld>): Promise<string[]> {
  const columns = await listColumns(world);
  const found: string[] = [];
  const patterns = traces.map((trace) => `%${trace.replaceAll(/[\\%_]/g, "\\$&")}%`);
  for (const { table, column } of columns) {
    const { rows } = await world.query(
      `select exists (select from ${table} where ${column}::text ilike any ($1)) as there`,
      [patterns],
    );
    if (rows[0].there) found.push(`${table.replace("public.", "")}.${column}`);
  }
  return found;
}

/** Every column of every table that is not the server's own; a month's columns count as its parent's. */
export async function listColumns(
  world: ReturnType<typeof openWorld>,
): Promise<{ table: string; column: string; type: string }[]> {
  const { rows } = await world.query(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(a.attname) as column, t.typname as type
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
     where c.relkind in ('r', 'p', 'm') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
     order by 1, a.attnum`,
  );
  return rows;
}
