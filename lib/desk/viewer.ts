import "server-only";
import type { Viewer } from "@/lib/filter/viewer";
import { getNow } from "@/lib/runtime/clock";
import type { Staff } from "@/lib/staff/staff";
import { findDueLimits } from "./response-targets";
import { getDeskSettings } from "./settings";
import { dayIn } from "./time";
import { findWeekStart } from "./week-start";

/**
 * The viewer of this request, with which every filter is compiled. Its moment is that of this call: a request calls it
 * once and passes it on. @throws DatabaseError
 */
export async function getViewer(staff: Pick<Staff, "id">): Promise<Viewer> {
  const settings = await getDeskSettings();
  const { timeZone, week } = settings;
  const now = getNow();
  return {
    staffId: staff.id,
    timeZone,
    today: dayIn(timeZone, now),
    weekStart: findWeekStart(week.map((hours) => hours !== null)),
    ...findDueLimits(settings, now),
  };
}
