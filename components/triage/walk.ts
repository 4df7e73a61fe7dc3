import type { TriageSheet, TriageStep } from "@/lib/triage/actions";
import type { Claim, Queue } from "@/lib/triage/claims";
import { ahead as heldAhead, mostKept } from "@/lib/triage/queue";
import { type Entry, isDecided, isReturning } from "./entries";

/** A triage session's walk through one frozen queue. The functions below get only its own entries as `entries`. */
export type Walk = {
  queue: Queue;
  /** The contact on the screen; null at the end of the queue, and while the next contacts are loading. */
  current: Claim | null;
  /** The position of the contact on the screen, or of the last one that was; 0 before the first. */
  position: number;
  /** The waiting contacts after it that the person has claimed, in the queue's order. */
  ahead: Claim[];
  /** Every contact that has been on the screen, in the queue's order. */
  visited: Claim[];
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

/** A walk before its first contacts arrive. */
export function startWalk(queue: Queue): Walk {
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
export function isAsking({ revision, answered, failure }: Walk): boolean {
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

/** The question that a walk must ask. */
export function questionOf(walk: Walk, entries: Entry[]): Question {
  const { queue, current, ahead, visited, sheets, stale } = walk;
  const position = current ? walk.position : walk.position + 1;
  const kept = listKept(walk, entries);
  const near = [...new Set([...kept, ...ahead.slice(0, heldAhead + 1).map(({ id }) => id)])];
  return {
    queue: queue.id,
    position,
    except: visited
      .filter((place) => place.position >= position && isDecided(entries, place.id))
      .map((place) => place.position),
    kept,
    loaded: near.filter((id) => sheets[id] && !stale.includes(id)),
  };
}

/**
 * The contacts to keep claimed: the one on the screen, and those with decisions that are not confirmed. On a slow desk
 * a person is ahead of what is stored, and a colleague must not get what they have decided. Also the next contacts that
 * undo would reach, as many as are held ahead.
 */
function listKept({ current }: Walk, entries: Entry[]): string[] {
  const latest = entries.toReversed();
  const idsOf = (some: Entry[]) => some.map(({ place }) => place.id);
  const next = [...new Set(idsOf(latest.filter(({ undo }) => undo === "possible")))].slice(0, heldAhead);
  const unanswered = idsOf(latest.filter(({ fate }) => fate === "saving" || fate === "lost"));
  return [...new Set([...(current ? [current.id] : []), ...next, ...unanswered])].slice(0, mostKept);
}

/** The contacts before the current position that have been on the screen, in the queue's order. */
export function listPassed({ current, position, visited }: Walk): Claim[] {
  return visited.filter((place) => (current ? place.position < position : place.position <= position));
}

/** Whether skipping leads anywhere: past the current contact, or, at the end, to a contact that was released since. */
export function canSkip({ current, ahead }: Walk): boolean {
  return current !== null || ahead.length > 0;
}

/**
 * The walk with a contact of its queue on the screen. On the way back, contacts that were passed wait again until the
 * desk says otherwise. So somebody who goes back and forth quickly does not miss them.
 */
export function show(walk: Walk, entries: Entry[], place: Claim, now: number): Walk {
  if (walk.current?.id === place.id) return ask(walk);
  const passed = walk.visited.filter(
    ({ id, position }) => position <= walk.position && walk.sheets[id] && !isDecided(entries, id),
  );
  return ask({
    ...walk,
    current: place,
    position: place.position,
    ahead: inOrder([...passed, ...walk.ahead]).filter(({ position }) => position > place.position),
    visited: inOrder([...walk.visited, place]),
    recent: [...walk.recent.filter((id) => id !== place.id), place.id].slice(-keptSheets),
    ended: false,
    shownAt: now,
  });
}

/** Moves on to the next waiting contact. If none is held, nothing is shown until the desk answers. */
export function moveOn(walk: Walk, entries: Entry[], now: number): Walk {
  const next = walk.ahead.find(({ id }) => !isDecided(entries, id));
  return next ? show(walk, entries, next, now) : ask({ ...walk, current: null, ahead: [], shownAt: now });
}

/** The walk without waiting contacts that turned out to be decided, because their undo failed. */
export function dropDecided(walk: Walk, entries: Entry[]): Walk {
  return { ...walk, ahead: walk.ahead.filter(({ id }) => !isDecided(entries, id)) };
}

/** Lets a contact wait again if it comes after the current one, so that moving on at once does not miss it. */
export function waitAgain(walk: Walk, entries: Entry[], place: Claim): Walk {
  const isLater = walk.current !== null && place.position > walk.position;
  if (!isLater || !walk.sheets[place.id] || isDecided(entries, place.id)) return walk;
  return { ...walk, ahead: inOrder([...walk.ahead, place]) };
}

/** The walk with a new question to ask. */
export function ask(walk: Walk): Walk {
  return { ...walk, revision: walk.revision + 1, failure: null };
}

/** The walk without a deleted contact. */
export function letGo(walk: Walk, entries: Entry[], id: string, now: number): Walk {
  const without = (places: Claim[]) => places.filter((place) => place.id !== id);
  const left = { ...walk, visited: without(walk.visited), ahead: without(walk.ahead) };
  return walk.current?.id === id ? moveOn({ ...left, current: null }, entries, now) : left;
}

/** Marks a contact to be reloaded with the next question. Its old sheet is shown until then. */
export function outdate(walk: Walk, id: string): Walk {
  if (!walk.sheets[id]) return walk;
  return ask({ ...walk, stale: [...walk.stale.filter((each) => each !== id), id] });
}

/** The walk with a newer sheet of one contact; the contact on the screen stays. */
export function renew(walk: Walk, sheet: TriageSheet): Walk {
  const { id } = sheet.loaded.contact;
  return walk.sheets[id] ? { ...walk, sheets: { ...walk.sheets, [id]: sheet } } : walk;
}

/**
 * The walk with the answer to a question. The contact on the screen stays, whatever the answer says about it. The
 * answer to the latest question replaces what is ahead. An older answer only adds contacts after those already known.
 */
export function receive(walk: Walk, entries: Entry[], revision: number, step: TriageStep, now: number): Walk {
  const latest = revision === walk.revision;
  const sheets = { ...walk.sheets };
  for (const sheet of step.sheets) sheets[sheet.loaded.contact.id] = sheet;
  const brought = step.sheets.map(({ loaded }) => loaded.contact.id);
  // The desk may not have contacts that are being undone back in the queue yet.
  const known = walk.ahead.filter(({ id }) => !latest || isReturning(entries, id));
  const beyond = latest ? walk.position : (known.at(-1)?.position ?? walk.position);
  // A contact deleted between its claim and its loading has no sheet.
  const claims = step.claims.filter(({ id, position }) => position > beyond && sheets[id] && !isDecided(entries, id));
  const received: Walk = {
    ...walk,
    sheets,
    ahead: inOrder([...known, ...claims]),
    stale: latest ? walk.stale.filter((id) => !brought.includes(id)) : walk.stale,
    others: step.others,
    answered: Math.max(walk.answered, revision),
    failure: null,
  };
  // The end stays on the screen until the person leaves it, so that nothing moves unexpectedly.
  if (received.current || received.ended) return forgetSheets(received, entries);
  // The contact that now comes onto the screen was in the answer, so no new question is needed.
  if (received.ahead.length > 0)
    return forgetSheets({ ...moveOn(received, entries, now), revision: walk.revision }, entries);
  return { ...received, ended: latest };
}

/** Contacts in the queue's order, without repetition. */
function inOrder(places: Claim[]): Claim[] {
  return [...new Map(places.map((place) => [place.position, place])).values()].sort((a, b) => a.position - b.position);
}

/** Keeps only the sheets of the contacts on the screen, held ahead or last on the screen, and of those kept claimed. */
function forgetSheets(walk: Walk, entries: Entry[]): Walk {
  const kept = new Set([...listKept(walk, entries), ...walk.recent, ...walk.ahead.map(({ id }) => id)]);
  return { ...walk, sheets: Object.fromEntries(Object.entries(walk.sheets).filter(([id]) => kept.has(id))) };
}
