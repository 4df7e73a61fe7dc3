import { describeDays } from "./days";
import type { Named } from "./field-kinds";
import { type FieldKey, fieldKeys, fields, inFacetOrder } from "./fields";
import { type ContactFilter, type FieldValues, withField } from "./filter";
import { printKey } from "./url";

/** One part of a filter in words, and the filter without it. `key` is its name in the URL. */
export type Chip = { key: string; label: string; text: string; without: ContactFilter };

/**
 * The filter in words, one chip per part: "Status: New or In review". The sort has no chip.
 * @param people those whom it may name
 */
export function describeFilter(filter: ContactFilter, people: readonly Named[] = []): Chip[] {
  const chips: Chip[] = [];
  if (filter.words !== "") {
    chips.push({ key: "q", label: "Words", text: filter.words, without: { ...filter, words: "" } });
  }
  if (filter.from || filter.to) {
    chips.push({
      key: "from",
      label: "Sent",
      text: describeDays(filter),
      without: { ...filter, from: null, to: null },
    });
  }
  for (const key of fieldKeys) {
    for (const mode of ["any", "none", "all"] as const) {
      const values = filter.fields[key]?.[mode] ?? [];
      if (values.length === 0) continue;
      const text = describeValues(key, inFacetOrder(key, values), mode, people);
      const without = withField(filter, key, { mode, remove: values });
      chips.push({ key: printKey(key, mode), label: fields[key].label, text, without });
    }
  }
  return chips;
}

function describeValues(key: FieldKey, values: string[], mode: keyof FieldValues, people: readonly Named[]): string {
  if (mode === "none" && values.length === 1 && values[0] === "") return "given";
  const labels = values.map((value) => fields[key].labelOf(value, people));
  const shown = labels.length > 4 ? [...labels.slice(0, 3), `${labels.length - 3} more`] : labels;
  if (mode === "all") return `all of ${shown.join(", ")}`;
  return mode === "none" ? `not ${shown.join(", ")}` : shown.join(", ");
}
