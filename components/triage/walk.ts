import type { TriageSheet, TriageStep } from "@/lib/triage/actions";
import type { Claim, Queue } from "@/lib/triage/claims";
import { ahead as heldAhead, mostKept } from "@/lib/triage/queue";
import { type Entry, isDecided, isReturning } from "./entries";

/** The walk of a triage session through one frozen queue. `entries` is always what was done in it. */
export type Walk = {
  queue: Queue;
  /** What is on the screen; null at the end of the queue, and while the next contacts are on their way. */
  current: Claim | null;
  /** The position of what is on the screen, or was there last; 0 before the first. */
  position: number;
  /** The contacts behind it that wait and are the person's, in the queue's order. */
  ahead: Claim[];
  /** Every contact that has been on the screen, in the queue's order. */
  visited: Claim[];
  /** Ids of the contacts that were on the screen last, the latest last. Their sheets are kept. */
  recent: string[];
  sheets: Record<string, TriageSheet>;
  /** Ids of contacts whose sheets are out of date, or that could not be loaded. */
  stale: string[];
  /** Names of others who are in triage now. */
  others: string[];
  /** Counts what changes the question of what comes next; an answer to an older question is not the last word. */
  revision: number;
  /** The latest revision that was answered. */
  answered: number;
  /** Why the question could not be answered; null while it can. */
  failure: string | null;
  /** The queue had no more contacts, and that is on the screen. */
  ended: boolean;
  /** When the current contact came onto the screen, in ms of the browser's clock. */
  shownAt: number;
};

/** A walk before its first contacts have come. */
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

/** Contacts that were on the screen last whose sheets are kept. What was there before is loaded again. */
const keptSheets = 30;

/** Whether there is a question that has not been answered. */
export function isAsking({ revision, answered, failure }: Walk): boolean {
  return answered !== revision && failure === null;
}

/** What the desk is asked: what comes from the contact on the screen on, and what is held besides. */
export type Question = {
  queue: string;
  /** Of the contact on the screen, or after the last that was. */
  position: number;
  /** Positions from there on of contacts that are decided. */
  except: number[];
  /**
   * The contact on the screen, those that are taken back next, and those whose decisions the desk may not have yet: they are the
   * person's whatever has become of them.
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
 * The contact on the screen, as many of those that are taken back next as are held ahead, and those whose decisions have not been
 * answered: on a slow desk a person is further than what is written, and a colleague must not get what they have decided.
 */
function listKept({ current }: Walk, entries: Entry[]): string[] {
  const latest = entries.toReversed();
  const idsOf = (some: Entry[]) => some.map(({ place }) => place.id);
  const next = [...new Set(idsOf(latest.filter(({ undo }) => undo === "possible")))].slice(0, heldAhead);
  const unanswered = idsOf(latest.filter(({ fate }) => fate === "saving" || fate === "lost"));
  return [...new Set([...(current ? [current.id] : []), ...next, ...unanswered])].slice(0, mostKept);
}

/** The contacts before the one on the screen that were on it, in the queue's order. */
export function listPassed({ current, position, visited }: Walk): Claim[] {
  return visited.filter((place) => (current ? place.position < position : place.position <= position));
}

/** Whether there is something to go on from, or, at the end, to go on to: somebody may have given a contact up since. */
export function canSkip({ current, ahead }: Walk): boolean {
  return current !== null || ahead.length > 0;
}

/**
 * The walk with a contact of its queue on the screen. On the way back, what was passed over waits again until the desk says
 * otherwise: whoever goes back and on at once must not miss it.
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

/** On to the next contact that waits; where none is held, to nothing until the desk has answered. */
export function moveOn(walk: Walk, entries: Entry[], now: number): Walk {
  const next = walk.ahead.find(({ id }) => !isDecided(entries, id));
  return next ? show(walk, entries, next, now) : ask({ ...walk, current: null, ahead: [], shownAt: now });
}

/** The walk without what is decided after all ahead: it could not be taken back. */
export function dropDecided(walk: Walk, entries: Entry[]): Walk {
  return { ...walk, ahead: walk.ahead.filter(({ id }) => !isDecided(entries, id)) };
}

/** The walk with a contact that waits again, where it comes after the one on the screen: whoever goes on at once must not miss it. */
export function waitAgain(walk: Walk, entries: Entry[], place: Claim): Walk {
  const isLater = walk.current !== null && place.position > walk.position;
  if (!isLater || !walk.sheets[place.id] || isDecided(entries, place.id)) return walk;
  return { ...walk, ahead: inOrder([...walk.ahead, place]) };
}

/** The walk with a question to be asked. */
export function ask(walk: Walk): Walk {
  return { ...walk, revision: walk.revision + 1, failure: null };
}

/** The walk without a contact that is gone: no way leads to it any more. */
export function letGo(walk: Walk, entries: Entry[], id: string, now: number): Walk {
  const without = (places: Claim[]) => places.filter((place) => place.id !== id);
  const left = { ...walk, visited: without(walk.visited), ahead: without(walk.ahead) };
  return walk.current?.id === id ? moveOn({ ...left, current: null }, entries, now) : left;
}

/** The walk with a contact to be loaded again the next time it is asked. What is shown of it stays until then. */
export function outdate(walk: Walk, id: string): Walk {
  if (!walk.sheets[id]) return walk;
  return ask({ ...walk, stale: [...walk.stale.filter((each) => each !== id), id] });
}

/** The walk with one of its contacts as it is now: what is on the screen stays there. */
export function renew(walk: Walk, sheet: TriageSheet): Walk {
  const { id } = sheet.loaded.contact;
  return walk.sheets[id] ? { ...walk, sheets: { ...walk.sheets, [id]: sheet } } : walk;
}

/**
 * The walk with what a step brought. What is on the screen stays there, whatever the step says of it. The answer to the latest
 * question says what is ahead; an older one only what comes after all that is known.
 */
export function receive(walk: Walk, entries: Entry[], revision: number, step: TriageStep, now: number): Walk {
  const latest = revision === walk.revision;
  const sheets = { ...walk.sheets };
  for (const sheet of step.sheets) sheets[sheet.loaded.contact.id] = sheet;
  const brought = step.sheets.map(({ loaded }) => loaded.contact.id);
  // What is being taken back the desk may not have in the queue again yet.
  const known = walk.ahead.filter(({ id }) => !latest || isReturning(entries, id));
  const beyond = latest ? walk.position : (known.at(-1)?.position ?? walk.position);
  // A contact that was deleted between its claim and its loading has nothing to show.
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
  // The end stays on the screen until the person leaves it: nothing moves under the hand.
  if (received.current || received.ended) return forgetSheets(received, entries);
  // What comes onto the screen now was in the answer, so nothing new is to be asked.
  if (received.ahead.length > 0)
    return forgetSheets({ ...moveOn(received, entries, now), revision: walk.revision }, entries);
  return { ...received, ended: latest };
}

/** Places in the queue's order, each once. */
function inOrder(places: Claim[]): Claim[] {
  return [...new Map(places.map((place) => [place.position, place])).values()].sort((a, b) => a.position - b.position);
}

/** Sheets are kept of what is on the screen, what is held, and what was there last. */
function forgetSheets(walk: Walk, entries: Entry[]): Walk {
  const kept = new Set([...listKept(walk, entries), ...walk.recent, ...walk.ahead.map(({ id }) => id)]);
  return { ...walk, sheets: Object.fromEntries(Object.entries(walk.sheets).filter(([id]) => kept.has(id))) };
}
