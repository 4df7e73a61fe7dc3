import type { Viewer } from "@/lib/filter/viewer";

/** Somebody who has no contacts, in a zone. */
export function viewerIn(timeZone: string): Viewer {
  return { staffId: "00000000-0000-4000-8000-000000000000", timeZone };
}
