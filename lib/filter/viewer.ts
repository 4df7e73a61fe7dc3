/** Whose eyes a filter is read with: the same URL is another set for another person, or in another zone. */
export type Viewer = {
  /** The person behind the request, whom `me` stands for. */
  staffId: string;
  /** The desk's, an IANA name: days are cut in it, by the database. */
  timeZone: string;
  /** By the desk's response targets, as of this request. */
  overdue: OverdueLimits;
};

/**
 * The latest instants at which a contact can have been sent to be overdue now, by service; null where none ever is.
 * The services that are named have limits of their own, all others, and contacts without a service, share one.
 */
export type OverdueLimits = { services: { names: string[]; sent: Date | null }[]; otherwise: Date | null };

/** The limits of a desk without response targets. */
export const neverOverdue: OverdueLimits = { services: [], otherwise: null };
