import type { FieldKey } from "./fields";

/**
 * The values asked of one field, canonical, sorted and unique; "" means "not given".
 * A contact matches when it has any of `any` (if there are any), none of `none`, and all of `all`.
 * `all` is only for fields of which a contact has several values: `type` and `insight`.
 */
export type FieldValues = { any: string[]; none: string[]; all: string[] };

/** The orders a list can have; "-" turns one around. */
export const sorts = [
  "-timestamp",
  "timestamp",
  "best",
  "waiting",
  "-updated",
  "name",
  "-name",
  "company",
  "-company",
  "status",
  "-status",
  "documents",
  "-documents",
] as const;

export type Sort = (typeof sorts)[number];

/**
 * Which contacts, and in which order. A value: parsed from the URL, printed back to it, compiled to one SQL condition.
 */
export type ContactFilter = {
  /** As typed, trimmed; words.ts takes it apart. */
  words: string;
  /** Days of the desk's zone, both included, fixed or relative as days.ts has them. */
  from: string | null;
  to: string | null;
  fields: Partial<Record<FieldKey, FieldValues>>;
  sort: Sort;
};

/** Every contact, newest first. */
export const emptyFilter: ContactFilter = { words: "", from: null, to: null, fields: {}, sort: "-timestamp" };

/** Whether the filter leaves any contact out; the sort does not. */
export function hasConditions(filter: ContactFilter): boolean {
  return filter.words !== "" || filter.from !== null || filter.to !== null || Object.keys(filter.fields).length > 0;
}

/**
 * Whether the filter has at most one condition. One value and any of several are one condition; each excluded or "all
 * of" value, each of the two days, and the words are one each.
 */
export function asksOneThing({ words, from, to, fields }: ContactFilter): boolean {
  const asked = Object.values(fields).map(({ any, none, all }) => Math.min(any.length, 1) + none.length + all.length);
  const more = [words, from, to].filter(Boolean).length;
  return asked.reduce((sum, each) => sum + each, more) <= 1;
}

export type FieldChange = { mode?: keyof FieldValues; add?: string[]; remove?: string[]; set?: string[] };

/**
 * The filter with some values of one field added, removed or set; `mode` is "any" by default.
 * `set` replaces all the field had (`set: []` clears it). A value has only one mode, the latest.
 */
export function withField(filter: ContactFilter, key: FieldKey, change: FieldChange): ContactFilter {
  const mode = change.mode ?? "any";
  const old = filter.fields[key];
  const values: FieldValues = { any: [], none: [], all: [] };
  const added = change.set ?? change.add ?? [];
  if (old && !change.set) {
    for (const each of ["any", "none", "all"] as const) {
      values[each] = old[each].filter((value) => !added.includes(value));
    }
    values[mode] = values[mode].filter((value) => !change.remove?.includes(value));
  }
  values[mode] = sortedUnique([...values[mode], ...added]);
  const { [key]: _replaced, ...others } = filter.fields;
  const empty = values.any.length + values.none.length + values.all.length === 0;
  return { ...filter, fields: empty ? others : { ...others, [key]: values } };
}

/** The filter without its conditions on one field. A facet counts under this. */
export function withoutField(filter: ContactFilter, key: FieldKey): ContactFilter {
  return withField(filter, key, { set: [] });
}

/** The filter with other words, trimmed. */
export function withWords(filter: ContactFilter, words: string): ContactFilter {
  return { ...filter, words: words.trim() };
}

/** Values in the order in which they are kept and printed: by their UTF-16 units, which is the same everywhere. */
export function sortedUnique(values: string[]): string[] {
  return [...new Set(values)].sort();
}
