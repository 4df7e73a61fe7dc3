import { describe, expect, test } from "vitest";
import {
  countOutcomes,
  type Decision,
  decide,
  letGo,
  medianSeconds,
  moveBack,
  moveOn,
  positionOf,
  type Run,
  receive,
  renew,
  startRun,
} from "@/components/triage/run";
import { emptyFilter, withField } from "@/lib/filter/filter";
import type { TriageSheet } from "@/lib/triage/actions";
import { toDecided, toQueue, triageHref } from "@/lib/triage/queue";

const claim = (position: number) => ({ id: `contact ${position}`, position });
const load = (position: number) =>
  ({ loaded: { contact: { id: `contact ${position}`, name: `Name ${position}` } } }) as TriageSheet;

/** What a step brings: these positions, all of them loaded. */
const step = (...positions: number[]) => ({
  claims: positions.map(claim),
  sheets: positions.map(load),
  others: ["Tomo Sato"],
});

const begin = (...positions: number[]): Run =>
  receive(startRun({ id: "queue", total: 9, more: false }), step(...positions), 1_000);

describe("a run through a queue", () => {
  test("shows the first of what it was given, and holds the rest behind it", () => {
    const run = begin(1, 2, 3);
    expect(run.current).toEqual(claim(1));
    expect(run.next).toEqual([claim(2), claim(3)]);
    expect(run.others).toEqual(["Tomo Sato"]);
  });

  test("goes on at once with what it holds, and asks from there", () => {
    const run = decide(begin(1, 2, 3), "Closed", 5_000);
    expect(run.current).toEqual(claim(2));
    expect(positionOf(run)).toBe(2);
    expect(run.decisions).toEqual([{ id: "contact 1", name: "Name 1", outcome: "Closed", took: 4_000 }]);
  });

  test("keeps what is on the screen, whatever a step says that was asked for before", () => {
    const run = decide(begin(1, 2, 3), "Closed", 5_000);
    const late = receive(run, step(1, 2, 3, 4), 6_000);
    expect(late.current).toEqual(claim(2));
    expect(late.next).toEqual([claim(3), claim(4)]);
  });

  test("lets go of what somebody else has decided meanwhile", () => {
    expect(receive(begin(1, 2, 3), step(1, 3, 4), 2_000).next).toEqual([claim(3), claim(4)]);
  });

  test("has a contact loaded anew in its place, and no other that has been let go meanwhile", () => {
    const anew = { ...load(2), due: new Date(0) };
    const run = renew(begin(1, 2, 3), anew);
    expect(run.sheets["contact 2"]).toBe(anew);
    expect(run.current).toEqual(claim(1));
    expect(renew(run, load(9))).toBe(run);
  });

  test("goes on without a contact that is gone, and does not lead back to it", () => {
    const run = letGo(moveOn(begin(1, 2, 3), 2_000), 3_000);
    expect(run).toMatchObject({ current: claim(3), next: [], passed: [claim(1)], decisions: [] });
    expect(run.sheets["contact 2"]).toBeUndefined();
    expect(letGo(run, 4_000)).toMatchObject({ current: null, passed: [claim(1)] });
  });

  test("passes over a contact that was deleted before it could be loaded", () => {
    const { claims, others } = step(1, 2);
    const run = receive(startRun({ id: "queue", total: 2, more: false }), { claims, others, sheets: [load(2)] }, 1);
    expect(run.current).toEqual(claim(2));
  });

  test("waits where nothing is held, and goes on when it comes", () => {
    const waiting = { ...moveOn(begin(1), 2_000), asking: true };
    expect(waiting.current).toBeNull();
    expect(positionOf(waiting)).toBe(2);
    expect(receive(waiting, step(4), 3_000).current).toEqual(claim(4));
    expect(receive(waiting, step(), 3_000)).toMatchObject({ current: null, asking: false });
  });

  test("goes back to the contact before, and no longer counts its decision", () => {
    const run = moveBack(decide(begin(1, 2), "Closed", 5_000), 6_000);
    expect(run.current).toEqual(claim(1));
    expect(run.next).toEqual([claim(2)]);
    expect(run.decisions).toEqual([]);
    expect(moveBack(run, 7_000)).toEqual(run);
  });

  test("counts a contact that is decided twice once", () => {
    const again = decide(moveBack(decide(begin(1, 2), "Closed", 5_000), 6_000), "Spam", 9_000);
    expect(again.decisions).toEqual([{ id: "contact 1", name: "Name 1", outcome: "Spam", took: 3_000 }]);
  });
});

describe("the summary", () => {
  const decisions = [1_000, 9_000, 3_000, 4_600].map(
    (took, at): Decision => ({ id: String(at), name: "", outcome: at === 0 ? "Spam" : "Closed", took }),
  );

  test("names the middle of the times, and none where nothing was decided", () => {
    expect(medianSeconds(decisions)).toBe(4);
    expect(medianSeconds(decisions.slice(0, 3))).toBe(3);
    expect(medianSeconds([])).toBeNull();
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
