import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFilter } from "@/lib/filter/filter";
import { parseWords } from "@/lib/filter/words";
import { findContacts, findDocuments } from "@/lib/find/queries";
import { listContacts } from "@/lib/list/queries";
import { viewerIn } from "../../viewer";

let client: pg.Client;

/** Contacts from the newest to the oldest: a name, an address and a company. `others` newer ones stand before `later`. */
const newest = [
  ["hannah", "Hannah Berg", "h.berg@one.example", "Annapolis Ltd"],
  ["message", "Someone Else", "someone@two.example", null],
  ["anna", "Anna Weiß", "a.weiss@three.example", null],
  ["marie", "Marie Anna Roth", "roth@four.example", "Not specified"],
  ["jose", "JOSÉ Núñez", "jn@five.example", "Café Ｏｌｅ"],
  ["percent", "100% Sure_Thing", "p\\q@six.example", "O’Brien & Söhne"],
  ["east", "山田 花子", "hanako@seven.example", "株式会社"],
] as const;
const later = [
  ["old anna", "Anna Old", "old@eight.example", null],
  ["old prefix", "Ödön Prefix", "oedoen@nine.example", null],
  ["old company", "Somebody", "nine@ten.example", "Zwischenstück GmbH"],
  ["old address", "Somebody", "quillfeather@ten.example", null],
  ["old surname", "Ida Lindqvist", "ten@ten.example", null],
  ["old common", "Ida Common", "eleven@ten.example", null],
] as const;
const others = 7_000;

beforeAll(async () => {
  client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  const add = async (rows: readonly (readonly (string | null)[])[], from: number) =>
    client.query(
      `insert into contact_submissions (id, name, email, company, message, "timestamp")
       select id, name, email, company, case id when 'message' then 'Greetings from Anna' else 'Hello' end,
         timestamptz '2026-11-01 00:00+00' - make_interval(secs => $5 + at::int)
       from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality w (id, name, email, company, at)`,
      [...[0, 1, 2, 3].map((column) => rows.map((row) => row[column])), from],
    );
  await add(newest, 0);
  await client.query(
    `insert into contact_submissions (id, name, email, message, "timestamp")
     select 'other ' || n, 'Visitor', 'visitor@other.example', case when n <= 500 then 'A common thing' else 'Another' end,
       timestamptz '2026-10-01 00:00+00' - make_interval(secs => n)
     from generate_series(1, $1::int) n`,
    [others],
  );
  await add(later, 90 * 24 * 3600);
  await client.query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp)
     select id, name, 1, 'text/plain', 'other', now() from (values
       ('hannah', 'Floor-Plan Résumé.pdf'), ('hannah', 'floor plan 2.PDF'), ('anna', 'plan of the floor.txt'),
       ('other 1500', 'rare_near.txt'), ('old anna', 'rare_far.txt')) f (id, name)`,
  );
  await client.query("analyze contact_submissions, documents");
});

afterAll(() => client.end());

const contacts = async (typed: string) => (await findContacts(parseWords(typed))).map(({ id }) => id);
const documents = async (typed: string) => (await findDocuments(parseWords(typed))).map(({ filename }) => filename);

describe("contacts are found by name, address and company", () => {
  test("first whose name begins with it, then who has such a word in their name, then the others; newest within", async () => {
    expect(await contacts("anna")).toEqual(["anna", "old anna", "marie", "hannah"]);
  });

  test.each([
    ["weiss", ["anna"]],
    ["WEISS", ["anna"]],
    ["jose nunez", ["jose"]],
    ["josé", ["jose"]],
    ["jòse", []],
    ["cafe ole", ["jose"]],
    ["o'brien", ["percent"]],
    ['"brien & sohne"', ["percent"]],
    ["100%", ["percent"]],
    ["sure_t", ["percent"]],
    ["0%s", []],
    ["p\\q", ["percent"]],
    ["山", ["east"]],
    ["花子", ["east"]],
    ["berg one.example", ["hannah"]],
    ["h.berg@one.example", ["hannah"]],
    ["anna -old -roth -weiss", ["hannah"]],
    // A word never reaches from one of the three into the next.
    ['"bergh.berg"', []],
    ["nobody at all", []],
    ["-anna", []],
    ["", []],
  ])("%s", async (typed, ids) => expect(await contacts(typed)).toEqual(ids));

  test("but not by what they wrote, which the list's search finds", async () => {
    expect(await contacts("greetings")).toEqual([]);
    const { rows } = await listContacts({ ...emptyFilter, words: "greetings" }, viewerIn("UTC"));
    expect(rows.map(({ id }) => id)).toEqual(["message"]);
  });

  test("and are told as they are stored", async () => {
    expect(await findContacts(parseWords("marie"))).toEqual([
      {
        id: "marie",
        name: "Marie Anna Roth",
        email: "roth@four.example",
        company: "Not specified",
        at: "2026-10-31T23:59:56+00:00",
      },
    ]);
  });
});

describe("beyond the newest contacts, which are looked through,", () => {
  test.each([
    ["a name is found by its beginning, in any case and without its accents", "odon", ["old prefix"]],
    ["and so is a company", "ZWISCHEN", ["old company"]],
    ["and an address", "quillfeath", ["old address"]],
    ["a rare word within a name is found", "indqvis", ["old surname"]],
    // The honest end: such a word within an old name would mean reading all messages that have it.
    ["one that many messages have is not", "common", []],
    ["but is with the name's beginning", '"ida common"', ["old common"]],
  ])("%s", async (_what, typed, ids) => expect(await contacts(typed)).toEqual(ids));

  test("a few are enough: the newest", async () => {
    expect(await contacts("visitor")).toEqual([1, 2, 3, 4, 5].map((n) => `other ${n}`));
  });
});

test("a contact that was deleted is not found, nor are its documents", async () => {
  await client.query(`insert into contact_submissions (id, name, email, message, "timestamp")
    values ('gone', 'Gone Tomorrow', 'gone@tomorrow.example', '', now())`);
  await client.query(`insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp)
    values ('gone', 'tomorrow.txt', 1, 'text/plain', 'other', now())`);
  expect([await contacts("gone"), await documents("tomorrow")]).toEqual([["gone"], ["tomorrow.txt"]]);
  await client.query("delete from contact_submissions where id = 'gone'");
  expect([await contacts("gone"), await documents("tomorrow")]).toEqual([[], []]);
});

describe("documents are found by their file names", () => {
  test("with every word, those of the newest contacts first", async () => {
    expect(await documents("floor plan")).toEqual(
      expect.arrayContaining(["Floor-Plan Résumé.pdf", "floor plan 2.PDF", "plan of the floor.txt"]),
    );
    expect((await documents("floor plan")).at(-1)).toBe("plan of the floor.txt");
    expect(await documents("plan resume")).toEqual(["Floor-Plan Résumé.pdf"]);
    expect(await documents("plan -pdf")).toEqual(["plan of the floor.txt"]);
  });

  test("of so many of the newest contacts", async () => {
    expect(await documents("rare")).toEqual(["rare_near.txt"]);
  });
});
