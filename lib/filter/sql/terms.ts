import { numberLimits } from "@/lib/contact/insight-limits";
import { type FieldKey, fieldKeys } from "../fields";
import type { ContactFilter, FieldValues } from "../filter";
import { parseRange } from "../ranges";

/**
 * A filter by the terms that sql/0500 makes of every contact, as a tsquery. All contacts that `asked` matches answer it, and
 * few others; the terms know nothing of `rest`. Both together are the filter.
 */
export type TermsOfFilter = { query: string; asked: ContactFilter; rest: ContactFilter };

/** Values of a field that are asked for by terms; more are not worth the length. */
const mostValues = 50;

/**
 * What a filter asks of the terms of its contacts; `also` is asked besides. Null where that is nothing, or only what they must
 * not have, for which the index would be read from end to end.
 */
export function termsOf(filter: ContactFilter, also: Partial<Record<FieldKey, string>> = {}): TermsOfFilter | null {
  const having: string[] = [];
  const lacking: string[] = [];
  const asked: ContactFilter["fields"] = {};
  const rest = { ...filter.fields };
  for (const key of fieldKeys) {
    const find = finders[key];
    const values = filter.fields[key];
    const more = also[key];
    if (find && more !== undefined) having.push(find(more).may ?? "");
    if (!find || !values || !isAskable(find, values)) continue;
    if (values.any.length > 0) having.push(values.any.map((value) => find(value).may).join(" | "));
    for (const value of values.all) having.push(find(value).may ?? "");
    for (const value of values.none) lacking.push(find(value).sure ?? "");
    asked[key] = values;
    delete rest[key];
  }
  if (having.length === 0) return null;
  return {
    query: [...having.map((text) => `(${text})`), ...lacking.map((text) => `!(${text})`)].join(" & "),
    asked: { ...filter, words: "", from: null, to: null, fields: asked },
    rest: { ...filter, fields: rest },
  };
}

function isAskable(find: Finder, { any, none, all }: FieldValues): boolean {
  const told =
    [...any, ...all].every((value) => find(value).may !== null) && none.every((value) => find(value).sure !== null);
  return told && any.length + none.length + all.length <= mostValues;
}

/**
 * How the terms tell a value. `may`: every contact with the value answers this. `sure`: only contacts with the value do, so
 * that it can be turned round. Null where nothing says so, and where too many others answer it for an index of its own.
 */
type Finder = (value: string) => { may: string | null; sure: string | null };

const finders: Partial<Record<FieldKey, Finder>> = {
  status: exactly("s:"),
  service: exactly("v:"),
  source: exactly("o:"),
  language: exactly("l:"),
  confidence: exactly("c:"),
  business: exactly("b:"),
  insights: (value) => (value === "malformed" ? { may: null, sure: null } : exactly("i:", " | 't*'")(value)),
  type: (value) => exactly(value === "" ? "t:" : "t:=", " | 't*'")(value),
  documents: findDocuments,
  complexity: findComplexity,
};

/** `otherwise`: terms of contacts about which no more is told. */
function exactly(prefix: string, otherwise = ""): Finder {
  return (value) => {
    const sure = quote(prefix + value);
    return { may: sure + otherwise, sure };
  };
}

/** Contacts have d:N for their number, and D:0 … D:N, both up to here. */
const mostDocuments = 10;

function findDocuments(value: string): ReturnType<Finder> {
  const range = parseRange(value, numberLimits.documents);
  if (!range) return { may: quote("d:"), sure: quote("d:") };
  const least = Math.floor(Number(range.least ?? 0));
  // Those with more are all alike to the terms; the index of the numbers has them apart.
  if (least >= mostDocuments) return { may: null, sure: null };
  const most = range.most === null ? mostDocuments : Math.floor(Number(range.most));
  if (least === most) return { may: quote(`d:${least}`), sure: null };
  const from = quote(`D:${least}`);
  if (most < mostDocuments) return { may: `${from} & !${quote(`D:${most + 1}`)}`, sure: null };
  const isWhole = range.most === null && Number(range.least ?? 0) === least;
  return { may: from, sure: isWhole ? from : null };
}

/** Contacts have x:N for the step of 0.02 they are in, 0 … 49, and X:0 … X:N for those of 0.1. */
function findComplexity(value: string): ReturnType<Finder> {
  const range = parseRange(value, numberLimits.complexity);
  if (!range) return { may: quote("x:"), sure: quote("x:") };
  // In millionths, which are whole: 0.58 * 50 is less than 29 in floating point.
  const stepOf = (bound: string) => Math.min(Math.floor(Math.round(Number(bound) * 1e6) / 20_000), 49);
  const least = stepOf(range.least ?? "0");
  const most = stepOf(range.most ?? "1");
  if (most - least < 5) {
    const steps = Array.from({ length: most - least + 1 }, (_none, index) => quote(`x:${least + index}`));
    return { may: steps.join(" | "), sure: null };
  }
  const from = quote(`X:${Math.floor(least / 5)}`);
  const beyond = Math.floor(most / 5) + 1;
  return { may: beyond > 9 ? from : `${from} & !${quote(`X:${beyond}`)}`, sure: null };
}

/** A term as tsquery reads it. */
function quote(term: string): string {
  return `'${term.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
