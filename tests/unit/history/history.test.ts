import { describe, expect, test } from "vitest";
import { joinEnds, toStatusStep } from "@/lib/change/status-step";
import { describeBatch, describeOther } from "@/lib/history/describe";
import type { BatchEntry, OtherEntry } from "@/lib/history/entries";
import { readStoredStep } from "@/lib/history/stored-change";

const reader = { nameOf: () => "Ada Keller", zone: "UTC", now: new Date("2026-11-25T12:00:00Z") };

const batch: BatchEntry = {
  type: "batch",
  at: "2026-11-25T12:00:00.000000Z",
  batch: "7b1c2f5e-8a44-4c0e-9a53-0f6d1f6f2a10",
  staffName: "Ada Keller",
  kind: "status",
  change: { status: "closed", snoozedUntil: null },
  step: null,
  changed: 240,
  contact: null,
  undoneBy: null,
  underWay: false,
};

const other: OtherEntry = {
  type: "other",
  at: batch.at,
  actor: "website",
  staffName: null,
  role: "psql_user",
  operation: "update",
  fields: ["status"],
  step: { from: "new", to: "closed" },
  changed: 12,
  contact: null,
};

const told = (entry: Partial<OtherEntry>) => {
  const { before, after } = describeOther({ ...other, ...entry });
  return `${before} … ${after}`.trim();
};

test("contacts that came back because their address wrote again are said to have", () => {
  const back = { actor: "system", step: null, fields: ["snoozed_until", "wrote_again_at"] } as const;
  expect(told({ ...back, fields: [...back.fields] })).toBe("brought back … because the same address wrote again");
});

describe("a batch in words", () => {
  test("says to which status it set its contacts, and from which where that is one", () => {
    expect(describeBatch(batch, reader)).toBe("set to Closed");
    expect(describeBatch({ ...batch, step: { to: "closed" } }, reader)).toBe("set to Closed");
    expect(describeBatch({ ...batch, step: { from: "new", to: "closed" } }, reader)).toBe("changed from New to Closed");
    expect(describeBatch({ ...batch, step: { from: null, to: "closed" } }, reader)).toBe(
      "changed from No status to Closed",
    );
  });

  test("keeps a reason, an original and an assignee before the step", () => {
    const step = { from: "new", to: "spam" };
    expect(describeBatch({ ...batch, change: { status: "spam", spamReason: "adverts" }, step }, reader)).toBe(
      "marked as spam: adverts",
    );
    expect(describeBatch({ ...batch, change: { assigneeId: "x" } }, reader)).toBe("assigned to Ada Keller");
  });

  test("says of an undo to which status it went back", () => {
    const undo = { ...batch, kind: "undo", change: {} };
    expect(describeBatch(undo, reader)).toBe("restored");
    expect(describeBatch({ ...undo, step: { from: "closed", to: "new" } }, reader)).toBe("restored from Closed to New");
    expect(describeBatch({ ...undo, changed: 1, step: { to: "new" } }, reader)).toBe("restored to New");
  });
});

test("what others did says the status too, and what else there was", () => {
  expect(told({})).toBe("changed … from New to Closed");
  expect(told({ step: { to: "waiting-on-legal" } })).toBe("set … to waiting-on-legal");
  expect(told({ fields: ["document_insights"], step: null })).toBe("analysed documents of …");
  expect(told({ fields: ["document_insights", "status"] })).toBe(
    "analysed documents of … and changed them from New to Closed",
  );
  expect(told({ fields: ["company", "status"], changed: 1 })).toBe(
    "changed the company of … and changed it from New to Closed",
  );
  expect(told({ operation: "delete", fields: [], step: null })).toBe("deleted …");
});

describe("the step of many contacts", () => {
  test("is one only where all made the same", () => {
    expect(toStatusStep({ from: ["new"], to: ["closed"] })).toEqual({ from: "new", to: "closed" });
    expect(toStatusStep({ from: ["new", "spam"], to: ["closed"] })).toEqual({ to: "closed" });
    expect(toStatusStep({ from: ["closed"], to: ["new", "spam"] })).toBeNull();
    expect(toStatusStep({ from: ["closed"], to: ["closed"] })).toBeNull();
    expect(toStatusStep({ from: [], to: [] })).toBeNull();
  });

  test("is found chunk by chunk, without keeping every status there is", () => {
    const odd = { from: ["a", "b", "c", "a"], to: ["closed", "closed"] };
    const joined = joinEnds({ from: [null], to: ["closed"] }, odd);
    expect(joined).toEqual({ from: [null, "a"], to: ["closed"] });
    expect(joinEnds(joined, odd)).toEqual(joined);
  });

  test("is none where nothing was kept, or something else", () => {
    for (const stored of [null, undefined, {}, { from: null, to: null }, { from: [1], to: ["new"] }, "new"])
      expect(readStoredStep(stored)).toBeNull();
    expect(readStoredStep({ from: ["new"], to: ["closed"] })).toEqual({ from: "new", to: "closed" });
  });
});
