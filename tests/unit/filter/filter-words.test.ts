import { expect, test } from "vitest";
import { parseWords } from "@/lib/filter/words";

test.each([
  [
    "cloud migration",
    [
      ["cloud", false],
      ["migration", false],
    ],
  ],
  ['"cloud migration"', [["cloud migration", false]]],
  ["-spam", [["spam", true]]],
  [
    '-"buy now" offer',
    [
      ["buy now", true],
      ["offer", false],
    ],
  ],
  ['"never closed', [["never closed", false]]],
  [
    "“buy now” -„sehr gut“ ＂wide",
    [
      ["buy now", false],
      ["sehr gut", true],
      ["wide", false],
    ],
  ],
  ['"he said “hi” twice"', [["he said “hi” twice", false]]],
  ["\u200b \u00ad -\u00ad", []],
  ["-", [["-", false]]],
  ["--x", [["-x", true]]],
  ["e-mail", [["e-mail", false]]],
  [
    "100% a_b c\\d",
    [
      ["100%", false],
      ["a_b", false],
      ["c\\d", false],
    ],
  ],
  ['"" "  " -""', []],
  ["  ", []],
  [
    "山田\u3000太郎",
    [
      ["山田", false],
      ["太郎", false],
    ],
  ],
])("%s", (words, expected) => {
  expect(parseWords(words).map(({ text, exclude }) => [text, exclude])).toEqual(expected);
});
