import { loadedSoon } from "@/components/ui/loaded-later";
import { type Assignments, applyChange } from "@/lib/change/assignments";
import { newKey } from "./queue/new-key";
import { enqueue } from "./queue/requests";
import { tellChange } from "./store/change-events";
import { asKnown, findKnown, getChanges, hideSaving, type Subject, showSaving } from "./store/changes";

/** Sending and reporting, whose code comes after the first paint. A change made before that waits for it in the queue. */
const loadSending = loadedSoon(() => import("./send-change"));

/** A contact, with the version that the person saw. */
type Seen = { id: string; version: number };

/**
 * Shows a change at once, saves it and reports the result. If saving fails, the old values are shown again. Gives the
 * ids that were not changed, each with the reason.
 * @param key the change's key: a change sent again under its key happens only once
 * @param sent the contacts of an earlier request under this key, to be sent again unchanged because it failed or its
 * answer was lost
 */
export function changeContacts(
  subjects: Subject[],
  change: Assignments,
  key = newKey(),
  sent?: Seen[],
): Promise<Map<string, string>> {
  const token = showSaving(subjects.map((subject) => ({ ...subject, ...applyChange(asKnownNow(subject), change) })));
  tellChange({ type: "sent", key, subjects, change });
  return enqueue(async () => {
    const { sendChange } = await loadSending();
    const again = (contacts: Seen[]) => void changeContacts(subjects, change, key, contacts);
    const reasons = await sendChange({ subjects, key, change, sent, again });
    hideSaving(subjects, token);
    return reasons;
  });
}

/** The subject with everything this browser knows of it, including changes still being saved. */
function asKnownNow(subject: Subject): Subject {
  return asKnown(subject, findKnown(getChanges(), subject.id, subject.version));
}
