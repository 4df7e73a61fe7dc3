import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoadedContact } from "@/lib/contact/contact";
import { listDuplicates } from "@/lib/contact/duplicate-queries";
import { readInsights } from "@/lib/contact/insights";
import { layOutJson } from "@/lib/contact/json-text";
import { loadContact } from "@/lib/contact/queries";
import { readTags } from "@/lib/documents/document";
import { openWorld } from "../change/change-world";

const world = openWorld();

/** The rows of an existing installation, as the website left them. */
const existingRows = readFileSync(new URL("../existing-database.sql", import.meta.url), "utf8")
  .split("-- what is in it")[1]
  ?.split("-- the website's own statements")[0]
  ?.replace(/^.*\n/, "");

beforeAll(async () => {
  await world.query(existingRows ?? "");
});
afterAll(() => world.close());

async function load(id: string): Promise<LoadedContact> {
  const loaded = await loadContact(id);
  if (!loaded) throw new Error(`no contact ${id}`);
  return loaded;
}

async function add(values: { id?: string; email?: string; message?: string; insights?: string | null; at?: string }) {
  const {
    id = randomUUID(),
    email = `${id}@x.example`,
    message = "Hello",
    insights = null,
    at = "2026-01-01Z",
  } = values;
  await world.query(
    `insert into contact_submissions (id, name, email, message, document_insights, "timestamp") values ($1, 'N', $2, $3, $4, $5)`,
    [id, email, message, insights, at],
  );
  return id;
}

describe("a contact of an existing installation", () => {
  it("is loaded with its documents, in the order they came", async () => {
    const { contact } = await load("contact_1724300000_0a1b2c3d");
    expect(contact).toMatchObject({ name: "Mara Lindqvist", documentCount: 2, documentSize: 991_234, version: 1 });
    expect(contact.timestamp).toEqual(new Date("2024-08-22T04:13:20Z"));
    expect(contact.documents).toMatchObject([
      { filename: "requirements v2 (final).pdf", size: 745_678, status: "completed", stored: true, processedAt: null },
      {
        filename: "offer\u202efdp.docx",
        status: "failed",
        stored: false,
        uploadedAt: new Date("2024-08-22T04:13:40Z"),
      },
    ]);
    expect(contact.documents.map(({ tags }) => readTags(tags))).toEqual([["scope", "migration"], []]);
  });

  it("has no phantom document where it has none", async () => {
    const { contact } = await load("contact_1724300200_2a1b2c3d");
    expect(contact).toMatchObject({ documents: [], documentCount: 0, documentSize: 0 });
  });

  it("keeps null tags, an empty file and a name that leads elsewhere as they are", async () => {
    const { contact } = await load("contact_1724300100_1a1b2c3d");
    expect(contact.documents).toMatchObject([{ filename: "../../etc/passwd", size: 0, tags: null, stored: false }]);
    expect(contact.message).toBe('Line one\nline two\twith a tab, "quotes", <b>tags</b>, and =HYPERLINK("x")');
  });

  it.each([
    ["contact_1724300000_0a1b2c3d", { state: "read", malformed: [] }],
    ["contact_1724300100_1a1b2c3d", { state: "none" }],
    ["contact_1724300200_2a1b2c3d", { state: "none" }],
    [
      "contact_1724300300_3a1b2c3d",
      { state: "read", malformed: ["number of documents", "document types", "content analysis"] },
    ],
    ["contact_1724300400_4a1b2c3d", { state: "unreadable" }],
    ["legacy 5/ümlaut?&#", { state: "unreadable" }],
  ])("%s has insights that can be told from malformed ones", async (id, expected) => {
    const { contact } = await load(id);
    expect(readInsights(contact.insights)).toMatchObject(expected);
  });
});

describe("a contact", () => {
  it("is nothing for an id that nobody has", async () => {
    expect(await loadContact(`nobody ${randomUUID()}`)).toBeNull();
  });

  it("is not changed by being looked at", async () => {
    const id = await add({});
    const stored = async () =>
      (await world.query("select c.*, c.xmin::text from contact_submissions c where id = $1", [id])).rows;
    const before = await stored();
    await load(id);
    expect(await stored()).toEqual(before);
    expect((await load(id)).history).toEqual([]);
  });

  it("brings the beginning of a long message, and the whole when asked", async () => {
    const message = `😀${"line\n".repeat(400_000)}`;
    const id = await add({ message });
    const { contact } = await load(id);
    expect(contact.messageLength).toBe(2_000_001);
    expect([...contact.message]).toHaveLength(20_000);
    expect((await loadContact(id, "message"))?.contact.message).toBe(message);
  });

  it.each([
    ["1e400", '{"total_documents": 1e400}'],
    ["a number of 12,000 digits", `{"total_documents": ${"7".repeat(12_000)}}`],
    ["3,000 levels", `${'{"a": '.repeat(3_000)}1${"}".repeat(3_000)}`],
    ["a megabyte", JSON.stringify({ total_documents: 3, text: "ä".repeat(1_000_000) })],
  ])("shows insights with %s as PostgreSQL has them", async (_, insights) => {
    const id = await add({ insights });
    const { contact } = await load(id);
    const { rows } = await world.query(
      "select document_insights::text as text from contact_submissions where id = $1",
      [id],
    );
    expect(contact.insights).toBe(rows[0].text);
    const stored = await world.query(
      "select document_insights = $2::jsonb as same from contact_submissions where id = $1",
      [id, layOutJson(contact.insights ?? "").text],
    );
    expect(stored.rows).toEqual([{ same: true }]);
    expect(readInsights(contact.insights).state).toBe("read");
  });

  it("bears documents with every odd value", async () => {
    const id = await add({});
    await world.query(
      `insert into documents (contact_id, filename, size, content_type, document_type, tags, upload_timestamp, processing_metadata)
      select $1, 'x', size, '', '', tags::jsonb, now(), metadata::jsonb from (values
        (-1::bigint, 'null', '[]'), (9223372036854775807, '{"a":1}', '{"error":{"a":1}}'), (1, '[1e400]', 'null'), (2, '"x"', '{"error":"broken"}')
      ) v(size, tags, metadata)`,
      [id],
    );
    const { contact } = await load(id);
    expect(contact.documentCount).toBe(4);
    expect(contact.documents.map(({ failure }) => failure).filter(Boolean)).toEqual(["broken"]);
    expect(contact.documents.flatMap(({ tags }) => readTags(tags))).toEqual([]);
  });

  it("shows the first of very many documents and counts them all", async () => {
    const id = await add({});
    await world.query(
      `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp)
      select $1, n::text, 10, 'text/plain', 'notes', now() + n * interval '1 second' from generate_series(1, 250) n`,
      [id],
    );
    const { contact } = await load(id);
    expect(contact).toMatchObject({ documentCount: 250, documentSize: 2_500 });
    expect(contact.documents.map(({ filename }) => Number(filename))).toEqual(
      Array.from({ length: 200 }, (_, at) => at + 1),
    );
  });

  it("tells what happened to it, newest first, and by whom", async () => {
    const id = await add({});
    const staff = await world.addStaff("Tomo Sato");
    await world.query("update contact_submissions set document_insights = '{\"total_documents\":1}' where id = $1", [
      id,
    ]);
    await world.query(
      "with who as materialized (select set_config('desk.actor', $2, true)) update contact_submissions set status = 'contacted' from who where id = $1",
      [id, `staff:${staff}`],
    );
    const { history, contact } = await load(id);
    expect(history).toMatchObject([
      {
        actor: "staff",
        staffName: "Tomo Sato",
        fields: ["status"],
        statusFrom: "new",
        statusTo: "contacted",
        undo: false,
      },
      { actor: "website", staffName: null, fields: ["document_insights"] },
    ]);
    expect(contact.firstContactedAt).toBeInstanceOf(Date);
  });

  it("says that its history goes on where it is long", async () => {
    const id = await add({});
    for (let round = 0; round < 101; round++) {
      await world.query("update contact_submissions set name = $2 where id = $1", [id, `name ${round}`]);
    }
    expect(await load(id)).toMatchObject({ historyContinues: true });
    expect((await load(id)).history).toHaveLength(100);
  });
});

it("a document's complexity that is no number is none", async () => {
  const id = await add({});
  await world.query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, complexity_score)
     select $1, 'a.pdf', 1, 'application/pdf', '', now(), score from unnest('{NaN,3.5}'::numeric[]) score`,
    [id],
  );
  const { contact } = await load(id);
  expect(contact.documents.map(({ complexity }) => complexity).sort()).toEqual([3.5, null]);
});

describe("other submissions", () => {
  it("are those of the same address, ignoring case, newest first, without the contact itself", async () => {
    const email = `${randomUUID()}@x.example`;
    const ids = [];
    for (let day = 1; day <= 7; day++) {
      ids.push(
        await add({ email: day % 2 ? email : email.toUpperCase(), at: `2026-02-0${day}Z`, message: ` a\n\n b ${day}` }),
      );
    }
    const { others } = await load(ids[3] ?? "");
    expect(others).toMatchObject({ count: 6, exact: true });
    expect(others.rows.map(({ id }) => id)).toEqual([ids[6], ids[5], ids[4], ids[2], ids[1]]);
    expect(others.rows[0]?.message).toBe("a b 7");
  });

  it("are those of the same address with blanks or invisible characters around it too", async () => {
    const email = `Mara+${randomUUID()}@bücher.example`;
    const stored = [` ${email}`, `\u200b${email.toUpperCase()}\u00a0`, `${email}\n`, email];
    const ids = await Promise.all(stored.map((each) => add({ email: each })));
    await add({ email: `${email.slice(0, 8)} ${email.slice(8)}` });
    for (const id of ids) {
      const { others, contact } = await load(id);
      expect(others.rows.map((row) => row.id).sort()).toEqual(ids.filter((each) => each !== id).sort());
      expect(others.count).toBe(3);
      expect(contact.email.toLowerCase()).toBe(email.toLowerCase());
      expect((await listDuplicates(id)).filter(({ sameAddress }) => sameAddress)).toHaveLength(3);
    }
  });

  it("are none for an address that was not given", async () => {
    for (const email of ["", "Not specified", " \u200b\n", " not specified "]) {
      await add({ email });
      expect((await load(await add({ email }))).others).toEqual({ rows: [], count: 0, exact: true });
    }
  });

  it("are counted up to a bound, and said to be more", async () => {
    const email = `${randomUUID()}@x.example`;
    const id = await add({ email });
    await world.query(
      `insert into contact_submissions (id, name, email, message, "timestamp") select $1 || n, 'N', $2, '', now() from generate_series(1, 10500) n`,
      [id, email],
    );
    expect((await load(id)).others).toMatchObject({ count: 10_000, exact: false });
  });
});
