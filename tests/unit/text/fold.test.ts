import fc from "fast-check";
import { expect, test } from "vitest";
import { foldPlain, foldText, isSameText, soughtIn } from "@/lib/text/fold";
import { foldWithPlaces } from "@/lib/text/fold-places";

test.each([
  ["ΓΙΩΡΓΟΣ", "γιωργος", "γιωργοσ"],
  ["İSTANBUL", "istanbul", "I\u0307stanbul"],
  ["300\u212a", "300k", "300K"],
  ["Straße", "STRASSE", "STRAẞE", "strasse"],
  ["O’Brien", "O'Brien", "O‘Brien", "OʼBrien", "O´Brien", "O`Brien", "o＇brien"],
  ["“quoted”", '"quoted"', "„quoted“", "«quoted»", "＂quoted＂", "″quoted″", "「quoted」"],
  ["a-b", "a‐b", "a‑b", "a–b", "a—b", "a−b", "a－b", "a﹣b"],
  ["Ａｃｍｅ ＬＬＣ", "acme llc"],
  ["oﬃce ﬁle", "office file"],
  ["ﾊﾟﾝ", "パン"],
  ["１２３", "①②③", "123"],
  ["José", "Jose\u0301", "JOSÉ"],
  ["한국", "한국".normalize("NFD")],
  ["zero\u200bwidth", "zero\u00adwidth", "\u2066zero\ufeffwidth\u2069", "zerowidth"],
  ["نمی\u200cخواهم", "نمیخواهم"],
  ["two words", "two\u00a0words", "two \t\r\n words", "two\u3000words", "two\u2028words", "two\u0085words"],
  ["ᾠδή", "ὠιδή", "ᾨΔΉ"],
])("%s is the same as %s", (one, ...others) => {
  for (const other of others) expect(foldText(other)).toBe(foldText(one));
});

test.each([
  ["ı", "i"],
  ["か", "が"],
  ["café", "cafe"],
  ["a_b", "a-b"],
  ["'", '"'],
  ["two words", "twowords"],
])("%s is not the same as %s", (one, other) => {
  expect(isSameText(one, other)).toBe(false);
});

test.each([
  ["Jose", "José"],
  ["Muller", "Müller"],
  ["Lodz", "ŁÓDŹ"],
  ["Sorensen", "Sørensen"],
  ["oeuvre", "Œuvre"],
  ["елка", "Ёлка"],
  ["γιωργος", "Γιώργος"],
  ["احمد", "أَحْمَد"],
  ["שלום", "שָׁלוֹם"],
  ["Nguyen", "Nguyễn"],
])("%s, typed without accents, finds %s", (typed, name) => {
  expect(foldPlain(typed)).toBe(foldPlain(name));
  expect(soughtIn(typed).within(`Mr ${name}, Ltd`)).toBe(true);
});

test("an accent that was typed counts, in either spelling", () => {
  const { within, atStart } = soughtIn(" jose\u0301 ");
  expect(within("Señor JOSÉ")).toBe(true);
  expect(within("Senor Jose")).toBe(false);
  expect(atStart("Jose\u0301 Luis")).toBe(true);
  expect(atStart("San José")).toBe(false);
});

test("piece by piece with its places a text folds as it does whole, and the places go forward", () => {
  const unit = fc.oneof(
    fc.constantFrom(..."aS \n'ßİΣςÉé\u0301\u0307\u0323\u0345\u200b\u00adﬁ´´¨\u3000"),
    fc.constantFrom(..."ﾊ\uff9e\u3099か한한ㄱㅏ\u115fᾴक़กำ🚀\ufe0f"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 25 }), (text) => {
      for (const [plain, whole] of [
        [false, foldText(text)],
        [true, foldPlain(text)],
      ] as const) {
        const { folded, starts, ends } = foldWithPlaces(text, plain);
        expect(folded).toBe(whole);
        expect([starts.length, ends.length]).toEqual([folded.length, folded.length]);
        expect(starts.toSorted((one, other) => one - other)).toEqual(starts);
        expect(ends.every((end, index) => end > (starts[index] ?? end) && end <= text.length)).toBe(true);
      }
    }),
    { numRuns: 5_000 },
  );
});
