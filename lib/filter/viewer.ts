/** Who reads a filter. The same URL can be another set for another person, or in another zone. */
export type Viewer = {
  /** The person behind the request, whom `me` stands for. */
  staffId: string;
  /** The desk's, an IANA name: days are cut in it, by the database. */
  timeZone: string;
  /** By the desk's response targets, as of this request. */
  overdue: OverdueLimits;
};

/**
 * By service, the latest instant at which an overdue contact can have been sent; null where none is ever overdue. Named
 * services have limits of their own. All others share one, with the contacts without a service.
 */
export type OverdueLimits = { services: { names: string[]; sent: Date | null }[]; otherwise: Date | null };

/** The limits of a desk without response targets. */
export const neverOverdue: OverdueLimits = { services: [], otherwise: null };
