import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import fc from "fast-check";
import S3rver from "s3rver";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inTransaction } from "@/lib/database/query";
import { problemOf, removeFile } from "@/lib/documents/remove";
import { wakeFileRemoval } from "@/lib/people/files";
import { forgetContacts, forgetPerson, refreshStatistics, writeAct } from "@/lib/people/forgetting";
import { keyOf, printPersonKey } from "@/lib/people/person-key";
import { previewPerson } from "@/lib/people/preview";
import { findPeople, getPerson, listPersonActs } from "@/lib/people/queries";
import { listForms, listWords } from "@/lib/people/words";
import { openWorld } from "../change/change-world";
import { findTraces, listColumns, plantZora, traces, zora } from "./forgetting-world";

const world = openWorld();
const variables = ["DOCUMENTS_DIR", "S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;
let folder: string;
let store: S3rver;
let s3: S3Client;

beforeAll(async () => {
  process.env.NEXTAUTH_SECRET = "x".repeat(32);
  folder = await mkdtemp(join(tmpdir(), "desk-forgetting-"));
  store = new S3rver({
    port: 0,
    address: "127.0.0.1",
    silent: true,
    directory: join(folder, "s3"),
    vhostBuckets: false,
    configureBuckets: [{ name: "desk-files", configs: [] }],
  });
  const { port } = await store.run();
  Object.assign(process.env, {
    DOCUMENTS_DIR: join(folder, "documents"),
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_REGION: "us-east-1",
    S3_ACCESS_KEY_ID: "S3RVER",
    S3_SECRET_ACCESS_KEY: "S3RVER",
  });
  s3 = new S3Client({
    endpoint: process.env.S3_ENDPOINT,
    region: "us-east-1",
    credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
});
afterAll(async () => {
  for (const name of variables) delete process.env[name];
  await store.close();
  await rm(folder, { recursive: true });
  await world.close();
});

beforeEach(async () => {
  await world.query("drop table if exists invoices");
  await world.query(
    "truncate contact_submissions, documents, analytics_events, detached_history, detached_events, contact_notes, contact_note_versions, person_acts, forgotten_files, frozen_sets, frozen_contacts, change_batches, triage_queues, triage_claims, contact_viewers, contact_exports, views, sign_in_attempts",
  );
  await world.query("alter table contact_history disable trigger contact_history_append_only");
  await world.query("delete from contact_history");
  await world.query("alter table contact_history enable trigger contact_history_append_only");
  await mkdir(join(folder, "documents", "copies"), { recursive: true });
  await writeFile(join(folder, "documents", "copies", "quagliatelli.txt"), "abc");
  for (const Key of ["zora/quagliatelli.txt", "shared.txt"]) {
    await s3.send(new PutObjectCommand({ Bucket: "desk-files", Key, Body: "abc" }));
  }
});

const isStored = (Key: string) =>
  s3.send(new GetObjectCommand({ Bucket: "desk-files", Key })).then(
    ({ Body }) => Body !== undefined,
    () => false,
  );

async function getZora() {
  const person = await getPerson(zora.second);
  if (!person) throw new Error("Zora is not there.");
  return person;
}

/**
 * Text columns that cannot hold a person: our own words, ids, hashes, paths of other files, and what tests cannot
 * plant.
 */
const without = [
  "analytics_events.event_type",
  "backup_runs.check_state",
  "backup_runs.name",
  "backup_runs.reason",
  "backup_runs.started_by",
  "change_batches.kind",
  "contact_exports.columns",
  "contact_exports.outcome",
  "contact_history.actor",
  "contact_history.database_role",
  "contact_history.fields",
  "contact_history.operation",
  "contact_history.status_from",
  "contact_history.status_to",
  "contact_submissions.status",
  "desk_settings.business_week",
  "desk_settings.name",
  "desk_settings.response_targets",
  "desk_settings.retention",
  "desk_settings.second_factor_roles",
  "desk_settings.time_zone",
  "detached_events.event_type",
  "detached_history.actor",
  "detached_history.database_role",
  "detached_history.fields",
  "detached_history.operation",
  "detached_history.status_from",
  "detached_history.status_to",
  "documents.content_type",
  "documents.document_type",
  "documents.file_hash",
  "documents.processing_status",
  "documents.s3_bucket",
  "familiar_origins.kind",
  "familiar_origins.mark",
  "forgotten_files.bucket",
  "forgotten_files.efs_path",
  "forgotten_files.key",
  "forgotten_files.problem",
  "found_at_adoption.definition",
  "found_at_adoption.kind",
  "found_at_adoption.name",
  "frozen_contacts.result",
  "person_acts.counts",
  "person_acts.kind",
  "person_acts.person_key",
  "person_acts.transaction_id",
  "recovery_codes.hash",
  "schema_migration.name",
  "schema_migration.sha256",
  "second_factors.secret",
  "sign_in_attempts.address",
  "sign_in_attempts.allowance",
  "sign_in_attempts.device",
  "sign_in_attempts.network",
  "staff.email",
  "staff.name",
  "staff.password_hash",
  "staff.role",
  "staff.role_source",
  "staff_identities.email",
  "staff_identities.issuer",
  "staff_identities.subject",
  "staff_sessions.address",
  "staff_sessions.opened_by",
  "staff_sessions.user_agent",
  "views.columns",
  "website_visitors.id",
];

describe("forgetting a person", () => {
  test("leaves nothing of them in any row of any table, nor in the store", async () => {
    const { staff, other } = await plantZora(world);
    // Checks the plant itself: every column that can hold a person does. Plant a new column, or list it as holding
    // nobody.
    const texts = (await listColumns(world))
      .filter(({ type }) => /^(_?text|_?varchar|jsonb?|bytea)$/.test(type))
      .map(({ table, column }) => `${table.replace("public.", "")}.${column.replaceAll('"', "")}`);
    expect(await findTraces(world)).toEqual(texts.filter((column) => !without.includes(column)));
    const person = await getZora();
    expect(person).toMatchObject({ address: zora.address.toUpperCase(), contacts: [zora.contact, zora.second] });
    const preview = await previewPerson(person, true);

    const { counts } = await forgetPerson(staff, person, true);
    await wakeFileRemoval();

    expect(counts).toEqual(preview.counts);
    expect(counts).toEqual({
      contacts: 2,
      blanked: 0,
      documents: 2,
      files: 2,
      notes: 1,
      history: 2,
      events: 4,
      views: 2,
      mentions: 12,
    });
    expect(await findTraces(world)).toEqual([]);
    expect([await isStored("zora/quagliatelli.txt"), await isStored("shared.txt")]).toEqual([false, true]);
    expect(existsSync(join(folder, "documents", "copies", "quagliatelli.txt"))).toBe(false);
    // Others' records stay, without her.
    const { rows } = await world.query("select id, message, status, duplicate_of from contact_submissions");
    expect(rows).toEqual([{ id: other, message: "As (…) said, (…) too", status: "closed", duplicate_of: null }]);
    expect((await world.query("select name from views")).rows).toEqual([{ name: "Kept" }]);
    expect((await world.query("select count(*)::int as n from analytics_events")).rows).toEqual([{ n: 1 }]);
    const acts = await listPersonActs();
    expect(acts).toMatchObject([{ kind: "forgotten", staff: "Colleague", filesLeft: 0, counts }]);
    for (const trace of traces) expect(JSON.stringify(acts).toLowerCase()).not.toContain(trace.toLowerCase());
  });

  test("leaves no value of theirs in the planner's statistics", async () => {
    const { staff } = await plantZora(world);
    await world.query("analyze");
    const remembered = async () => {
      const { rows } = await world.query(
        `select attname from pg_stats where schemaname = 'public'
           and concat_ws(' ', most_common_vals::text, histogram_bounds::text) ilike '%quagliatelli%' order by 1`,
      );
      return rows.map(({ attname }) => attname);
    };
    expect(await remembered()).toContain("name");
    await forgetPerson(staff, await getZora(), true);
    await refreshStatistics();
    expect(await remembered()).toEqual([]);
  });

  test("finds them by address, name and contact, in any case, and nobody else by it", async () => {
    await plantZora(world);
    for (const typed of [zora.address, ` ${zora.address.toLowerCase()} `, zora.name, zora.contact]) {
      expect(await findPeople(typed)).toMatchObject([{ contact: zora.second, contacts: 2 }]);
    }
    expect(await findPeople("Zora")).toEqual([]);
    expect(await findPeople("")).toEqual([]);
  });

  test("forgets what was sent with blanks or invisible characters around the address too", async () => {
    await plantZora(world);
    const stored = ` \u200b${zora.address.toUpperCase()}\ufeff\n`;
    await world.query(
      `insert into contact_submissions (id, name, email, message, "timestamp") values ('odd', 'Zora', $1, 'a', now())`,
      [stored],
    );
    for (const typed of [zora.address, `\u00a0${zora.address}\u200b`, "odd"]) {
      expect(await findPeople(typed)).toMatchObject([{ contacts: 3, address: zora.address.toUpperCase() }]);
    }
    const person = await getPerson("odd");
    expect(person).toMatchObject({
      address: zora.address.toUpperCase(),
      contacts: expect.arrayContaining(["odd", zora.contact, zora.second]),
    });
    expect(person && printPersonKey(person)).toBe(keyOf(`\u200b${zora.address} `));
    const { counts } = await forgetPerson(await world.addStaff("Colleague"), await getZora(), false);
    expect(counts.contacts).toBe(3);
  });

  test("takes the address alone out of others' records where the name is to stay", async () => {
    const { staff, other } = await plantZora(world);
    await forgetPerson(staff, await getZora(), false);
    const { rows } = await world.query("select message from contact_submissions where id = $1", [other]);
    expect(rows).toEqual([{ message: `As (…) said, ${zora.name} too` }]);
  });

  test("takes a contact without an address for a person of its own", async () => {
    const staff = await world.addStaff("Colleague");
    await world.query(
      `insert into contact_submissions (id, name, email, message, "timestamp") values
       ('one', 'Max', 'Not specified', 'a', now()), ('two', 'Max', '', 'b', now())`,
    );
    expect(await findPeople("max")).toHaveLength(2);
    const person = await getPerson("one");
    expect(person).toMatchObject({ address: null, contacts: ["one"] });
    if (person) await forgetPerson(staff, person, true);
    expect((await world.query("select id from contact_submissions")).rows).toEqual([{ id: "two" }]);
  });

  test("empties a contact that a table of the website's holds fast, and says which", async () => {
    const { staff } = await plantZora(world);
    await world.query(
      "create table invoices (id integer primary key, contact_id varchar(255) references contact_submissions (id))",
    );
    await world.query("alter table invoices owner to desk_owner");
    await world.query("insert into invoices values (1, $1)", [zora.contact]);
    const preview = await previewPerson(await getZora(), true);
    expect(preview.references).toEqual([{ name: "invoices", rows: 1, keeps: true }]);

    const { counts } = await forgetPerson(staff, await getZora(), true);

    expect(counts).toEqual(preview.counts);
    expect(counts).toMatchObject({ contacts: 2, blanked: 1 });
    const { rows } = await world.query("select id, name, email, message from contact_submissions where id = $1", [
      zora.contact,
    ]);
    expect(rows).toEqual([{ id: zora.contact, name: "(…)", email: "", message: "" }]);
    // Only its id is left, because that belongs to the website.
    const left = (await findTraces(world)).filter((column) => !column.startsWith("forgotten_files"));
    expect(left).toEqual(["contact_submissions.id", "documents.contact_id", "invoices.contact_id"]);
  });

  test("is all or nothing", async () => {
    const { staff } = await plantZora(world);
    await world.query("create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$");
    await world.query(
      "create trigger refuse before delete on contact_history for each statement execute function refuse()",
    );
    const before = await findTraces(world);
    await expect(forgetPerson(staff, await getZora(), true)).rejects.toThrow();
    expect(await findTraces(world)).toEqual(before);
    expect(await listPersonActs()).toEqual([]);
    await world.query("drop function refuse() cascade");
  });

  test("tries a file again until the store lets go of it", async () => {
    const { staff } = await plantZora(world);
    const endpoint = process.env.S3_ENDPOINT;
    process.env.S3_ENDPOINT = "http://127.0.0.1:1";
    await forgetPerson(staff, await getZora(), true);
    await wakeFileRemoval();
    expect(await listPersonActs()).toMatchObject([{ filesLeft: 1, problem: "unreachable" }]);
    process.env.S3_ENDPOINT = endpoint;
    // Not before its time.
    await wakeFileRemoval();
    expect(await isStored("zora/quagliatelli.txt")).toBe(true);
    await world.query("update forgotten_files set next_try_at = now()");
    await wakeFileRemoval();
    expect(await listPersonActs()).toMatchObject([{ filesLeft: 0, problem: null }]);
    expect(await isStored("zora/quagliatelli.txt")).toBe(false);
    expect(await findTraces(world)).toEqual([]);
  });
});

/** Plants a contact with an address, a name and a message. */
const addContact = (id: string, email: string, name: string, message = "") =>
  world.query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ($1, $2, $3, $4, now())`,
    [id, name, email, message],
  );

describe("whom it is about", () => {
  test("takes an address as a whole word, and leaves others whose address has it in it", async () => {
    const staff = await world.addStaff("Colleague");
    await addContact("contact-of-bob", "bob@mail.co", "Bob");
    const near = [
      "bob@mail.com",
      "bob@mail.co.uk",
      "bob@mail.co-op.example",
      "jim.bob@mail.co",
      "jim+bob@mail.co",
      "jim-bob@mail.co",
      "o'bob@mail.co",
      "jimbob@mail.co",
    ];
    for (const address of near) {
      await addContact(`contact-of-${address}`, address, "Jim", `Write to ${address}, please`);
      const url = new URLSearchParams({ q: address }).toString();
      await world.query(
        "insert into analytics_events (event_type, event_data) values ('page_view', $1), ('click', $2)",
        [JSON.stringify({ page: `/?${url}` }), JSON.stringify({ text: address })],
      );
      await world.query("insert into views (owner_id, name, filter, position) values ($1, $2, $3, 1)", [
        staff,
        address,
        url,
      ]);
    }
    const said = "Ask BOB@mail.co.\nbob@mail.co's, <bob@mail.co>,bob@mail.co; /?q=a+bob%40mail.co&r=%20bob@mail.co";
    await addContact("contact-of-another", "x@y.example", "Jim", said);
    await world.query("update contact_submissions set document_insights = $1 where id = 'contact-of-another'", [
      JSON.stringify({ said }),
    ]);
    const everybody = "select id, name, email, message from contact_submissions where id = any ($1) order by id";
    const ids = near.map((address) => `contact-of-${address}`);
    const before = (await world.query(everybody, [ids])).rows;
    const person = await getPerson("contact-of-bob");
    if (!person) throw new Error("Bob is not there.");
    const preview = await previewPerson(person, true);

    const { counts } = await forgetPerson(staff, person, true);

    expect(counts).toEqual(preview.counts);
    expect(counts).toMatchObject({ contacts: 1, events: 0, views: 0, mentions: 1 });
    expect((await world.query(everybody, [ids])).rows).toEqual(before);
    const { rows } = await world.query(
      "select message, document_insights from contact_submissions where id = 'contact-of-another'",
    );
    const without = "Ask (…).\n(…)'s, <(…)>,(…); /?q=a+(…)&r=%20(…)";
    expect(rows[0].message).toBe(without);
    expect(rows[0].document_insights).toEqual({ said: without });
  });

  test("leaves JSON that is read as before, but for the words, whatever a visitor calls themselves", async () => {
    const piece = fc.constantFrom(
      ..."\n \t \u0001 \" \\ / n b u f , : { } [ ] + % %20 %2B é ’ ' - . _ (…) a 1".split(" "),
    );
    const word = fc.constantFrom("Nancy Drew", "Bo O’Neil", "nina@x.example", "b'u@n.example", "contact_nabc");
    const texts = fc.array(fc.array(fc.oneof(piece, word), { maxLength: 8 }), { minLength: 1, maxLength: 6 });
    const cases = fc.sample(fc.record({ texts, more: fc.array(piece, { maxLength: 8 }) }), { numRuns: 400, seed: 7 });
    const words = listForms(
      listWords(
        { address: "nina@x.example", names: ["Nancy Drew", "Bo O’Neil"], contacts: ["contact_nabc"] },
        true,
      ).concat(listWords({ address: "b'u@n.example", names: [], contacts: [] }, true)),
    );
    const given = cases.map(({ texts, more }) => ({ said: texts.map((text) => text.join("")), [more.join("")]: null }));
    const { rows } = await world.query(
      "select without_words(given, $2)::jsonb as json from unnest($1::text[]) with ordinality g (given, at) order by at",
      [given.map((value) => JSON.stringify(value)), words],
    );
    let changed = 0;
    for (const [at, { json }] of rows.entries()) {
      for (const [index, text] of (given[at]?.said ?? []).entries()) {
        if (json.said[index] === text) continue;
        changed++;
        expect(words.some((each) => text.toLowerCase().includes(each.toLowerCase()))).toBe(true);
        expect(json.said[index].length).toBeLessThan(text.length);
      }
      expect(Object.keys(json).sort()).toEqual(Object.keys(given[at] ?? {}).sort());
    }
    expect(changed).toBeGreaterThan(100);
    // A letter that belongs to JSON is no letter of a name, and a name after it is one.
    const nancy = await world.query("select without_words($1, $2)::jsonb as json", [
      JSON.stringify(["\nancy Drew", "\nNancy Drew", "\u0001Nancy Drew"]),
      ["Nancy Drew"],
    ]);
    expect(nancy.rows).toEqual([{ json: ["\nancy Drew", "\n(…)", "\u0001(…)"] }]);
  });

  test("takes no longer for a long text than its length", async () => {
    const { rows } = await world.query("select without_words(repeat('bob@mail.co ', 50000), '{bob@mail.co}') as text");
    expect(rows).toEqual([{ text: "(…) ".repeat(50_000) }]);
  });

  test("takes only a name for a name, and only an address for an address", async () => {
    const staff = await world.addStaff("Colleague");
    const said = 'Some of the others, "a b", "c" and bob@mail';
    await addContact("contact-of-another", "x@y.example", "Jim", said);
    await world.query("update contact_submissions set document_insights = $1 where id = 'contact-of-another'", [
      JSON.stringify({ a: "b", c: said, list: ["x", "y"] }),
    ]);
    const names = ['", "', "of the", "a b", 'b", "c', "Jim", ": "];
    for (const [at, name] of names.entries()) await addContact(`contact-of-x${at}`, '"a b"@mail.example', name);
    const person = await getPerson("contact-of-x0");
    if (!person) throw new Error("Nobody is there.");
    expect((await forgetPerson(staff, person, true)).counts).toMatchObject({ contacts: names.length, mentions: 0 });
    const { rows } = await world.query("select message from contact_submissions");
    expect(rows).toEqual([{ message: said }]);
  });

  test("takes what they sent since they were looked up, and leaves whole what comes while they are forgotten", async () => {
    const { staff } = await plantZora(world);
    const person = await getZora();
    await addContact("contact-of-later", zora.address, "Z", "Me again");
    expect((await forgetPerson(staff, person, true)).counts).toMatchObject({ contacts: 3 });
    await wakeFileRemoval();
    expect(await findTraces(world)).toEqual([]);

    const text = `I am ${zora.address}`;
    await addContact("contact-of-known", zora.address, "Z", text);
    await addContact("contact-of-unknown", ` ${zora.address.toUpperCase()}`, zora.name, text);
    const words = listForms([zora.address, zora.name]);
    await inTransaction("forget", async (run) => {
      const act = await writeAct(run, { staffId: staff, kind: "forgotten", personKey: null });
      await forgetContacts(run, act, ["contact-of-known"], zora.address, words);
    });
    const { rows } = await world.query(
      "select id, name, email, message from contact_submissions where id like '%known'",
    );
    expect(rows).toEqual([
      { id: "contact-of-unknown", name: zora.name, email: ` ${zora.address.toUpperCase()}`, message: text },
    ]);
    expect(await getPerson("contact-of-unknown")).toMatchObject({ address: zora.address.toUpperCase() });
  });

  test("keeps whoever forgets from a replica that still has the person", async () => {
    const { staff } = await plantZora(world);
    const count = async () =>
      (await world.query("select changes::int from staff_changes where staff_id = $1", [staff])).rows;
    await forgetPerson(staff, await getZora(), true);
    expect(await count()).toEqual([]);
    await plantZora(world);
    process.env.DATABASE_REPLICA_URL = process.env.DATABASE_URL;
    try {
      await forgetPerson(staff, await getZora(), true);
    } finally {
      delete process.env.DATABASE_REPLICA_URL;
    }
    expect(await count()).toEqual([{ changes: 1 }]);
  });
});

describe("their files", () => {
  test("stay where another contact's document has come to point to them", async () => {
    const { staff, other } = await plantZora(world);
    const endpoint = process.env.S3_ENDPOINT;
    process.env.S3_ENDPOINT = "http://127.0.0.1:1";
    await forgetPerson(staff, await getZora(), true);
    await wakeFileRemoval();
    process.env.S3_ENDPOINT = endpoint;
    await world.query(
      `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, s3_bucket, s3_key)
       values ($1, 'a.txt', 3, 'text/plain', 'offer', now(), 'desk-files', 'zora/quagliatelli.txt')`,
      [other],
    );
    await world.query("update forgotten_files set next_try_at = now()");
    await wakeFileRemoval();
    expect(await listPersonActs()).toMatchObject([{ filesLeft: 0, problem: null }]);
    expect(await isStored("zora/quagliatelli.txt")).toBe(true);
  });

  test("are not gone where they cannot be looked at", async () => {
    const directory = join(folder, "mounted");
    const remove = (efsPath: string) => removeFile({ bucket: null, key: null, efsPath }, { directory, s3: null });
    expect(await remove("a.txt")).toBe("unreachable");
    await mkdir(directory);
    expect(await remove("a.txt")).toBe("unreachable");
    await symlink("round", join(directory, "round"));
    expect(await remove("round/a.txt")).toBe("unreachable");
    for (const path of ["a.txt", "x".repeat(300), "round\0"]) expect(await remove(path)).toBeNull();
    for (const code of ["EACCES", "EPERM", "EROFS"]) expect(problemOf({ code })).toBe("refused");
    for (const code of ["EIO", "ESTALE", undefined]) expect(problemOf({ code })).toBe("unreachable");
    for (const code of ["ENOENT", "ENOTDIR"]) expect(problemOf({ code })).toBeNull();
  });
});

describe("history", () => {
  test("stays append-only for the application, beside an act as well", async () => {
    await plantZora(world);
    const app = openWorld(process.env.DATABASE_URL);
    await expect(app.query("delete from contact_history")).rejects.toThrow("permission denied");
    await expect(app.query("select forget_contacts(gen_random_uuid(), '{x}', null, '{}')")).rejects.toThrow("no act");
    await app.close();
    await world.query("insert into person_acts (kind) values ('forgotten')");
    await expect(world.query("delete from contact_history")).rejects.toThrow("append-only");
  });
});
