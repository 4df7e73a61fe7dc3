import { describe, expect, test } from "vitest";
import type { Conflict } from "@/lib/change/outcome";
import { describeConflict, describeProgress, describeRestored, describeResult } from "@/lib/change/result-words";
import { askChange } from "@/lib/change/words";
import type { Triage } from "@/lib/contact/triage";

const reader = { nameOf: (id: string) => `person ${id}`, zone: "UTC", now: new Date("2026-11-29T12:00:00Z") };
const triage: Triage = { status: "new", assigneeId: null, snoozedUntil: null, spamReason: null, duplicateOf: null };
const first: Conflict = {
  ...{ id: "a", name: "Ada", triage, version: 2, who: "Tomo Sato", when: null },
  steps: [{ field: "status", from: "in_review", to: "new" }],
};
const describeIt = (result: Partial<Parameters<typeof describeResult>[1]>) =>
  describeResult({ status: "closed" }, { names: ["Ada"], changed: 0, unchanged: 0, others: [], ...result }, reader);

describe("what became of a change", () => {
  test("of one contact has its name, of several their number", () => {
    expect(describeIt({ changed: 1 })).toBe("Ada set to Closed");
    expect(describeIt({ names: [""], changed: 1 })).toBe("Contact set to Closed");
    expect(describeIt({ names: ["Ada", "Ben"], changed: 1, unchanged: 1 })).toBe(
      "1 contact set to Closed; 1 already was",
    );
    expect(describeIt({ names: ["Ada", "Ben", "Cy"], changed: 1, unchanged: 1, others: [first] })).toBe(
      "1 contact set to Closed; 2 already were",
    );
  });

  test("that was not needed says so, and who was first", () => {
    expect(describeIt({ unchanged: 1 })).toBe("It was already set to Closed");
    expect(describeIt({ others: [first] })).toBe("Tomo Sato did the same first");
    expect(describeIt({})).toBeNull();
    expect(describeConflict(first, reader)).toBe("Tomo Sato changed it from In review to New");
    expect(describeConflict({ ...first, triage: null }, reader)).toBe("Tomo Sato deleted it");
  });

  test("an undo says what is as before", () => {
    expect(describeRestored([triage], { ...triage, status: "closed" }, reader)).toBe("back to New");
    expect(describeRestored([triage], { ...triage, assigneeId: "1" }, reader)).toBe("assigned to nobody");
    expect(describeRestored([triage], undefined, reader)).toBe("as it was before");
    expect(describeRestored([triage, triage], undefined, reader)).toBe("2 contacts restored");
  });

  test("a large change is asked about by what it does", () => {
    expect(askChange({ status: "closed" }, "342 contacts", reader)).toBe("Set 342 contacts to Closed?");
    expect(askChange({ status: "spam", spamReason: "Abuse" }, "2 contacts", reader)).toBe(
      "Mark 2 contacts as spam: Abuse?",
    );
    expect(askChange({ snoozedUntil: null }, "2 contacts", reader)).toBe("Unsnooze 2 contacts?");
    expect(askChange({ assigneeId: "1", status: "in_review" }, "2 contacts", reader)).toBe(
      "Set 2 contacts to In review and assign them to person 1?",
    );
  });

  test("a change of very many says how far it is, and what was left", () => {
    const progress = { total: 5_000, done: 1_200, unchanged: 1, stale: 2 } as Parameters<typeof describeProgress>[0];
    expect(describeProgress({ ...progress, state: "running" }, "set to Closed")).toBe(
      "1,200 of 5,000 contacts set to Closed",
    );
    expect(describeProgress({ ...progress, state: "cancelled" }, "set to Closed")).toBe(
      "1,197 contacts set to Closed; 1 already was; 2 skipped because someone else changed them; stopped with 3,800 left.",
    );
  });
});
