import fc from "fast-check";
import { expect, test } from "vitest";
import { cutBefore, findMatches, findSought } from "@/lib/filter/matches";

const marked = (text: string, words: string) => {
  const matches = findMatches(text, findSought(words));
  return matches.reduceRight(
    (said, { start, end }) => `${said.slice(0, start)}[${said.slice(start, end)}]${said.slice(end)}`,
    text,
  );
};

test.each([
  ["Cloud and clouds", "cloud", "[Cloud] and [cloud]s"],
  ["mara@northlight.example", "LIGHT.ex", "mara@north[light.ex]ample"],
  ["We move to the cloud now", '"the cloud" move', "We [move] to [the cloud] now"],
  ["spam offer", "-spam offer", "spam [offer]"],
  ["aaaa", "aa", "[aaaa]"],
  ["abcabc", "ab bc", "[abcabc]"],
  ["100% a_b c\\d (x)", "% _ \\ (x)", "100[%] a[_]b c[\\]d [(x)]"],
  ["ΟΔΟΣ Ördög İstanbul Straße", "οδοσ ÖRDÖG stan STRASSE", "[ΟΔΟΣ] [Ördög] İ[stan]bul [Straße]"],
  ["İSTANBUL 300 \u212a", "istanbul 300k İ", "[İSTANBUL] 300 \u212a"],
  ["José, Jose\u0301 and Jose", "jose", "[José], [Jose\u0301] and [Jose]"],
  ["José, Jose\u0301 and Jose", "jose\u0301", "[José], [Jose\u0301] and Jose"],
  ["O’Brien — don´t", "o'brien don't", "[O’Brien] — [don´t]"],
  ["a well–known oﬃce", "well-known OFFICE", "a [well–known] [oﬃce]"],
  ["Straße", "s", "[S]tra[ß]e"],
  ["to the \r\n  cloud\u00a0now", '"the cloud now"', "to [the \r\n  cloud\u00a0now]"],
  ["ze\u200bro wi\u00addth", "zero WIDTH", "[ze\u200bro] [wi\u00addth]"],
  ["Ａｃｍｅ ﾊﾟﾝ한국", "acme パン 국", "[Ａｃｍｅ] [ﾊﾟﾝ]한[국]"],
  ["<b> “hi” </b>", "“hi", "<b> “[hi]” </b>"],
  ["300\u212a Izmir", "300k İzmİr", "[300\u212a] [Izmir]"],
  ["株式会社ミナト 🎉🎉", "ミナト 🎉", "株式会社[ミナト] [🎉🎉]"],
  ["<b>bold</b>", "<b>", "[<b>]bold</b>"],
  ["nothing", "absent", "nothing"],
])("in %s the search for %s marks %s", (text, words, expected) => {
  expect(marked(text, words)).toBe(expected);
});

test("an endless text of matches is marked up to a limit", () => {
  expect(findMatches("a b ".repeat(100_000), ["a", "b"]).length).toBeLessThanOrEqual(500);
});

test("what is marked is in order, apart from each other, and inside the text", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "A", "b", "ß", "İ", "é", "\u0301", "🎉", " ", "\n"),
    maxLength: 40,
  });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 4 }), (whole, sought) => {
      let last = -1;
      for (const { start, end } of findMatches(whole, sought)) {
        expect(start).toBeGreaterThan(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(whole.length);
        last = end;
      }
    }),
    { numRuns: 1_000 },
  );
});

test("a text begins shortly before its first match when that is far in", () => {
  const far = `${"word ".repeat(40)}the cloud account`;
  expect(cutBefore(far, ["cloud"])).toBe("… word word word word word the cloud account");
  expect(cutBefore(far, ["absent"])).toBe(far);
  expect(cutBefore("the cloud account", ["cloud"])).toBe("the cloud account");
  expect(cutBefore(`${"🎉".repeat(40)}山田`, ["山田"])).toBe("… 山田");
});
