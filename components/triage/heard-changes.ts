import type { ChangeEvent } from "@/components/change/store/change-events";
import type { Subject } from "@/components/change/store/changes";
import type { QueuedContact } from "@/lib/triage/claims";
import { addInsisted, type Entry, keepUndoable, withEntry } from "./entries";
import { enter, fresh, type Notice, reload, roundOf, type TriageSession, tell } from "./session-value";
import { triageWords } from "./words";

type Fate = Exclude<ChangeEvent, { type: "sent" | "undone" }>;

/** Updates the entry whose change or undo has a new state. Changes made elsewhere are ignored. */
export function hear(session: TriageSession, event: Fate): TriageSession {
  const key = "key" in event && event.type !== "undoing" ? event.key : "batch" in event ? event.batch : "";
  const entry = session.entries.find((each) => each.key === key);
  if (!entry) return session;
  const put = (change: Partial<Entry>) => ({ ...session, entries: withEntry(session.entries, key, change) });
  switch (event.type) {
    case "saved":
    case "lost":
      return put({ fate: event.type });
    case "refused":
      return reload(put({ fate: "refused", why: event.why }), entry);
    case "undoing":
      return put({ undo: "asked", undoKey: event.key });
    case "nothing undone":
      return tell(drop(session, entry), toNotice(entry, triageWords.notMade(entry.words, event.why)));
    case "not undone": {
      const kept = event.final ? put({ undo: "impossible" }).entries : keepUndoable(session.entries, key);
      return tell(reload({ ...session, entries: kept }, entry), toNotice(entry, triageWords.notUndone(event.why)));
    }
  }
}

function toNotice({ name, queued }: Entry, words: string): Notice {
  return { id: queued.id, name, words };
}

/** The session without an entry that no longer holds. Its contact waits in the queue again. */
function drop(session: TriageSession, entry: Entry): TriageSession {
  const entries = session.entries.filter(({ key }) => key !== entry.key);
  return reload({ ...session, entries, takenBack: [...session.takenBack, entry] }, entry);
}

/** A change made elsewhere on the screen than with a triage key, or one that is sent again. */
export function hearSent(
  session: TriageSession,
  { key, before, words }: { key: string; before: Subject; words: string },
): TriageSession {
  if (session.entries.some((entry) => entry.key === key))
    return { ...session, entries: withEntry(session.entries, key, { fate: "saving" }) };
  const again = session.takenBack.find((entry) => entry.key === key);
  const queued = again?.queued ?? queuedOf(session, before.id);
  if (!queued) return session;
  const { name } = before;
  const entry = again ?? { key, round: session.at, queued, name, before, outcome: null, words, took: 0 };
  const sent = { ...entry, ...fresh };
  return enter(session, sent, addInsisted(session.entries, sent));
}

/** A contact that has been on the screen in the current round. */
function queuedOf(session: TriageSession, id: string): QueuedContact | undefined {
  return roundOf(session).visited.find((queued) => queued.id === id);
}

/** A change was undone, by key or in the history. If it was itself an undo, the original change holds again. */
export function hearUndone(session: TriageSession, event: Extract<ChangeEvent, { type: "undone" }>): TriageSession {
  const entry = session.entries.find(({ key }) => key === event.batch);
  if (entry) return drop(session, { ...entry, undoKey: event.key });
  const again = session.takenBack.findLast(({ undoKey }) => undoKey === event.batch);
  const [id, ...others] = event.ids;
  const queued = id !== undefined && others.length === 0 ? queuedOf(session, id) : undefined;
  if (!queued) return session;
  const name = roundOf(session).sheets[queued.id]?.loaded.contact.name ?? "";
  const words = triageWords.changedInHistory;
  const redone = again ?? { round: session.at, queued, name, before: null, outcome: null, words, took: 0 };
  return enter(session, { ...redone, ...fresh, key: event.key, fate: "saved" });
}
