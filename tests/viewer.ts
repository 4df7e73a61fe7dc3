import { neverDue, type OverdueLimits, type Viewer } from "@/lib/filter/viewer";

/** Who looks, in tests. Has no contacts but those that a test gives them. */
export const viewerId = "00000000-0000-4000-8000-000000000000";

/** One service whose limit is to the microsecond that of some contacts, one without a limit, and what holds for all others. */
export const overdueLimits: OverdueLimits = {
  services: [
    { names: ["Cloud Architecture", "Nothing of the kind"], sent: new Date("2026-11-21T23:00:00Z") },
    { names: ["Data %_\\ 'Engineering'"], sent: null },
  ],
  otherwise: new Date("2026-10-25T00:59:59.999Z"),
};

/** The day on which the limits of one service have a beginning and an end, and those of all others an end only. */
export const dueToday: Viewer["dueToday"] = {
  before: {
    services: [
      { names: ["Cloud Architecture", "Nothing of the kind"], sent: new Date("2026-11-21T22:59:59.999Z") },
      { names: ["Data %_\\ 'Engineering'"], sent: null },
    ],
    otherwise: null,
  },
  by: overdueLimits,
};

/** The same person in a zone, on a Sunday in a week that begins on Monday. */
export function viewerIn(timeZone: string): Viewer {
  return {
    ...{ staffId: viewerId, timeZone, today: "2026-11-22", weekStart: 1 },
    ...{ overdue: overdueLimits, dueSoon: overdueLimits, dueToday },
  };
}

/** A person of a desk without response targets, on that same day. */
export function viewerOf(staffId: string, timeZone = "UTC"): Viewer {
  return { ...viewerIn(timeZone), staffId, ...neverDue };
}
