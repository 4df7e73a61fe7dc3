import { expect, test } from "vitest";
import { foldPlain, foldText, isSameText, soughtIn } from "@/lib/text/fold";

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
