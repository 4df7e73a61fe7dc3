import { describe, expect, test } from "vitest";
import type { Conflict } from "@/lib/change/outcome";
import { describeConflict, describeProgress, describeRestored, describeResult } from "@/lib/change/result-words";
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
      "1 contact set to Closed; 1 was so already",
    );
    expect(describeIt({ names: ["Ada", "Ben", "Cy"], changed: 1, unchanged: 1, others: [first] })).toBe(
      "1 contact set to Closed; 2 were so already",
    );
  });

  test("that was not needed says so, and who was first", () => {
    expect(describeIt({ unchanged: 1 })).toBe("It was set to Closed already");
    expect(describeIt({ others: [first] })).toBe("Tomo Sato had done the same already");
    expect(describeIt({})).toBeNull();
    expect(describeConflict(first, reader)).toBe("Tomo Sato set In review → New");
    expect(describeConflict({ ...first, triage: null }, reader)).toBe("Tomo Sato removed it");
  });

  test("an undo says what is as before", () => {
    expect(describeRestored([triage], { ...triage, status: "closed" }, reader)).toBe("back to New");
    expect(describeRestored([triage], { ...triage, assigneeId: "1" }, reader)).toBe("assigned to nobody");
    expect(describeRestored([triage], undefined, reader)).toBe("as it was before");
    expect(describeRestored([triage, triage], undefined, reader)).toBe("2 contacts restored");
  });

  test("a change of very many says how far it is, and what was left", () => {
    const progress = { total: 5_000, done: 1_200, unchanged: 1, stale: 2 } as Parameters<typeof describeProgress>[0];
    expect(describeProgress({ ...progress, state: "running" }, "set to Closed")).toBe(
      "1,200 of 5,000 contacts set to Closed",
    );
    expect(describeProgress({ ...progress, state: "cancelled" }, "set to Closed")).toBe(
      "1,197 contacts set to Closed; 1 was so already; 2 left alone, because somebody changed them meanwhile; stopped before the other 3,800.",
    );
  });
});
