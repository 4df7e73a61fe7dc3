import { randomBytes } from "node:crypto";
import pg from "pg";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { migrate } from "@/lib/database/migrate/migrations";
import { emptyFilter } from "@/lib/filter/filter";
import { countContacts } from "@/lib/list/counts";
import { listContacts } from "@/lib/list/queries";
import { viewerIn } from "../../viewer";
import { asSuperuser, createDatabase } from "../databases";
import { migrationOf } from "../installation";
import { website } from "../website-statements";

const far = "x ".repeat(15_000);

/** The worst that visitors write. It is random, because repeated text is compressed and would fit into an index. */
const messages: Record<string, string> = {
  plain: "A café in 東京, 100% ours_and \\ yours 🚀",
  beyond: `${far} beyondthebound ${"山".repeat(3)}`,
  huge: `${randomBytes(1_000_000).toString("base64")} endofhuge`,
  "one word": randomBytes(300_000).toString("hex"),
  "every letter": Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join(""),
  // As a Mac may send it, with the accent as a separate character.
  apart: "José de Málaga".normalize("NFD"),
  // Letters beyond ASCII whose lower case is ASCII.
  turkish: "\u0130STANBUL, \u212aadık\u00f6y",
  controls: "left\u001fright \u0001 \u{10ffff}",
  typed: "O’Brien said: don´t wait in the Straße\r\n\tnumber 7",
  ascii: "O`Brien said: don't wait in the STRASSE\n number 7",
};

const find = async (words: string) =>
  (await listContacts({ ...emptyFilter, words }, viewerIn("UTC"))).rows.map((row) => row.id).toSorted();

beforeAll(async () => {
  const client = new pg.Client({ connectionString: process.env.TEST_WEBSITE_URL });
  await client.connect();
  for (const [id, message] of Object.entries(messages)) await website.submit(client, id, { name: id, message });
  await client.end();
});

describe("whatever a visitor writes is stored, and found again", () => {
  test.each([
    ["beyondthebound", ["beyond"]],
    ["endofhuge", ["huge"]],
    [messages["one word"]?.slice(590_000, 590_020) ?? "", ["one word"]],
    ["仦", ["every letter"]],
    [String.fromCodePoint(0x4e00 + 19_999), ["every letter"]],
    ["山山山", ["beyond"]],
    ["東京", ["plain"]],
    ["CAFÉ", ["plain"]],
    ["🚀", ["plain"]],
    ["josé", ["apart"]],
    ["josé".normalize("NFD"), ["apart"]],
    ["é", ["apart", "plain"]],
    ["a cafe", ["plain"]],
    ["jose de malaga", ["apart"]],
    ["jose\u0301 de málaga", ["apart"]],
    ["jóse", []],
    ["o'brien", ["ascii", "typed"]],
    ["O‘BRIEN", ["ascii", "typed"]],
    ["straße number", ["ascii", "typed"]],
    ["don’t wait", ["ascii", "typed"]],
    ["ａ ｃａｆｅ", ["plain"]],
    ["in  東京", ["plain"]],
    ["café".normalize("NFD"), ["plain"]],
    ["100%", ["plain"]],
    ["s_a", ["plain"]],
    ["\\", ["plain"]],
    ["left\u001fright", ["controls"]],
    ["\u{10ffff}", ["controls"]],
    ["istanbul", ["turkish"]],
    ["\u0130stanbul", ["turkish"]],
    ["kadık\u00d6y", ["turkish"]],
    ["☃", []],
    ["nowhere at all", []],
  ])("%s", async (word, ids) => {
    const quoted = word.includes(" ") ? `"${word}"` : word;
    expect(await find(quoted)).toEqual(ids);
    expect((await countContacts({ ...emptyFilter, words: quoted }, viewerIn("UTC"))).count).toBe(ids.length);
    expect(await find(`-${quoted}`)).toEqual(
      Object.keys(messages)
        .filter((id) => !ids.includes(id))
        .toSorted(),
    );
  });

  test.each([
    ["ada@example.com endofhuge", ["huge"]],
    ["beyondthebound 山山山", ["beyond"]],
    ["beyondthebound -山山山", []],
    ["endofhuge beyondthebound", []],
    ["ada@example.com hug endofhuge", ["huge"]],
  ])(
    "each of several words may be in another of the four, within the index's bound or beyond it: %s",
    async (words, ids) => {
      expect(await find(words)).toEqual(ids);
    },
  );

  test("a word never reaches from one of the four into the next", async () => {
    expect(await find("hugeada@example.com")).toEqual([]);
    expect(await find('"example.comExample"')).toEqual([]);
  });
});

test("where the extension may not be created, all else is migrated, and the index waits and says so", async () => {
  const server = inject("server");
  const database = await createDatabase(server, "empty");
  // As with a hosting provider: the database's owner here may create tables, but no extension.
  await asSuperuser(server, `revoke create on database ${database.name} from desk_owner`);
  await asSuperuser(server, `alter database ${database.name} owner to postgres`);
  const owner = new pg.Client({ connectionString: database.superuser });
  await owner.connect();
  await owner.query("grant create on schema public to desk_owner");
  const said: string[] = [];
  const applied = await migrate({ ...migrationOf(database), report: (line) => said.push(line) });
  expect(applied).not.toContain("0260_contacts_by_words.sql");
  expect(applied).toContain("0280_contacts_by_letters.sql");
  expect(applied).not.toContain("0918_words_once.sql");
  expect(said.filter((line) => /0260.*waits for gin_trgm_ops/.test(line))).toHaveLength(1);
  await owner.query("create extension pg_trgm");
  expect(await migrate(migrationOf(database))).toEqual([
    "0260_contacts_by_words.sql",
    "0550_pending_words.sql",
    "0910_contacts_by_folded_words.sql",
    "0915_contacts_by_ascii_words.sql",
    "0918_words_once.sql",
  ]);
  await owner.end();
  await database.drop();
});
