import type { Viewer } from "@/lib/filter/viewer";

/** Who looks, in tests. Has no contacts but those that a test gives them. */
export const viewerId = "00000000-0000-4000-8000-000000000000";

/** The same person in a zone. */
export function viewerIn(timeZone: string): Viewer {
  return { staffId: viewerId, timeZone };
}
