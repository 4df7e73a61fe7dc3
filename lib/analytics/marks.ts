import { openStatuses } from "@/lib/contact/status";
import type { FieldKey } from "@/lib/filter/fields";
import { type ContactFilter, withField } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";
import type { DayRange, WrittenDays } from "./days";

/** What a mark of a chart stands for: the filter of the page, narrowed to exactly the contacts behind the mark. */

/** The filter on one day of the desk's calendar. */
export function onDay(filter: ContactFilter, day: string): ContactFilter {
  return { ...filter, from: day, to: day };
}

/** The filter over a range of days, fixed or as a filter writes them. */
export function within(filter: ContactFilter, { from, to }: DayRange | WrittenDays): ContactFilter {
  return { ...filter, from, to };
}

/**
 * The filter narrowed to one value of a field ("" = not given). What it excludes stays excluded; of the values it
 * allows, only this one is left.
 * The value must be one that contacts under the filter have: what was asked with "any of" holds for each of its values
 * alone.
 */
export function narrowTo(filter: ContactFilter, key: FieldKey, value: string): ContactFilter {
  const allowed = filter.fields[key]?.any ?? [];
  return withField(withField(filter, key, { remove: allowed }), key, { add: [value] });
}

/** The filter without some values of a field, for all that the charts do not show apart. */
export function withoutValues(filter: ContactFilter, key: FieldKey, values: string[]): ContactFilter {
  const allowed = filter.fields[key]?.any ?? [];
  if (allowed.length > 0) return withField(filter, key, { remove: values });
  return withField(filter, key, { mode: "none", add: values });
}

/** Contacts under the filter that wait for a first response, oldest first; null if the filter has no such status. */
export function waiting(filter: ContactFilter): ContactFilter | null {
  const { any = [], none = [] } = filter.fields.status ?? {};
  const left = openStatuses.filter((status) => (any.length === 0 || any.includes(status)) && !none.includes(status));
  if (left.length === 0) return null;
  const narrowed = withField(withField(filter, "status", { remove: any }), "status", { add: left });
  return { ...narrowed, sort: "timestamp" };
}

/** The analytics page under a filter; the days are part of it. */
export function analyticsHref(filter: ContactFilter): string {
  const params = printFilter({ ...filter, sort: "-timestamp" });
  return params.size > 0 ? `/analytics?${params}` : "/analytics";
}
