import type { ChangeEvent } from "@/components/change/store/change-events";
import type { Subject } from "@/components/change/store/changes";
import type { TriageSheet, TriageStep } from "@/lib/triage/actions";
import type { Queue, QueuedContact } from "@/lib/triage/claims";
import { addInsisted, type Entry, findUndoable, keepUndoable, withEntry } from "./entries";
import {
  ask,
  canSkip,
  dropDecided,
  letGo,
  listPassed,
  moveOn,
  outdate,
  type Round,
  receive,
  renew,
  show,
  startRound,
  waitAgain,
} from "./round";

/**
 * A triage session in this browser: its rounds through queues, and everything done on the way. "Look for more" starts
 * another round. It is a value: only an event turns it into the next one.
 */
export type TriageSession = {
  rounds: Round[];
  /** The round on the screen, from 0. */
  at: number;
  /** The changes that were made or are being undone; the latest is last. */
  entries: Entry[];
  /** Changes that were undone or never made. They can be made again elsewhere on the screen. */
  takenBack: Entry[];
  /** Why something was not undone. */
  notices: Notice[];
};

/** A message about a contact, with its name. The id is null if it is about none, because nothing was left to undo. */
export type Notice = { id: string | null; name: string; words: string };

/** An event in a triage session. `now` is in ms of the browser's clock. */
export type SessionEvent =
  /** The next queue has arrived, after "Look for more". */
  | { type: "began"; queue: Queue }
  /** The person goes on without deciding, or back to the previous contact. */
  | { type: "skip" | "back"; now: number }
  /** The person changes the contact on the screen. With an outcome it is a decision, and the next contact comes. */
  | { type: "act"; key: string; before: Subject; outcome: string | null; words: string; now: number }
  /** The person undoes their last change; `undoKey` is the key of the undo. */
  | { type: "undo"; undoKey: string; now: number }
  /** A change of one contact has been sent, from anywhere on the screen. */
  | { type: "sent"; key: string; before: Subject; words: string }
  | Exclude<ChangeEvent, { type: "sent" }>
  /** The desk's answer to the question of a revision. */
  | { type: "received"; queue: string; revision: number; step: TriageStep; now: number }
  | { type: "unanswered"; queue: string; revision: number; why: string }
  /** Ask again, because claims have expired or an answer failed. */
  | { type: "ask" }
  | { type: "renewed"; sheet: TriageSheet }
  | { type: "deleted"; id: string; now: number }
  | { type: "notices read" };

/** A session before its first contacts arrive. */
export function startSession(queue: Queue): TriageSession {
  return { rounds: [startRound(queue)], at: 0, entries: [], takenBack: [], notices: [] };
}

/** The round that is on the screen. */
export function roundOf({ rounds, at }: TriageSession): Round {
  const round = rounds[at];
  if (!round) throw new Error("A session has a round.");
  return round;
}

/** The entries of one round; by default, the one on the screen. */
export function entriesOf({ entries, at }: TriageSession, round = at): Entry[] {
  return entries.filter((entry) => entry.round === round);
}

/** The session after an event. */
export function advance(session: TriageSession, event: SessionEvent): TriageSession {
  switch (event.type) {
    case "began":
      return { ...session, rounds: [...session.rounds, startRound(event.queue)], at: session.rounds.length };
    case "skip":
      return canSkip(roundOf(session)) ? inRound(session, (round, done) => moveOn(round, done, event.now)) : session;
    case "back":
      return goBack(session, event.now);
    case "act":
      return act(session, event);
    case "undo":
      return undo(session, event.undoKey, event.now);
    case "received":
      return ofQueue(session, event.queue, (round, done) =>
        receive(round, done, event.revision, event.step, event.now),
      );
    case "unanswered":
      return ofQueue(session, event.queue, (round) =>
        event.revision === round.revision ? { ...round, failure: event.why } : round,
      );
    case "ask":
      return inRound(session, ask);
    case "renewed":
      return inRound(session, (round) => renew(round, event.sheet));
    case "deleted":
      return inRound(session, (round, done) => letGo(round, done, event.id, event.now));
    case "notices read":
      return { ...session, notices: [] };
    case "sent":
      return hearSent(session, event);
    case "undone":
      return hearUndone(session, event);
    default:
      return hear(session, event);
  }
}

type Step = (round: Round, entries: Entry[]) => Round;

/** The session after a step of one round; by default, the one on the screen. */
function inRound(session: TriageSession, step: Step, at = session.at): TriageSession {
  const rounds = session.rounds.map((round, index) => (index === at ? step(round, entriesOf(session, at)) : round));
  return { ...session, rounds };
}

/**
 * The same for the round through a given queue. If it is no longer on the screen when an answer comes, nothing changes.
 */
function ofQueue(session: TriageSession, queue: string, step: Step): TriageSession {
  const at = session.rounds.findIndex((round) => round.queue.id === queue);
  return at === session.at ? inRound(session, step, at) : session;
}

/** Reloads the previous contact too, so that decisions and notes made meanwhile are shown. */
function goBack(session: TriageSession, now: number): TriageSession {
  const last = listPassed(roundOf(session)).at(-1);
  if (!last) return session;
  return inRound(session, (round, done) => show(outdate(round, last.id), done, last, now));
}

/** Records a change, but only of the contact on the screen. */
function act(session: TriageSession, event: Extract<SessionEvent, { type: "act" }>): TriageSession {
  const { key, before, outcome, words, now } = event;
  const { current, shownAt } = roundOf(session);
  if (current?.id !== before.id) return session;
  const took = now - shownAt;
  const { name } = before;
  const acted = enter(session, {
    ...fresh,
    key,
    round: session.at,
    queued: current,
    name,
    before,
    outcome,
    words,
    took,
  });
  return outcome === null ? acted : inRound(acted, (round, done) => moveOn(round, done, now));
}

const fresh = { fate: "saving", why: "", undo: "possible", undoKey: null } as const;

/** The session with one more change. Earlier notices about the same contact are dropped. */
function enter(session: TriageSession, entry: Entry, entries = [...session.entries, entry]): TriageSession {
  const notices = session.notices.filter(({ id }) => id !== null && id !== entry.queued.id);
  return inRound({ ...session, entries, notices }, (round, done) => ask(dropDecided(round, done)), entry.round);
}

/** The session with an entry's contact to be reloaded, and the question of what comes next asked again. */
function reload(session: TriageSession, { round, queued }: Entry): TriageSession {
  return inRound(
    session,
    (each, done) => ask(outdate(waitAgain(dropDecided(each, done), done, queued), queued.id)),
    round,
  );
}

/**
 * Undoes the last change that can be undone, and nothing else; its contact comes onto the screen. A change that was
 * never made only has its contact shown. If nothing is left to undo, a notice says so.
 */
function undo(session: TriageSession, undoKey: string, now: number): TriageSession {
  const entry = findUndoable(session.entries);
  if (!entry) return tell(session, { id: null, name: "", words: "Nothing you did in this session is left to undo." });
  const { key, round, queued } = entry;
  const entries = withEntry(session.entries, key, { undo: "asked", undoKey: entry.undoKey ?? undoKey });
  const notices = session.notices.filter(({ id }) => id !== null && id !== queued.id);
  const asked = { ...session, at: round, entries, notices };
  const shown = inRound(asked, (each, done) => show(outdate(each, queued.id), done, queued, now));
  return entry.fate === "refused" ? hear(shown, { type: "nothing undone", batch: key, why: entry.why }) : shown;
}

/** The session with another notice, which replaces an earlier one about the same contact. */
function tell(session: TriageSession, notice: Notice): TriageSession {
  return { ...session, notices: [...session.notices.filter(({ id }) => id !== notice.id), notice].slice(-mostNotices) };
}

const mostNotices = 5;

type Fate = Exclude<ChangeEvent, { type: "sent" | "undone" }>;

/** Updates the entry whose change or undo has a new state. Changes made elsewhere are ignored. */
function hear(session: TriageSession, event: Fate): TriageSession {
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
      return tell(drop(session, entry), toNotice(entry, `was not ${entry.words}: ${event.why}`));
    case "not undone": {
      const kept = event.final ? put({ undo: "impossible" }).entries : keepUndoable(session.entries, key);
      return tell(reload({ ...session, entries: kept }, entry), toNotice(entry, `was not undone: ${event.why}`));
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
function hearSent(
  session: TriageSession,
  { key, before, words }: Extract<SessionEvent, { type: "sent" }>,
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
function hearUndone(session: TriageSession, event: Extract<ChangeEvent, { type: "undone" }>): TriageSession {
  const entry = session.entries.find(({ key }) => key === event.batch);
  if (entry) return drop(session, { ...entry, undoKey: event.key });
  const again = session.takenBack.findLast(({ undoKey }) => undoKey === event.batch);
  const [id, ...others] = event.ids;
  const queued = id !== undefined && others.length === 0 ? queuedOf(session, id) : undefined;
  if (!queued) return session;
  const name = roundOf(session).sheets[queued.id]?.loaded.contact.name ?? "";
  const words = "changed in its history";
  const redone = again ?? { round: session.at, queued, name, before: null, outcome: null, words, took: 0 };
  return enter(session, { ...redone, ...fresh, key: event.key, fate: "saved" });
}
