import { isStorable } from "@/lib/database/values";
import { type FieldKey, fieldKeys, fields, type Named, parseFieldValue } from "../fields";
import type { ContactFilter, FieldValues } from "../filter";
import { parseRange } from "../ranges";
import { parseFilter, printFilter, printKey } from "../url";
import { type QueryTerm, type QueryValue, scanQuery } from "./scan";

/** Something in a query that cannot be understood: where it stands, what to say, and what would be right in its place. */
export type QueryProblem = { start: number; end: number; message: string; fix?: string };

/** A name that may stand before a colon, and the key of the URL it means. */
export type QueryName = { name: string; key: string; field: FieldKey | null; mode: keyof FieldValues };

/**
 * Reads the query bar's text: `status:new,in_review docs:>2 -service:"Cloud Architecture" from:2026-10-01 "exact words"`.
 * A key repeated, or several values with commas, is any of; `-key:` none of; `type.all:` all of; `key:none` and `key:""` are
 * not given. A bare value may be the label (`lang:german`, `status:in-review`), one in quotes is exactly what is stored; of
 * `people` the name will do (`assignee:"Milo Brandt"`), unless two have it.
 * Never throws. What is not understood is left out of the filter and reported: who must not widen a set refuses then.
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
      const read = readValue(name, value, people);
      const problem = value.closed ? findProblem(name.key, read, params) : "The quote is not closed.";
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
    const text = `${name.name}:${values.map((value) => printValue(name, value)).join(",")}`;
    const last = terms.at(-1);
    // Both days are one chip.
    if (key === "to" && last?.key === "from") last.text += ` ${text}`;
    else terms.push({ key: key === "to" ? "from" : key, text });
  }
  if (filter.words !== "") terms.push({ key: "q", text: printWords(filter.words) });
  return terms;
}

/** One value as it stands after a name's colon: bare where that reads as the same, else in quotes. */
export function printValue(name: QueryName, value: string): string {
  const bare = name.field === null ? value : value === "" ? "none" : printRangeText(name.field, value);
  const safe = bare !== "" && /^[^\s",][^\s,]*$/.test(bare);
  if (safe && readValue(name, { text: bare, quoted: false }) === value) return bare;
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** Every name that may stand before a colon; of those that mean the same the first is the one that is printed. */
export const queryNames: QueryName[] = [
  ...fieldKeys.flatMap((field) =>
    namesOf(field).flatMap((name) =>
      (["any", "none", "all"] as const)
        .filter((mode) => mode !== "all" || fields[field].several)
        .map((mode) => ({ name: printMode(name, mode), key: printKey(field, mode), field, mode })),
    ),
  ),
  ...(["from", "to", "sort"] as const).map((key) => ({ name: key, key, field: null, mode: "any" as const })),
  ...["words", "q"].map((name) => ({ name, key: "q", field: null, mode: "any" as const })),
];

function namesOf(field: FieldKey): string[] {
  return [...new Set([fields[field].word ?? field, field])];
}

function printMode(name: string, mode: keyof FieldValues): string {
  return mode === "none" ? `-${name}` : mode === "all" ? `${name}.all` : name;
}

/** The words as they are where they read as nothing else, or as `words:"…"`. */
function printWords(words: string): string {
  const [token, ...others] = scanQuery(words);
  const plain = token?.kind === "words" && others.length === 0 && token.start === 0 && token.end === words.length;
  return plain ? words : `words:"${words.replace(/["\\]/g, "\\$&")}"`;
}

/** What a term's name means, if anything. */
export function findQueryName({ exclude, name }: Pick<QueryTerm, "exclude" | "name">): QueryName | undefined {
  const typed = exclude ? `-${name}` : name;
  return queryNames.find((one) => one.name === typed);
}

function findName(term: QueryTerm): QueryName | QueryProblem {
  const found = findQueryName(term);
  if (found) return found;
  const { exclude, name, start, nameEnd } = term;
  if (exclude && queryNames.some((one) => one.name === name)) {
    return { start, end: nameEnd, message: `"${name}" cannot be left out.`, fix: `${name}:` };
  }
  const near = findNearest(name);
  if (near) {
    const fix = `${exclude && isField(near) ? "-" : ""}${near}:`;
    return { start, end: nameEnd, message: `There is no filter "${shorten(name)}". Did you mean ${fix}`, fix };
  }
  return { start, end: nameEnd, message: `There is no filter "${shorten(name)}". Put it in quotes to search for it.` };
}

const isField = (name: string) => queryNames.some((one) => one.name === name && one.field !== null);

const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function askForValue({ start }: QueryTerm, { name, field }: QueryName, { end }: QueryValue): QueryProblem {
  const none = field !== null && fields[field].notGiven ? `, or ${name}:none for those without` : "";
  return { start, end, message: `Say what after ${name}:${none}.` };
}

/** What a value stands for, as it would be in the URL; the URL's own reader judges it. */
function readValue(
  { field }: Pick<QueryName, "field">,
  { text, quoted }: Pick<QueryValue, "text" | "quoted">,
  people: readonly Named[] = [],
): string {
  if (field === null) return text;
  if (text === "none" && !quoted && fields[field].notGiven) return "";
  const ranged = fields[field].kind === "range" ? readRange(field, text) : text;
  const known = findKnown(field, text);
  // In quotes a value is exactly what is stored, unless nothing like it can be.
  if (known !== undefined && (!quoted || parseFieldValue(field, text) === null)) return known;
  if (field === "assignee") return findPerson(text, people) ?? text;
  return ranged;
}

/** The id of the one person of that name; nobody where several have it. */
function findPerson(name: string, people: readonly Named[]): string | undefined {
  const [found, ...others] = people.filter((one) => simplify(one.name.trim()) === simplify(name.trim()));
  return others.length === 0 ? found?.id : undefined;
}

/** A value that is known by its label or in another case: `German`, `in-review`, `Yes`. */
function findKnown(field: FieldKey, text: string): string | undefined {
  const { facet, known, labelOf, kind } = fields[field];
  if (kind === "range") return undefined;
  const values = known ?? (facet && "listed" in facet ? facet.listed : []);
  const wanted = simplify(text);
  const given = values.filter((value) => value !== "");
  return (
    given.find((value) => value === text) ??
    given.find((value) => [value, labelOf(value), answers[value] ?? value].map(simplify).includes(wanted))
  );
}

/** How people say what is so or not, whatever its label. */
const answers: Record<string, string> = { true: "yes", false: "no" };

/** A label or value as it compares with what is typed: case, spaces, "_" and "-" do not count. */
export function simplify(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, "-");
}

/** `>2`, `>=2`, `<5`, `<=5` as a range of ranges.ts, whose ends are included; anything else as it is. */
function readRange(field: FieldKey, text: string): string {
  const [, comparison = "", digits = ""] = /^([<>]=?)(\d{1,7}(?:\.\d{1,6})?)$/.exec(text) ?? [];
  const step = fields[field].step ?? 0;
  const end = Number(digits);
  if (comparison === ">=") return `${digits}-`;
  if (comparison === "<=") return `-${digits}`;
  if (comparison === ">") return `${round((Math.floor(end / step + 1e-3) + 1) * step)}-`;
  // Less than the least there can be is no range: it stays as it is, and is refused.
  if (comparison === "<" && end > 0) return `-${round((Math.ceil(end / step - 1e-3) - 1) * step)}`;
  return text;
}

const round = (size: number) => size.toFixed(6).replace(/\.?0+$/, "");

/** A canonical range as people write it, any other value as it is. */
function printRangeText(field: FieldKey, value: string): string {
  const { kind, step = 0 } = fields[field];
  const range = kind === "range" ? parseRange(value, Number.POSITIVE_INFINITY) : null;
  if (!range || range.least === range.most || (range.least !== null && range.most !== null)) return value;
  const { least, most } = range;
  const isFine = (end: string) => step < 1 && /\.\d{6}$/.test(end);
  if (least !== null) return isFine(least) ? `>${round(Number(least) - step)}` : `>=${least}`;
  return most !== null && isFine(most) ? `<${round(Number(most) + step)}` : `<=${most}`;
}

/** What the reader of URLs says against a value, if anything. */
function findProblem(key: string, value: string, before: URLSearchParams): string | undefined {
  // A URL cannot even carry it: half a character would arrive as another one.
  if (!isStorable(value)) return "It contains a character that cannot be stored.";
  if ((key === "from" || key === "to" || key === "sort") && before.has(key)) return `"${key}" can be given once.`;
  return parseFilter(new URLSearchParams([[key, value]])).problems[0]?.message;
}

/** The name that was probably meant: one that begins like it, or with few letters changed. */
function findNearest(typed: string): string | undefined {
  const names = [...new Set(queryNames.filter(({ mode }) => mode !== "none").map(({ name }) => name))];
  const started = typed.length > 1 ? names.find((name) => name.startsWith(typed)) : undefined;
  if (started) return started;
  const most = typed.length < 4 ? 1 : 2;
  const near = names.map((name) => ({ name, changes: countChanges(typed, name) }));
  return near.filter(({ changes }) => changes <= most).sort((one, other) => one.changes - other.changes)[0]?.name;
}

/** Letters to insert, drop, replace or swap with their neighbour to make one text of the other. */
function countChanges(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return Number.POSITIVE_INFINITY;
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + same,
        swapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}
