import { curlyQuotes } from "../words";

/**
 * The tokens of the query bar's text: `key:value` terms, and the words between them. Names and values are not looked up
 * yet.
 *
 * - A term starts the text or follows a space: `key:`, with a "-" before it to exclude, then values separated by
 *   commas.
 * - A value is bare, up to a space or comma, or in quotes. There `\"` is a quote, `\\` a backslash, and `\u{200B}` the
 *   character of that code point; any other `\` is itself. “Curly quotes” are quotes too, but within straight ones they
 *   stand for themselves.
 * - Everything else is words, split as words.ts does it: `10:30`, `https://…` and "status: quoted" are not terms.
 */
export type QueryToken = QueryTerm | { kind: "words"; start: number; end: number };

export type QueryTerm = {
  kind: "term";
  start: number;
  end: number;
  exclude: boolean;
  /** As it was typed, in lower case, without "-" and ":". */
  name: string;
  /** Where the name ends, its colon included. */
  nameEnd: number;
  values: QueryValue[];
};

export type QueryValue = { text: string; quoted: boolean; closed: boolean; start: number; end: number };

const termStart = /(-?)([a-z][a-z._-]*):(?!\/\/)/iy;
const quotedValue = new RegExp(
  String.raw`"((?:\\[\s\S]|[^"\\])*)("?)|[${curlyQuotes}]((?:\\[\s\S]|[^"${curlyQuotes}\\])*)(["${curlyQuotes}]?)`,
  "y",
);
const escaped = /\\(["\\])|\\u\{(0*(?:10|[0-9a-f])?[0-9a-f]{1,4})\}/gi;
/** The quote that a value in quotes begins with. */
export const openingQuote = new RegExp(`^["${curlyQuotes}]`);
const bareValue = /[^\s,]*/y;
const word = new RegExp(`-?(?:"[^"]*"?|[${curlyQuotes}][^"${curlyQuotes}]*["${curlyQuotes}]?)|\\S+`, "y");

/** The tokens of a text in their order; words that follow each other are one token, with the spaces between them. */
export function scanQuery(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  let afterSpace = true;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      afterSpace = true;
      continue;
    }
    const term = afterSpace ? readTerm(text, at) : null;
    if (term) tokens.push(term);
    else takeWord(tokens, at, matchAt(word, text, at)?.[0].length ?? 1);
    at = tokens.at(-1)?.end ?? text.length;
    afterSpace = false;
  }
  return tokens;
}

function takeWord(tokens: QueryToken[], start: number, length: number): void {
  const last = tokens.at(-1);
  if (last?.kind === "words") last.end = start + length;
  else tokens.push({ kind: "words", start, end: start + length });
}

function readTerm(text: string, start: number): QueryTerm | null {
  const head = matchAt(termStart, text, start);
  if (!head) return null;
  const nameEnd = start + head[0].length;
  const values: QueryValue[] = [];
  let at = nameEnd;
  for (;;) {
    const value = readValue(text, at);
    values.push(value);
    at = value.end;
    if (text.charAt(at) !== ",") break;
    at++;
  }
  return {
    kind: "term",
    start,
    end: at,
    exclude: head[1] === "-",
    name: head[2]?.toLowerCase() ?? "",
    nameEnd,
    values,
  };
}

function readValue(text: string, start: number): QueryValue {
  const quoted = matchAt(quotedValue, text, start);
  if (!quoted) {
    const bare = matchAt(bareValue, text, start)?.[0] ?? "";
    return { text: bare, quoted: false, closed: true, start, end: start + bare.length };
  }
  // What follows a closing quote without a space or comma belongs to the value: `"a"b` is ab.
  const end = start + quoted[0].length;
  const rest = matchAt(bareValue, text, end)?.[0] ?? "";
  const inside = (quoted[1] ?? quoted[3] ?? "").replace(escaped, (_whole, character?: string, code = "") => {
    return character ?? String.fromCodePoint(Number.parseInt(code, 16));
  });
  return { text: inside + rest, quoted: true, closed: (quoted[2] ?? quoted[4]) !== "", start, end: end + rest.length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
