import { openStatuses } from "@/lib/contact/status";
import { type ContactFilter, hasConditions, withField } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";

/** Contacts that one queue holds at most: more than anybody decides in a day. */
export const queueLimit = 1_000;

/** Contacts loaded, and held for the person, beyond the one on the screen; and as many that are taken back next. */
export const ahead = 3;

/** Contacts that stay a person's besides, at most: more decisions than anybody makes before the first of them is answered. */
export const mostKept = 100;

/** Seconds for which a contact stays a person's without a sign of them. */
export const claimSeconds = 90;

/** Milliseconds between two such signs: a few may get lost. */
export const signEvery = 25_000;

/**
 * What triage goes through under a filter: open contacts, oldest waiting first, unless the filter says otherwise.
 * @param sorted whether the address names an order; newest first is what it has without a word
 */
export function toQueue(filter: ContactFilter, sorted: boolean): ContactFilter {
  const ordered: ContactFilter = sorted ? filter : { ...filter, sort: "timestamp" };
  return filter.fields.status ? ordered : withField(ordered, "status", { set: [...openStatuses] });
}

/** What triage leaves out of a filter that names no status: its contacts that are decided; null where it names some. */
export function toDecided(filter: ContactFilter): ContactFilter | null {
  return filter.fields.status ? null : withField(filter, "status", { mode: "none", set: [...openStatuses] });
}

/** Triage under a filter of the inbox, in its order. */
export function triageHref(filter: ContactFilter): string {
  if (!hasConditions(filter)) return "/triage";
  const params = printFilter(filter);
  // The address leaves newest first out, and triage without a word begins with the oldest.
  if (filter.sort === "-timestamp") params.append("sort", filter.sort);
  return `/triage?${params}`;
}
