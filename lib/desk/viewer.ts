import "server-only";
import type { Viewer } from "@/lib/filter/viewer";
import { getNow } from "@/lib/runtime/clock";
import type { Staff } from "@/lib/staff/staff";
import { findOverdueLimits } from "./response-targets";
import { getDeskSettings } from "./settings";

/** How the person of this request sees contacts: what every filter is compiled with. @throws DatabaseError */
export async function getViewer(staff: Pick<Staff, "id">): Promise<Viewer> {
  const settings = await getDeskSettings();
  return { staffId: staff.id, timeZone: settings.timeZone, overdue: findOverdueLimits(settings, getNow()) };
}
