import { type Desk, nameIn } from "@/components/desk/desk";
import { describeSteps } from "@/lib/change/words";
import { describeHistory } from "@/lib/contact/history";
import type { LiveChange } from "@/lib/live/news";

/** A change as a sentence in two parts: "Tomo Sato", "set New → Closed". */
export function describeLiveChange(change: LiveChange, desk: Desk): { who: string; what: string } {
  const staffName = change.actorId === null ? null : nameIn(desk, change.actorId);
  const { who, what } = describeHistory({ ...change, staffName, undo: false });
  const reader = { nameOf: (id: string) => nameIn(desk, id), zone: desk.zone, now: new Date() };
  return { who, what: change.steps.length > 0 ? describeSteps(change.steps, reader) : what };
}
