import type { DayOfAsking } from "./days";

/**
 * Whom a filter is compiled for, and when. The same URL can select other contacts for another person, in another time
 * zone, or on another day. One request has one viewer, so everything that it asks is asked at the same moment.
 */
export type Viewer = DayOfAsking & {
  /** The person behind the request, whom `me` stands for. */
  staffId: string;
  /** The desk's time zone, an IANA name. The database cuts days in it. */
  timeZone: string;
  /** By the desk's response targets, as of this request. */
  overdue: OverdueLimits;
  /** The same for a response that is overdue or will be soon: three quarters of its target have passed. */
  dueSoon: OverdueLimits;
  /** The same as of the beginning and the end of the desk's day: what lies between them is due today. */
  dueToday: { before: OverdueLimits; by: OverdueLimits };
};

/**
 * For each service, the latest instant at which an overdue contact can have been sent; null if none is ever overdue.
 * Named services have their own limits. All others share one, and so do the contacts without a service.
 */
export type OverdueLimits = { services: { names: string[]; sent: Date | null }[]; otherwise: Date | null };

/** The limits of a desk without response targets. */
export const neverOverdue: OverdueLimits = { services: [], otherwise: null };

/** All limits of a desk without response targets. */
export const neverDue: Pick<Viewer, "overdue" | "dueSoon" | "dueToday"> = {
  overdue: neverOverdue,
  dueSoon: neverOverdue,
  dueToday: { before: neverOverdue, by: neverOverdue },
};
