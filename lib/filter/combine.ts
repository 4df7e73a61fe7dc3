import { isFieldKey } from "./fields";
import { type ContactFilter, emptyFilter, type FieldValues, sortedUnique } from "./filter";

const modes = ["any", "none", "all"] as const;

/**
 * A filter with another added: values of a field join those it had, days and the order replace them where they are given,
 * and the words are the other's. A value is asked for as the other asks, so that leaving out what was asked for leaves it out.
 */
export function withFilter(filter: ContactFilter, added: ContactFilter): ContactFilter {
  const fields = { ...filter.fields };
  for (const [key, values] of Object.entries(added.fields)) {
    if (isFieldKey(key)) fields[key] = joinValues(fields[key], values);
  }
  return {
    words: added.words,
    from: added.from ?? filter.from,
    to: added.to ?? filter.to,
    fields,
    sort: added.sort === emptyFilter.sort ? filter.sort : added.sort,
  };
}

function joinValues(old: FieldValues | undefined, added: FieldValues): FieldValues {
  const asked = modes.flatMap((mode) => added[mode]);
  const join = (mode: keyof FieldValues) =>
    sortedUnique([...(old?.[mode] ?? []).filter((value) => !asked.includes(value)), ...added[mode]]);
  return { any: join("any"), none: join("none"), all: join("all") };
}
