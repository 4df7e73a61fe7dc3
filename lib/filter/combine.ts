import { isFieldKey } from "./fields";
import { type ContactFilter, emptyFilter, type FieldValues, sortedUnique } from "./filter";

const modes = ["any", "none", "all"] as const;

/**
 * A filter with another one added. Values of a field join the old ones. Days and the order replace the old ones if they
 * are given, and the words always do. A value has the added filter's mode, so that excluding a selected value excludes
 * it.
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
