import fc from "fast-check";
import { expect, test } from "vitest";
import { findUndoable, listHandled } from "@/components/triage/entries";
import { isAsking } from "@/components/triage/round";
import { ahead } from "@/lib/triage/queue";
import { PlainDesk, type Row } from "./triage-desk";
import { Person } from "./triage-person";

/** What can happen. `row` is any contact of the queue. What is sent arrives when it is let arrive. */
const happenings: Record<string, [weight: number, (person: Person, row: Row) => unknown]> = {
  close: [3, (person) => person.act({ status: "closed" })],
  review: [2, (person) => person.act({ status: "in_review" })],
  // What at random alone would come about too seldom.
  "close some": [
    2,
    (person) =>
      repeat(
        3,
        () => person.act({ status: "closed" }),
        () => person.deliverAll(),
      ),
  ],
  "undo some": [3, (person) => repeat(3, () => person.undo())],
  "answers arrive": [3, (person) => repeat(3, () => person.deliverAnswer())],
  assign: [1, (person) => person.act({ assignee: "ada" })],
  undo: [6, (person) => person.undo()],
  skip: [2, (person) => person.move("skip")],
  back: [2, (person) => person.move("back")],
  insist: [1, (person) => person.insist()],
  "change arrives": [2, (person) => person.deliverChange()],
  "answer arrives": [2, (person) => person.deliverAnswer()],
  "all arrives": [2, (person) => person.deliverAll()],
  "answers are lost": [1, (person) => person.connect("answer lost")],
  "nothing is sent": [1, (person) => person.connect("not sent")],
  "answers come": [2, (person) => person.connect("answered")],
  "claims expire": [1, (person) => person.desk.expire()],
  "a sign of life": [1, (person) => person.hear({ type: "ask" })],
  "colleague decides": [1, (person, row) => person.desk.decideAsTomo(row)],
  "colleague claims": [1, (person, row) => person.desk.claimAsTomo(row)],
  "colleague leaves": [1, (person, row) => person.desk.leaveAsTomo(row)],
};

function repeat(times: number, ...works: (() => unknown)[]): void {
  for (let time = 0; time < times; time++) for (const work of works) work();
}

const happening = fc.oneof(
  ...Object.entries(happenings).map(([name, [weight]]) => ({
    weight,
    arbitrary: fc.record({ name: fc.constant(name), at: fc.nat({ max: 8 }) }),
  })),
);

function happen(person: Person, { name, at }: { name: string; at: number }): void {
  const { rows } = person.desk;
  const row = rows[at % rows.length];
  if (row) happenings[name]?.[1](person, row);
}

/** Whether it waits in the queue for whoever comes first. */
const isFree = (row: Row) => PlainDesk.isWaiting(row) && row.claimedBy !== "tomo";

const decided = (person: Person) =>
  new Set(person.deeds.filter(({ decision, state }) => decision && state === "stands").map(({ id }) => id));

/** What holds at every moment. */
function check(person: Person): void {
  const { round, session, deeds } = person;
  if (round.current === null) expect(round.ended || isAsking(round) || round.failure !== null).toBe(true);
  const positions = round.ahead.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
  expect(positions.every((position) => position > round.position)).toBe(true);
  const counted = deeds.filter(({ decision, state }) => decision && (state === "stands" || state === "stuck"));
  expect(
    listHandled(session.entries)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...new Set(counted.map(({ id }) => id))].sort());
}

/** What holds once everything has arrived. */
function checkSettled(person: Person): void {
  const { round, desk, deeds } = person;
  check(person);
  expect(deeds.filter(({ state }) => state === "going back")).toEqual([]);
  // Nothing was changed that the session does not show as done, and all that it shows was.
  const standing = desk.rows.flatMap(({ made }) => made.filter(({ by }) => by === "ada").map(({ key }) => key));
  const shown = deeds.filter(({ state }) => state === "stands" || state === "stuck").map(({ key }) => key);
  const isKnown = (key: string) => !person.isUnknown(key);
  expect(standing.filter(isKnown).sort()).toEqual(shown.filter(isKnown).sort());
  const waiting = desk.rows.filter(
    (row) => row.position > round.position && isFree(row) && !decided(person).has(row.id),
  );
  const held = waiting.slice(0, ahead).map(({ id }) => id);
  expect(round.ahead.slice(0, ahead).map(({ id }) => id)).toEqual(held);
  for (const id of held) expect(desk.row(id).claimedBy).toBe("ada");
  if (person.shown !== null) expect(desk.row(person.shown).claimedBy).not.toBeNull();
}

/** Back to the first contact that was on the screen. */
function goToFirst(person: Person): void {
  for (let before: string | null | undefined; before !== person.shown; ) {
    before = person.shown;
    person.move("back");
  }
  person.settle();
}

test("whatever happens, at whatever pace, each undo takes back one thing and shows it, and nothing else changes", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(happening, { maxLength: 60, size: "max" }),
      (count, events) => {
        const person = new Person(new PlainDesk(count));
        for (const each of events) {
          happen(person, each);
          check(person);
        }
        person.settle();
        checkSettled(person);

        // All of the session, one after the other, with or without a pause.
        while (findUndoable(person.session.entries)) {
          person.undo();
          if (events.length % 2) person.deliverChange();
        }
        person.settle();
        checkSettled(person);
        expect(person.deeds.every(({ state }) => state === "back" || state === "stuck")).toBe(true);

        // From the first contact on, all that wait are gone through, each at its position.
        goToFirst(person);
        const { position } = person.round;
        for (const { id } of person.desk.rows.filter((row) => row.position > position && isFree(row))) {
          person.move("skip");
          person.settle();
          expect(person.shown).toBe(id);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
