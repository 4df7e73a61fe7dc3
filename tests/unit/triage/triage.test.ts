import { describe, expect, test } from "vitest";
import { countOutcomes, listHandled, medianSeconds, sumTimes } from "@/components/triage/entries";
import { questionOf } from "@/components/triage/round";
import { entriesOf, roundOf, startSession, type TriageSession } from "@/components/triage/session-value";
import { advance, type SessionEvent } from "@/components/triage/triage-session";
import { emptyFilter, withField } from "@/lib/filter/filter";
import type { TriageSheet } from "@/lib/triage/actions";
import { toDecided, toQueue, triageHref } from "@/lib/triage/queue";

const queued = (position: number) => ({ id: `contact ${position}`, position });
const load = (position: number) =>
  ({ loaded: { contact: { id: `contact ${position}`, name: `Name ${position}` } } }) as TriageSheet;

/** What a step brings: these positions, all of them loaded. */
const step = (...positions: number[]) => ({
  claims: positions.map(queued),
  sheets: positions.map(load),
  others: ["Tomo Sato"],
});

const play = (session: TriageSession, ...events: SessionEvent[]) => events.reduce(advance, session);

/** What the desk answers to the question that the session has now. */
const received = (session: TriageSession, ...positions: number[]): SessionEvent => ({
  type: "received",
  queue: "queue",
  revision: roundOf(session).revision,
  step: step(...positions),
  now: 1_000,
});

const begin = (...positions: number[]): TriageSession => {
  const session = startSession({ id: "queue", total: 9, more: false });
  return advance(session, received(session, ...positions));
};

/** A decision about the contact at a position; its key is its position and what it comes to. */
const decide = (position: number, outcome = "Closed", now = 5_000): SessionEvent => ({
  type: "act",
  key: `${position} ${outcome}`,
  before: { ...nobody, id: `contact ${position}`, name: `Name ${position}`, status: "new", version: 1 },
  outcome,
  words: `set to ${outcome}`,
  now,
});
const nobody = { assigneeId: null, snoozedUntil: null, spamReason: null, duplicateOf: null };
const undo: SessionEvent = { type: "undo", undoKey: "undo", now: 9_000 };
const skip: SessionEvent = { type: "skip", now: 9_000 };
const back: SessionEvent = { type: "back", now: 9_000 };
const undone = (batch: string, position: number): SessionEvent => ({
  type: "undone",
  batch,
  key: "undo",
  ids: [`contact ${position}`],
});

const current = (session: TriageSession) => roundOf(session).current?.position ?? null;
const ahead = (session: TriageSession) => roundOf(session).ahead.map(({ position }) => position);
const handled = (session: TriageSession) =>
  listHandled(entriesOf(session)).map(({ id, outcome }) => `${id}: ${outcome}`);

describe("a round through a queue", () => {
  test("shows the first of what it was given, and holds the rest behind it", () => {
    const session = begin(1, 2, 3);
    expect(current(session)).toBe(1);
    expect(ahead(session)).toEqual([2, 3]);
    expect(roundOf(session).others).toEqual(["Tomo Sato"]);
  });

  test("goes on at once with what it holds, and asks from there", () => {
    const session = play(begin(1, 2, 3), decide(1));
    expect(current(session)).toBe(2);
    expect(questionOf(roundOf(session), entriesOf(session))).toMatchObject({
      position: 2,
      kept: ["contact 2", "contact 1"],
      loaded: ["contact 2", "contact 1", "contact 3"],
    });
    expect(session.entries).toMatchObject([{ queued: queued(1), name: "Name 1", outcome: "Closed", took: 4_000 }]);
  });

  test("keeps what is decided until that is answered, however far the person is by then", () => {
    const far = play(begin(1, 2, 3, 4, 5, 6, 7), ...[1, 2, 3, 4, 5, 6].map((position) => decide(position)));
    const kept = (session: TriageSession) => questionOf(roundOf(session), entriesOf(session)).kept;
    expect(kept(far)).toEqual([7, 6, 5, 4, 3, 2, 1].map((position) => `contact ${position}`));
    const answered = play(
      far,
      { type: "saved", key: "1 Closed" } as SessionEvent,
      { type: "lost", key: "2 Closed" } as SessionEvent,
    );
    expect(kept(answered)).toEqual([7, 6, 5, 4, 3, 2].map((position) => `contact ${position}`));
  });

  test("keeps what is on the screen, whatever a step says that was asked for before", () => {
    const session = begin(1, 2, 3);
    const late = play(session, decide(1), received(session, 1, 2, 3, 4));
    expect(current(late)).toBe(2);
    expect(ahead(late)).toEqual([3, 4]);
  });

  test("lets go of what somebody else has decided meanwhile", () => {
    const session = begin(1, 2, 3);
    expect(ahead(play(session, received(session, 1, 3, 4)))).toEqual([3, 4]);
  });

  test("has a contact loaded anew at its position, and no other that has been let go meanwhile", () => {
    const anew = { ...load(2), due: new Date(0) };
    const session = play(begin(1, 2, 3), { type: "renewed", sheet: anew }, { type: "renewed", sheet: load(9) });
    expect(roundOf(session).sheets["contact 2"]).toBe(anew);
    expect(roundOf(session).sheets["contact 9"]).toBeUndefined();
    expect(current(session)).toBe(1);
  });

  test("goes on without a contact that is gone, and does not lead back to it", () => {
    const session = play(begin(1, 2, 3), skip, { type: "deleted", id: "contact 2", now: 3_000 });
    expect(current(session)).toBe(3);
    expect(current(play(session, back))).toBe(1);
  });

  test("passes over a contact that was deleted before it could be loaded", () => {
    const session = startSession({ id: "queue", total: 2, more: false });
    const event = received(session, 1, 2);
    const without = event.type === "received" ? { ...event, step: { ...event.step, sheets: [load(2)] } } : event;
    expect(current(play(session, without))).toBe(2);
  });

  test("waits where nothing is held, and goes on when it comes; at the end it stays", () => {
    const waiting = play(begin(1), skip);
    expect(current(waiting)).toBeNull();
    expect(roundOf(waiting).ended).toBe(false);
    expect(current(play(waiting, received(waiting, 4)))).toBe(4);
    const ended = play(waiting, received(waiting));
    expect(roundOf(ended).ended).toBe(true);
    expect(current(play(ended, { type: "ask" }, received(play(ended, { type: "ask" }), 4)))).toBeNull();
  });

  test("back shows a contact that was decided, whose decision still counts, and on goes to what waits", () => {
    const session = play(begin(1, 2, 3), decide(1), decide(2), back, back);
    expect(current(session)).toBe(1);
    expect(handled(session)).toEqual(["contact 1: Closed", "contact 2: Closed"]);
    expect(ahead(session)).toEqual([3]);
    expect(play(session, back)).toEqual(session);
  });
});

describe("an undo", () => {
  test("shows the contact that was decided last, which waits at its position then", () => {
    const session = play(begin(1, 2, 3), decide(1), decide(2), undo);
    expect(current(session)).toBe(2);
    expect(handled(session)).toEqual(["contact 1: Closed"]);
    expect(ahead(play(session, undone("2 Closed", 2), back))).toEqual([2, 3]);
  });

  test("keeps what is being put back in the queue, although the desk may not have it there yet", () => {
    const session = play(begin(1, 2, 3), decide(1), decide(2), undo, undo);
    expect(ahead(play(session, received(session, 1, 3)))).toEqual([2, 3]);
    const settled = play(session, undone("2 Closed", 2), undone("1 Closed", 1));
    expect(ahead(play(settled, received(settled, 1, 3)))).toEqual([3]);
  });

  test("that failed is the next again; one that somebody stands in the way of never is", () => {
    const session = play(begin(1, 2, 3), decide(1), decide(2), undo);
    const failed = play(session, { type: "not undone", batch: "2 Closed", why: "busy", final: false });
    expect(failed.notices).toEqual([{ id: "contact 2", name: "Name 2", words: "was not undone: busy" }]);
    expect(current(play(failed, skip, undo))).toBe(2);
    const stuck = play(session, { type: "not undone", batch: "2 Closed", why: "Tomo Sato was first", final: true });
    expect(current(stuck)).toBe(2);
    expect(current(play(stuck, undo))).toBe(1);
    expect(handled(stuck)).toEqual(["contact 1: Closed", "contact 2: Closed"]);
  });

  test("of what was never made only shows the contact, and says why", () => {
    const session = play(begin(1, 2), decide(1), { type: "refused", key: "1 Closed", why: "The desk is busy" });
    expect(handled(session)).toEqual([]);
    const shown = play(session, undo);
    expect(current(shown)).toBe(1);
    expect(shown.entries).toEqual([]);
    expect(shown.notices).toMatchObject([{ words: "was not set to Closed: The desk is busy" }]);
  });

  test("where nothing is left says so and moves nothing", () => {
    const session = play(begin(1, 2), undo);
    expect(current(session)).toBe(1);
    expect(session.notices).toMatchObject([{ id: null }]);
    expect(play(session, decide(1)).notices).toEqual([]);
  });

  test("leads from a second queue back into the first, and again into the second where it failed there", () => {
    const first = play(begin(1), decide(1));
    const began = play(first, { type: "began", queue: { id: "more", total: 1, more: false } });
    const more = { ...received(began, 1), queue: "more" } as SessionEvent;
    const second = play(began, more, { ...decide(1), key: "again" } as SessionEvent, undo, undo);
    expect(second.at).toBe(0);
    expect(current(second)).toBe(1);
    const failed = play(second, { type: "not undone", batch: "again", why: "busy", final: false }, undo);
    expect(failed.at).toBe(1);
  });

  test("in the history is the same, and what is done again there can be taken back again", () => {
    const decided = play(begin(1, 2), decide(1), back);
    const taken = play(decided, { type: "undoing", batch: "1 Closed", key: "undo" }, undone("1 Closed", 1));
    expect(handled(taken)).toEqual([]);
    const redone = play(taken, { type: "undone", batch: "undo", key: "redo", ids: ["contact 1"] });
    expect(handled(redone)).toEqual(["contact 1: Closed"]);
    expect(redone.entries).toMatchObject([{ key: "redo", undo: "possible" }]);
  });

  test("takes a decision that was insisted on for the one that was refused", () => {
    const refused = play(begin(1, 2), decide(1), { type: "refused", key: "1 Closed", why: "Tomo Sato was first" });
    const before = { ...nobody, id: "contact 1", name: "Name 1", status: "spam", version: 2 };
    const kept = play(refused, { type: "sent", key: "mine", before, words: "set to Closed" });
    expect(kept.entries).toMatchObject([{ key: "mine", outcome: "Closed", took: 4_000 }]);
  });
});

describe("the summary", () => {
  const decisions = [1_000, 9_000, 3_000, 4_600].map((took, at) => ({
    id: String(at),
    outcome: at === 0 ? "Spam" : "Closed",
    took,
  }));

  test("names the middle of the times, and none where nothing was decided", () => {
    expect(medianSeconds(decisions)).toBe(4);
    expect(medianSeconds(decisions.slice(0, 3))).toBe(3);
    expect(medianSeconds([])).toBeNull();
  });

  test("adds up how long the contacts were on the screen", () => {
    expect(sumTimes(decisions)).toBe(17_600);
    expect(sumTimes([])).toBe(0);
  });

  test("counts what contacts came to, the commonest first", () => {
    expect(countOutcomes(decisions)).toEqual([
      { outcome: "Closed", count: 3 },
      { outcome: "Spam", count: 1 },
    ]);
  });
});

describe("what triage goes through", () => {
  test("is what is open, oldest first, unless the filter says otherwise", () => {
    expect(toQueue(emptyFilter, false)).toMatchObject({
      sort: "timestamp",
      fields: { status: { any: ["in_review", "new"] } },
    });
    const closed = withField(emptyFilter, "status", { add: ["closed"] });
    expect(toQueue(closed, false).fields.status?.any).toEqual(["closed"]);
    expect(toQueue({ ...closed, sort: "-timestamp" }, true).sort).toBe("-timestamp");
  });

  test("and the decided ones are the rest of a filter that names no status, unknown ones included", () => {
    const filter = withField(emptyFilter, "service", { add: ["Cloud"] });
    const decided = toDecided(filter);
    expect(decided?.fields).toMatchObject({ service: { any: ["Cloud"] }, status: { none: ["in_review", "new"] } });
    expect(decided && toDecided(decided)).toBeNull();
    expect(toQueue(decided ?? emptyFilter, true)).toEqual(decided);
  });

  test("is led to from the inbox in the inbox's order", () => {
    expect(triageHref(emptyFilter)).toBe("/triage");
    expect(triageHref({ ...emptyFilter, words: "tender" })).toBe("/triage?q=tender&sort=-timestamp");
    expect(triageHref({ ...emptyFilter, words: "tender", sort: "name" })).toBe("/triage?q=tender&sort=name");
  });
});
