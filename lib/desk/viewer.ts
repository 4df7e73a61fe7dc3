import "server-only";
import type { Viewer } from "@/lib/filter/viewer";
import { getNow } from "@/lib/runtime/clock";
import type { Staff } from "@/lib/staff/staff";
import { findOverdueLimits } from "./response-targets";
import { getDeskSettings } from "./settings";

/** The viewer of this request, with which every filter is compiled. @throws DatabaseError */
export async function getViewer(staff: Pick<Staff, "id">): Promise<Viewer> {
  const settings = await getDeskSettings();
  return { staffId: staff.id, timeZone: settings.timeZone, overdue: findOverdueLimits(settings, getNow()) };
}
