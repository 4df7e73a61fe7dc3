import { newKey } from "@/components/change/queue/new-key";
import { getChanges, updateChanges } from "@/components/change/store/changes";
import { staffWords } from "@/components/staff/words";
import { showFailure } from "@/components/ui/toast/action-toasts";
import { handOver } from "@/lib/change/actions";

/**
 * Assigns a person's contacts to somebody else, or to nobody if `to` is null. Its progress is shown on every page, with
 * undo. If it could not be started, it can be tried again.
 */
export async function handOverContacts(from: string, to: string | null, key = newKey()): Promise<void> {
  const again = { label: staffWords.tryAgain, act: () => handOverContacts(from, to, key) };
  try {
    const started = await handOver({ key, from, to });
    if (started?.ok) updateChanges({ bulks: [...getChanges().bulks, started.batch] });
    else if (started) showFailure(staffWords.notHandedOver(started.message), again);
  } catch {
    showFailure(staffWords.handOverUnanswered, again);
  }
}
