import type { Queue } from "@/lib/triage/claims";
import type { Entry } from "./entries";
import { ask, dropDecided, outdate, type Round, startRound, waitAgain } from "./round";

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

/** A step of a round, with the entries of that round. */
export type Step = (round: Round, entries: Entry[]) => Round;

/** The session after a step of one round; by default, the one on the screen. */
export function inRound(session: TriageSession, step: Step, at = session.at): TriageSession {
  const rounds = session.rounds.map((round, index) => (index === at ? step(round, entriesOf(session, at)) : round));
  return { ...session, rounds };
}

/** The state of a change that has just been sent. */
export const fresh = { fate: "saving", why: "", undo: "possible", undoKey: null } as const;

/** The session with one more change. Earlier notices about the same contact are dropped. */
export function enter(session: TriageSession, entry: Entry, entries = [...session.entries, entry]): TriageSession {
  const notices = session.notices.filter(({ id }) => id !== null && id !== entry.queued.id);
  return inRound({ ...session, entries, notices }, (round, done) => ask(dropDecided(round, done)), entry.round);
}

/** The session with an entry's contact to be reloaded, and the question of what comes next asked again. */
export function reload(session: TriageSession, { round, queued }: Entry): TriageSession {
  return inRound(
    session,
    (each, done) => ask(outdate(waitAgain(dropDecided(each, done), done, queued), queued.id)),
    round,
  );
}

/** The session with another notice, which replaces an earlier one about the same contact. */
export function tell(session: TriageSession, notice: Notice): TriageSession {
  return { ...session, notices: [...session.notices.filter(({ id }) => id !== notice.id), notice].slice(-mostNotices) };
}

const mostNotices = 5;
