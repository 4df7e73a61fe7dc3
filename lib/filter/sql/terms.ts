import "server-only";
import { type FieldKey, fieldKeys } from "../fields";
import type { ContactFilter, FieldValues } from "../filter";
import { fieldSql } from "./fields";
import type { FindTerms } from "./term-finders";

/**
 * A filter as a tsquery over the terms that sql/0500 makes of every contact. All contacts that `asked` matches also
 * match the query, and few others do. The terms know nothing of `rest`. `asked` and `rest` together are the filter.
 */
export type TermsOfFilter = { query: string; asked: ContactFilter; rest: ContactFilter };

/** The most values of one field that are put into the query; more would make it too long to be worth it. */
const mostValues = 50;

/**
 * The terms that a filter asks for, with those of the values in `also`. Null if there are none. Null too if all are
 * excluded ones, because the index would be read from end to end for them.
 */
export function termsOf(filter: ContactFilter, also: Partial<Record<FieldKey, string>> = {}): TermsOfFilter | null {
  const having: string[] = [];
  const lacking: string[] = [];
  const asked: ContactFilter["fields"] = {};
  const rest = { ...filter.fields };
  for (const key of fieldKeys) {
    const find = fieldSql[key].terms;
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

function isAskable(find: FindTerms, { any, none, all }: FieldValues): boolean {
  const told =
    [...any, ...all].every((value) => find(value).may !== null) && none.every((value) => find(value).sure !== null);
  return told && any.length + none.length + all.length <= mostValues;
}
