import type { ChangeEvent } from "@/components/change/store/change-events";
import type { Subject } from "@/components/change/store/changes";
import type { TriageSheet, TriageStep } from "@/lib/triage/actions";
import type { Queue } from "@/lib/triage/claims";
import { findUndoable, withEntry } from "./entries";
import { hear, hearSent, hearUndone } from "./heard-changes";
import { ask, canSkip, letGo, listPassed, moveOn, outdate, receive, renew, show, startRound } from "./round";
import { enter, fresh, inRound, roundOf, type Step, type TriageSession, tell } from "./session-value";
import { triageWords } from "./words";

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

/**
 * Undoes the last change that can be undone, and nothing else; its contact comes onto the screen. A change that was
 * never made only has its contact shown. If nothing is left to undo, a notice says so.
 */
function undo(session: TriageSession, undoKey: string, now: number): TriageSession {
  const entry = findUndoable(session.entries);
  if (!entry) return tell(session, { id: null, name: "", words: triageWords.nothingToUndo });
  const { key, round, queued } = entry;
  const entries = withEntry(session.entries, key, { undo: "asked", undoKey: entry.undoKey ?? undoKey });
  const notices = session.notices.filter(({ id }) => id !== null && id !== queued.id);
  const asked = { ...session, at: round, entries, notices };
  const shown = inRound(asked, (each, done) => show(outdate(each, queued.id), done, queued, now));
  return entry.fate === "refused" ? hear(shown, { type: "nothing undone", batch: key, why: entry.why }) : shown;
}
