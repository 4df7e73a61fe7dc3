import fc from "fast-check";

/** Any code point but a surrogate. fast-check's own "binary" unit takes seconds to set up. */
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800));

/** Characters around which texts differ: letters, marks, blanks, invisible ones, and what emoji are made of. */
export const oddText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."aZ7 \t\n\u00a0\u0085\u2028\u200b\u200d\u200c\u2060\ufeff\u00ad\u0301\u0300éé\ufe0f❤👩💻‏\u2800\u3164",
      ),
      fc.constantFrom("\u{e0067}", "\u{e007f}", "🏴", "ന്", "می"),
      anyCharacter,
    ),
    { maxLength: 12 },
  )
  .map((characters) => characters.join(""));
