import { openStatuses } from "@/lib/contact/status";
import { type ContactFilter, hasConditions, withField } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";

/** Contacts that one queue holds at most: more than anybody decides in a day. */
export const queueLimit = 1_000;

/**
 * Contacts that are loaded and claimed beyond the one on the screen; also how many decided ones stay claimed for undo.
 */
export const ahead = 3;

/**
 * The most contacts that stay claimed besides: more than anybody decides before the server has answered the first
 * decision.
 */
export const mostKept = 100;

/** Seconds after which a claim expires without a heartbeat. */
export const claimSeconds = 90;

/** Milliseconds between two heartbeats, so that a few may get lost. */
export const signEvery = 25_000;

/**
 * What triage goes through under a filter: open contacts, oldest first, unless the filter says otherwise.
 * @param sorted whether the address names an order; without one the filter has newest first
 */
export function toQueue(filter: ContactFilter, sorted: boolean): ContactFilter {
  const ordered: ContactFilter = sorted ? filter : { ...filter, sort: "timestamp" };
  return filter.fields.status ? ordered : withField(ordered, "status", { set: [...openStatuses] });
}

/**
 * The contacts that triage leaves out of a filter because they are decided; null if the filter names a status itself.
 */
export function toDecided(filter: ContactFilter): ContactFilter | null {
  return filter.fields.status ? null : withField(filter, "status", { mode: "none", set: [...openStatuses] });
}

/** The address of triage under a filter of the inbox, in its order. */
export function triageHref(filter: ContactFilter): string {
  if (!hasConditions(filter)) return "/triage";
  const params = printFilter(filter);
  // printFilter leaves out the order newest first, but triage without an order begins with the oldest.
  if (filter.sort === "-timestamp") params.append("sort", filter.sort);
  return `/triage?${params}`;
}
