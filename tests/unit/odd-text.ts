import fc from "fast-check";

/** Characters around which texts differ: letters, marks, blanks, invisible ones, and what emoji are made of. */
export const oddText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ..."aZ7 \t\n\u00a0\u0085\u2028\u200b\u200d\u200c\u2060\ufeff\u00ad\u0301\u0300éé\ufe0f❤👩💻‏\u2800\u3164",
    ),
    fc.constantFrom("\u{e0067}", "\u{e007f}", "🏴", "ന്", "می"),
    fc.string({ minLength: 1, maxLength: 1, unit: "binary" }),
  ),
  maxLength: 12,
});
