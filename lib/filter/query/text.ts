import { isStorable } from "@/lib/database/values";
import type { Named } from "../field-kinds";
import { fields } from "../fields";
import type { ContactFilter } from "../filter";
import { parseFilter, printFilter } from "../url";
import { findNearest, findQueryName, isFieldName, type QueryName, queryNames } from "./names";
import { type QueryTerm, type QueryValue, scanQuery } from "./scan";
import { printQueryValue, readQueryValue } from "./values";

/** A part of a query that is not understood: where it is, the message, and a text to replace it with. */
export type QueryProblem = { start: number; end: number; message: string; fix?: string };

/**
 * Reads the query bar's text, such as `status:new,in_review docs:>2 -service:"Cloud Architecture" from:2026-10-01
 * "exact words"`.
 * A key repeated, or several values with commas, is any of; `-key:` is none of; `type.all:` is all of. `key:none` and
 * `key:""` are "not given". A bare value may be a label (`lang:german`, `status:in-review`); one in quotes is exactly
 * what is stored. `people` may be called by name (`assignee:"Milo Brandt"`), unless two have the same.
 * Never throws. What is not understood is left out of the filter and reported, so that callers that must not widen a
 * set can refuse it.
 * `parseQueryText(printQueryText(filter))` gives the filter back.
 */
export function parseQueryText(
  text: string,
  people: readonly Named[] = [],
): { filter: ContactFilter; problems: QueryProblem[] } {
  const problems: QueryProblem[] = [];
  const params = new URLSearchParams();
  const words: string[] = [];
  const wordsAt = { start: text.length, end: 0 };
  const takeWords = (found: string, start: number, end: number) => {
    words.push(found);
    wordsAt.start = Math.min(wordsAt.start, start);
    wordsAt.end = Math.max(wordsAt.end, end);
  };
  for (const token of scanQuery(text)) {
    if (token.kind === "words") {
      takeWords(text.slice(token.start, token.end), token.start, token.end);
      continue;
    }
    const name = findName(token);
    if (!("key" in name)) {
      problems.push(name);
      continue;
    }
    for (const value of token.values) {
      const read = readQueryValue(name, value, people);
      const problem = value.closed ? findProblem(name.key, read, params) : "needs a closing quote.";
      if (!value.quoted && value.text === "") problems.push(askForValue(token, name, value));
      else if (problem) problems.push({ start: value.start, end: value.end, message: problem });
      else if (name.key === "q") takeWords(read, value.start, value.end);
      else params.append(name.key, read);
    }
  }
  if (words.length > 0) {
    const message = findProblem("q", words.join(" "), params);
    if (message) problems.push({ ...wordsAt, message });
    else params.append("q", words.join(" "));
  }
  const { filter, problems: others } = parseFilter(params);
  problems.push(...others.map(({ message }) => ({ start: 0, end: text.length, message })));
  return { filter, problems: problems.sort((one, other) => one.start - other.start) };
}

/** A filter as the query bar's text, in one order, defaults omitted; words last. */
export function printQueryText(filter: ContactFilter): string {
  return printQueryTerms(filter)
    .map(({ text }) => text)
    .join(" ");
}

/** The parts of a filter's text, each under the key of its chip. */
export function printQueryTerms(filter: ContactFilter): { key: string; text: string }[] {
  const grouped = new Map<string, string[]>();
  for (const [key, value] of printFilter({ ...filter, words: "" })) {
    grouped.set(key, [...(grouped.get(key) ?? []), value]);
  }
  const terms: { key: string; text: string }[] = [];
  for (const [key, values] of grouped) {
    const name = queryNames.find((one) => one.key === key);
    if (!name) continue;
    const text = `${name.name}:${values.map((value) => printQueryValue(name, value)).join(",")}`;
    const last = terms.at(-1);
    // Both days are one chip.
    if (key === "to" && last?.key === "from") last.text += ` ${text}`;
    else terms.push({ key: key === "to" ? "from" : key, text });
  }
  if (filter.words !== "") terms.push({ key: "q", text: printWords(filter.words) });
  return terms;
}

/** The words as they are if they parse as nothing else; otherwise as `words:"…"`. */
function printWords(words: string): string {
  const [token, ...others] = scanQuery(words);
  const plain = token?.kind === "words" && others.length === 0 && token.start === 0 && token.end === words.length;
  return plain ? words : `words:"${words.replace(/["\\]/g, "\\$&")}"`;
}

function findName(term: QueryTerm): QueryName | QueryProblem {
  const found = findQueryName(term);
  if (found) return found;
  const { exclude, name, start, nameEnd } = term;
  if (exclude && queryNames.some((one) => one.name === name)) {
    return { start, end: nameEnd, message: `"${name}" can't be excluded.`, fix: `${name}:` };
  }
  const near = findNearest(name);
  if (near) {
    const fix = `${exclude && isFieldName(near) ? "-" : ""}${near}:`;
    return { start, end: nameEnd, message: `There is no filter "${shorten(name)}". Did you mean ${fix}?`, fix };
  }
  return { start, end: nameEnd, message: `There is no filter "${shorten(name)}". Put it in quotes to search for it.` };
}

const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function askForValue({ start }: QueryTerm, { name, field }: QueryName, { end }: QueryValue): QueryProblem {
  return { start, end, message: `needs ${describeNeed(name, field)}.` };
}

/** What to type after a name: "a number or a range, such as docs:>2", "a value, such as status:new". */
function describeNeed(name: string, field: QueryName["field"]): string {
  if (name === "words" || name === "q") return `words, such as ${name}:offer`;
  if (field === null) return name === "sort" ? `an order, such as ${name}:name` : `a day, such as ${name}:2026-11-22`;
  const { kind, example, notGiven } = fields[field];
  const what = kind === "range" ? "a number or a range" : "a value";
  const such = example ? `, such as ${name}:${example}` : "";
  return kind !== "range" && notGiven ? `${what}${such}, or ${name}:none for contacts without one` : `${what}${such}`;
}

/** What the URL parser has against a value, if anything. */
function findProblem(key: string, value: string, before: URLSearchParams): string | undefined {
  // A URL cannot even carry it: half a character would arrive as another one.
  if (!isStorable(value)) return "It contains a character that can't be stored.";
  if ((key === "from" || key === "to" || key === "sort") && before.has(key)) return `"${key}" can only be used once.`;
  return parseFilter(new URLSearchParams([[key, value]])).problems[0]?.message;
}
