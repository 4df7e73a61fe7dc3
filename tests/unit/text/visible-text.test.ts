import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breakLines, isBlank, markHidden, onOneLine, trimText } from "@/lib/text/visible-text";
import { oddText } from "./odd-text";

describe("what can be seen of a text", () => {
  it("is all that Unicode does not call a blank, a control or ignorable", () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      const isInvisible = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/u.test(character);
      if (isBlank(character) !== isInvisible) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ["  Zed\n", "Zed"],
    ["\u200bann@x.example\u00a0\ufeff", "ann@x.example"],
    ["ann@x.example\u200d\ufe0f", "ann@x.example"],
    ["a  b", "a  b"],
    ["❤\ufe0f ", "❤\ufe0f"],
    ["🏴\u{e0067}\u{e0062}\u{e007f}\u200b", "🏴\u{e0067}\u{e0062}\u{e007f}"],
    ["ന\u0d4d\u200d", "ന\u0d4d\u200d"],
    [" \u200b\u3164\u2800\u00ad\t", ""],
    ["", ""],
  ])("%j is trimmed to %j", (text, trimmed) => {
    expect(trimText(text)).toBe(trimmed);
    expect(isBlank(text)).toBe(trimmed === "");
  });

  it("is trimmed once and for all, and fast, however many blanks there are inside", () => {
    fc.assert(
      fc.property(oddText, (text) => {
        expect(text).toContain(trimText(text));
        expect(trimText(trimText(text))).toBe(trimText(text));
      }),
    );
    const long = `a${" \u200b".repeat(500_000)}`;
    const began = performance.now();
    expect([trimText(`${long}b`).length, trimText(long), isBlank(long.slice(1))]).toEqual([1_000_002, "a", true]);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

it("every kind of line end breaks the line, and is one blank on one line", () => {
  const lines = "a\r\nb\rc\u0085d\u2028e\u2029f\vg\fh\ni";
  expect(breakLines(lines).split("\n")).toEqual([..."abcdefghi"]);
  expect(onOneLine(` ${lines} \u0085`)).toBe("a b c d e f g h i");
  expect(breakLines("a\n\r\n\r\rb")).toBe("a\n\n\n\nb");
});

describe("the label of a stored value", () => {
  it.each([
    ["Web design", "Web design"],
    [" Zed\n", "␣Zed↵"],
    ["Web  design", "Web␣␣design"],
    ["Web\u00a0design", "Web‹NBSP›design"],
    ["Zed\u200b", "Zed‹ZWSP›"],
    ["Z\u0007ed", "Z‹U+0007›ed"],
    ["     ", "␣×5"],
    ["cafe\u0301", "cafe\u0301 ‹letters stored apart›"],
    ["می\u200cخواهم", "می\u200cخواهم"],
    ["👩\u200d💻 ❤\ufe0f", "👩\u200d💻 ❤\ufe0f"],
    ["Z\u200ded", "Z‹ZWJ›ed"],
  ])("%j is %j", (value, label) => {
    expect(markHidden(value)).toBe(label);
  });

  it("differs wherever two values differ only in what cannot be seen", () => {
    const letters = fc.string({
      unit: fc.constantFrom(..."Z e\n\t\u00a0\u200b\ufeff\u200d\u2060\u00ad"),
      maxLength: 6,
    });
    fc.assert(
      fc.property(letters, letters, (one, other) => {
        fc.pre(one !== other);
        const [label, otherLabel] = [one, other].map(markHidden);
        expect(label).not.toBe(otherLabel);
        // A browser shows a run of spaces as one, and none at the ends.
        expect(label?.trim().replace(/ +/g, " ")).toBe(label);
      }),
    );
  });
});
