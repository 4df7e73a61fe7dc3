import fc from "fast-check";
import { expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { dropAccents, foldPlain, foldText } from "@/lib/text/fold";

type Folded = { folded: string; plain: string };

const foldInSql = (texts: string[]) =>
  queryRows<Folded>(
    Prisma.sql`
      select fold_text(t.text) as folded, drop_accents(fold_text(t.text)) as plain
      from unnest(${texts}::text[]) with ordinality t(text, position) order by position`,
    "analytics",
  );

const foldHere = (text: string): Folded => ({ folded: foldText(text), plain: dropAccents(foldText(text)) });

/** What has been folded once stays as it is. */
async function expectSame(texts: string[]): Promise<void> {
  const found = await foldInSql(texts);
  for (const [index, text] of texts.entries()) {
    const { folded, plain } = foldHere(text);
    expect({ text, ...found[index] }).toEqual({ text, folded, plain });
    expect({ text, folded: foldText(folded), plain: foldPlain(plain) }).toEqual({ text, folded, plain });
  }
}

/** Characters that Unicode 17 brought, which PostgreSQL 18 does not know as marks or compatibility forms. */
const younger = /\ua7f1|[\u1acf-\u1aeb]|[\u{10efa}\u{10efb}\u{1e6e3}-\u{1e6f5}]/u;

/** Everything that UTF-8 can hold and PostgreSQL stores. */
const isStored = (code: number) =>
  code > 0 && (code < 0xd800 || code > 0xdfff) && !younger.test(String.fromCodePoint(code));

test("every character folds in the database as it does here", { timeout: 120_000 }, async () => {
  const texts: string[] = [];
  for (let first = 0; first < 0x110000; first += 256) {
    const codes = Array.from({ length: 256 }, (_, index) => first + index).filter(isStored);
    if (codes.length > 0) texts.push(codes.map((code) => String.fromCodePoint(code)).join("x"));
  }
  await expectSame(texts);
});

/** Characters that something happens to, among them whole scripts. */
const special = fc.oneof(
  fc.constantFrom(..."aAiIsSßẞſİıKÅéÉøŁæŒ'\"`-_ \t\n\r\v\f\u0085\u00a0\u2028\u3000"),
  fc.constantFrom(..."\u0301\u0307\u0323\u0327\u0338\u0345\u3099\uff9e\u064b\u05b0\u093c\u094d\u0e38\u0e48"),
  fc.constantFrom(..."\u200b\u200c\u200d\u200e\u2066\ufe0f\ufeff\u00ad\u034f\u115f\u3164\u{e0020}"),
  fc.constantFrom(..."‘’‚‛′‵´ʼ“”„″‶«»「」『』‐‑‒–—―−⁻﹘－〜"),
  fc.constantFrom(..."ΣσςΆάᾳᾼῼΐЁёЙйІѢᲀᲇ"),
  fc.constantFrom(..."ﬁﬀŉǅ①½ﷺ㍿ａＡ！ﾊｶガｶﾞハ゛한한ㄱㅏ각"),
  fc.constantFrom(..."अक़ড়กำ山東🚀👩🏽𝐀𐐀𞤀ᲐꭰᎠ"),
  fc.integer({ min: 1, max: 0x10ffff }).filter(isStored).map(String.fromCodePoint),
  fc.integer({ min: 0xa0, max: 0x24ff }).map(String.fromCodePoint),
);
const text = fc
  .oneof(
    fc.string({ unit: special, maxLength: 30 }),
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(..."abc XYZ-'\n äöüéÀßÇñ"), maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(..."Мы хотЕли бы ёЙ «в» — Ελληνικός ΣΊΓΜΑΣ"), maxLength: 60 }),
  )
  .filter((one) => !one.includes("\0") && !younger.test(one));

test("strings of every script fold in the database as they do here", async () => {
  await fc.assert(fc.asyncProperty(fc.array(text, { minLength: 100, maxLength: 100 }), expectSame), { numRuns: 80 });
});

test("the text in which words are searched is folded without accents, and its letters beyond ASCII are listed", async () => {
  const latin = fc.string({
    unit: fc.constantFrom(..."aAzß äÖüÉèçÑşŁłźÿÝğİØőŮęćňÀÅîìÐþæœıŧ’‘“„–—‐…`\n\r\t\v\f -€´"),
    maxLength: 30,
  });
  const parts = fc.array(fc.oneof(text, latin), { minLength: 60, maxLength: 60 });
  const property = fc.asyncProperty(parts, async (all) => {
    const found = await queryRows<{ words: string; letters: string[] | null }>(
      Prisma.sql`
        select contact_words('Ada', 'ada@x.example', t.text, t.text) as words,
          contact_letters('Ada', 'ada@x.example', t.text, t.text) as letters
        from unnest(${all}::text[]) with ordinality t(text, position) order by position`,
    );
    for (const [index, one] of all.entries()) {
      const words = foldPlain(`Ada\u001fada@x.example\u001f${one}\u001f${one}`);
      const letters = new Set(words.replace(/\p{ASCII}+/gu, ""));
      expect({ one, words: found[index]?.words }).toEqual({ one, words });
      expect({ one, letters: new Set(found[index]?.letters) }).toEqual({ one, letters });
    }
  });
  await fc.assert(property, { numRuns: 60 });
});

test("the endless, the empty and what is not given never raise", async () => {
  const [row] = await queryRows<{ folded: number; empty: string; none: string | null }>(
    Prisma.sql`
      select octet_length(drop_accents(fold_text(repeat(U&'\\00C9. ', 2000000)))) as folded, fold_text('') as empty,
        fold_text(null) as none`,
    "analytics",
  );
  expect(row).toEqual({ folded: expect.any(Number), empty: "", none: null });
});
