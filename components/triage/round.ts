import type { TriageSheet, TriageStep } from "@/lib/triage/actions";
import type { Queue, QueuedContact } from "@/lib/triage/claims";
import { ahead as heldAhead, mostKept } from "@/lib/triage/queue";
import { type Entry, isDecided, isReturning } from "./entries";

/** A triage session's round through one frozen queue. The functions below get only its own entries as `entries`. */
export type Round = {
  queue: Queue;
  /** The contact on the screen; null at the end of the queue, and while the next contacts are loading. */
  current: QueuedContact | null;
  /** The position of the contact on the screen, or of the last one that was; 0 before the first. */
  position: number;
  /** The waiting contacts after it that the person has claimed, in the queue's order. */
  ahead: QueuedContact[];
  /** Every contact that has been on the screen, in the queue's order. */
  visited: QueuedContact[];
  /** The ids of the contacts last on the screen, the latest last. Their sheets are kept. */
  recent: string[];
  sheets: Record<string, TriageSheet>;
  /** The ids of contacts whose sheets are outdated or could not be loaded. */
  stale: string[];
  /** The names of others who are in triage now. */
  others: string[];
  /** Increases with every change to the question of what comes next. An answer to an older question is not final. */
  revision: number;
  /** The latest revision that was answered. */
  answered: number;
  /** Why the question could not be answered; null if it could. */
  failure: string | null;
  /** Whether the queue has no more contacts and the screen says so. */
  ended: boolean;
  /** When the current contact came onto the screen, in ms of the browser's clock. */
  shownAt: number;
};

/** A round before its first contacts arrive. */
export function startRound(queue: Queue): Round {
  return {
    queue,
    current: null,
    position: 0,
    ahead: [],
    visited: [],
    recent: [],
    sheets: {},
    stale: [],
    others: [],
    revision: 1,
    answered: 0,
    failure: null,
    ended: false,
    shownAt: 0,
  };
}

/** How many of the contacts last on the screen keep their sheets. Earlier ones are loaded again. */
const keptSheets = 30;

/** Whether a question is still unanswered. */
export function isAsking({ revision, answered, failure }: Round): boolean {
  return answered !== revision && failure === null;
}

/** The question to the desk: what comes next, from the contact on the screen on, and which contacts to keep claimed. */
export type Question = {
  queue: string;
  /** The position of the contact on the screen, or the one after the last that was. */
  position: number;
  /** Positions from there on whose contacts are decided. */
  except: number[];
  /**
   * The contacts that stay claimed in any case: the one on the screen, the ones that undo would reach next, and those
   * with an unconfirmed decision.
   */
  kept: string[];
  /** Contacts that need not be loaded. */
  loaded: string[];
};

/** The question that a round must ask. */
export function questionOf(round: Round, entries: Entry[]): Question {
  const { queue, current, ahead, visited, sheets, stale } = round;
  const position = current ? round.position : round.position + 1;
  const kept = listKept(round, entries);
  const near = [...new Set([...kept, ...ahead.slice(0, heldAhead + 1).map(({ id }) => id)])];
  return {
    queue: queue.id,
    position,
    except: visited
      .filter((queued) => queued.position >= position && isDecided(entries, queued.id))
      .map((queued) => queued.position),
    kept,
    loaded: near.filter((id) => sheets[id] && !stale.includes(id)),
  };
}

/**
 * The contacts to keep claimed: the one on the screen, and those with decisions that are not confirmed. On a slow desk
 * a person is ahead of what is stored, and a colleague must not get what they have decided. Also the next contacts that
 * undo would reach, as many as are held ahead.
 */
function listKept({ current }: Round, entries: Entry[]): string[] {
  const latest = entries.toReversed();
  const idsOf = (some: Entry[]) => some.map(({ queued }) => queued.id);
  const next = [...new Set(idsOf(latest.filter(({ undo }) => undo === "possible")))].slice(0, heldAhead);
  const unanswered = idsOf(latest.filter(({ fate }) => fate === "saving" || fate === "lost"));
  return [...new Set([...(current ? [current.id] : []), ...next, ...unanswered])].slice(0, mostKept);
}

/** The contacts before the current position that have been on the screen, in the queue's order. */
export function listPassed({ current, position, visited }: Round): QueuedContact[] {
  return visited.filter((queued) => (current ? queued.position < position : queued.position <= position));
}

/** Whether skipping leads anywhere: past the current contact, or, at the end, to a contact that was released since. */
export function canSkip({ current, ahead }: Round): boolean {
  return current !== null || ahead.length > 0;
}

/**
 * The round with a contact of its queue on the screen. On the way back, contacts that were passed wait again until the
 * desk says otherwise. So somebody who goes back and forth quickly does not miss them.
 */
export function show(round: Round, entries: Entry[], queued: QueuedContact, now: number): Round {
  if (round.current?.id === queued.id) return ask(round);
  const passed = round.visited.filter(
    ({ id, position }) => position <= round.position && round.sheets[id] && !isDecided(entries, id),
  );
  return ask({
    ...round,
    current: queued,
    position: queued.position,
    ahead: inOrder([...passed, ...round.ahead]).filter(({ position }) => position > queued.position),
    visited: inOrder([...round.visited, queued]),
    recent: [...round.recent.filter((id) => id !== queued.id), queued.id].slice(-keptSheets),
    ended: false,
    shownAt: now,
  });
}

/** Moves on to the next waiting contact. If none is held, nothing is shown until the desk answers. */
export function moveOn(round: Round, entries: Entry[], now: number): Round {
  const next = round.ahead.find(({ id }) => !isDecided(entries, id));
  return next ? show(round, entries, next, now) : ask({ ...round, current: null, ahead: [], shownAt: now });
}

/** The round without waiting contacts that turned out to be decided, because their undo failed. */
export function dropDecided(round: Round, entries: Entry[]): Round {
  return { ...round, ahead: round.ahead.filter(({ id }) => !isDecided(entries, id)) };
}

/** Lets a contact wait again if it comes after the current one, so that moving on at once does not miss it. */
export function waitAgain(round: Round, entries: Entry[], queued: QueuedContact): Round {
  const isLater = round.current !== null && queued.position > round.position;
  if (!isLater || !round.sheets[queued.id] || isDecided(entries, queued.id)) return round;
  return { ...round, ahead: inOrder([...round.ahead, queued]) };
}

/** The round with a new question to ask. */
export function ask(round: Round): Round {
  return { ...round, revision: round.revision + 1, failure: null };
}

/** The round without a deleted contact. */
export function letGo(round: Round, entries: Entry[], id: string, now: number): Round {
  const without = (contacts: QueuedContact[]) => contacts.filter((contact) => contact.id !== id);
  const left = { ...round, visited: without(round.visited), ahead: without(round.ahead) };
  return round.current?.id === id ? moveOn({ ...left, current: null }, entries, now) : left;
}

/** Marks a contact to be reloaded with the next question. Its old sheet is shown until then. */
export function outdate(round: Round, id: string): Round {
  if (!round.sheets[id]) return round;
  return ask({ ...round, stale: [...round.stale.filter((each) => each !== id), id] });
}

/** The round with a newer sheet of one contact; the contact on the screen stays. */
export function renew(round: Round, sheet: TriageSheet): Round {
  const { id } = sheet.loaded.contact;
  return round.sheets[id] ? { ...round, sheets: { ...round.sheets, [id]: sheet } } : round;
}

/**
 * The round with the answer to a question. The contact on the screen stays, whatever the answer says about it. The
 * answer to the latest question replaces what is ahead. An older answer only adds contacts after those already known.
 */
export function receive(round: Round, entries: Entry[], revision: number, step: TriageStep, now: number): Round {
  const latest = revision === round.revision;
  const sheets = { ...round.sheets };
  for (const sheet of step.sheets) sheets[sheet.loaded.contact.id] = sheet;
  const brought = step.sheets.map(({ loaded }) => loaded.contact.id);
  // The desk may not have contacts that are being undone back in the queue yet.
  const known = round.ahead.filter(({ id }) => !latest || isReturning(entries, id));
  const beyond = latest ? round.position : (known.at(-1)?.position ?? round.position);
  // A contact deleted between its claim and its loading has no sheet.
  const claims = step.claims.filter(({ id, position }) => position > beyond && sheets[id] && !isDecided(entries, id));
  const received: Round = {
    ...round,
    sheets,
    ahead: inOrder([...known, ...claims]),
    stale: latest ? round.stale.filter((id) => !brought.includes(id)) : round.stale,
    others: step.others,
    answered: Math.max(round.answered, revision),
    failure: null,
  };
  // The end stays on the screen until the person leaves it, so that nothing moves unexpectedly.
  if (received.current || received.ended) return forgetSheets(received, entries);
  // The contact that now comes onto the screen was in the answer, so no new question is needed.
  if (received.ahead.length > 0)
    return forgetSheets({ ...moveOn(received, entries, now), revision: round.revision }, entries);
  return { ...received, ended: latest };
}

/** Contacts in the queue's order, without repetition. */
function inOrder(contacts: QueuedContact[]): QueuedContact[] {
  return [...new Map(contacts.map((contact) => [contact.position, contact])).values()].sort(
    (a, b) => a.position - b.position,
  );
}

/** Keeps only the sheets of the contacts on the screen, held ahead or last on the screen, and of those kept claimed. */
function forgetSheets(round: Round, entries: Entry[]): Round {
  const kept = new Set([...listKept(round, entries), ...round.recent, ...round.ahead.map(({ id }) => id)]);
  return { ...round, sheets: Object.fromEntries(Object.entries(round.sheets).filter(([id]) => kept.has(id))) };
}
