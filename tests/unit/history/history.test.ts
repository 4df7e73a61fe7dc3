import { describe, expect, test } from "vitest";
import { joinEnds, toStatusStep } from "@/lib/change/status-step";
import { groupByDay } from "@/lib/history/days";
import { describeBatch, describeOther } from "@/lib/history/describe";
import type { BatchEntry, OtherEntry } from "@/lib/history/entries";
import { readStoredStep } from "@/lib/history/stored-change";

const reader = {
  nameOf: (id: string) => (id === "tomo" ? "Tomo Sato" : "Ada Keller"),
  zone: "UTC",
  now: new Date("2026-11-25T12:00:00Z"),
};

const batch: BatchEntry = {
  type: "batch",
  at: "2026-11-25T12:00:00.000000Z",
  batch: "7b1c2f5e-8a44-4c0e-9a53-0f6d1f6f2a10",
  staffId: "ada",
  staffName: "Ada Keller",
  kind: "status",
  change: { status: "closed", snoozedUntil: null },
  step: null,
  assigneeFrom: null,
  undid: null,
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

/** A batch as the sentence around the contacts. */
const say = (entry: Partial<BatchEntry>) => {
  const { before, after } = describeBatch({ ...batch, ...entry }, reader);
  return `${before} … ${after}`.trim();
};

describe("a batch in words", () => {
  test("says to which status it set its contacts, and from which where that is one", () => {
    expect(say({})).toBe("set … to Closed");
    expect(say({ step: { to: "closed" } })).toBe("set … to Closed");
    expect(say({ step: { from: "new", to: "closed" } })).toBe("changed … from New to Closed");
    expect(say({ step: { from: null, to: "closed" } })).toBe("changed … from No status to Closed");
  });

  test("says a reason, an original and a snooze in place of the step", () => {
    const step = { from: "new", to: "spam" };
    expect(say({ change: { status: "spam", spamReason: "adverts" }, step })).toBe("marked … as spam: adverts");
    expect(say({ change: { status: "closed", duplicateOf: "x" }, changed: 1 })).toBe("closed … as a duplicate");
    expect(say({ change: { duplicateOf: null } })).toBe("marked … as not duplicates");
    expect(say({ change: { snoozedUntil: "2026-11-26T09:00:00Z" } })).toBe("snoozed … until tomorrow 09:00");
    expect(say({ change: { snoozedUntil: null } })).toBe("unsnoozed …");
    expect(say({ change: {} })).toBe("changed …");
  });

  test("says to whom and from whom, and what else was done with them", () => {
    expect(say({ change: { assigneeId: "ada" } })).toBe("assigned … to Ada Keller");
    expect(say({ change: { assigneeId: "ada" }, assigneeFrom: "tomo" })).toBe(
      "reassigned … from Tomo Sato to Ada Keller",
    );
    expect(say({ change: { assigneeId: null }, assigneeFrom: "tomo" })).toBe("unassigned … from Tomo Sato");
    const both = { status: "closed", assigneeId: "ada" };
    expect(say({ change: both, step: { from: "new", to: "closed" }, changed: 1 })).toBe(
      "changed … from New to Closed and assigned it to Ada Keller",
    );
    expect(say({ change: { assigneeId: null, snoozedUntil: null } })).toBe("unassigned … and unsnoozed them");
  });

  test("says of an undo to which status it went back, and whose change it took back", () => {
    const undo = { kind: "undo", change: {} } as const;
    expect(say(undo)).toBe("restored …");
    expect(say({ ...undo, changed: 1, step: { to: "new" } })).toBe("restored … to New");
    const undid = { staffId: "tomo", staffName: "Tomo Sato", kind: "status" } as const;
    expect(say({ ...undo, step: { from: "closed", to: "new" }, undid })).toBe(
      "restored … from Closed to New by undoing Tomo Sato's change",
    );
    expect(say({ ...undo, undid: { ...undid, kind: "assign" } })).toBe("restored … by undoing Tomo Sato's assignment");
    expect(say({ ...undo, undid: { ...undid, staffId: "ada" } })).toBe("restored … by undoing their own change");
  });
});

test("the history is parted into days of the desk's zone, each with its name", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  const at = (iso: string) => ({ at: iso });
  const entries = ["2026-03-01T11:00:00Z", "2026-02-28T19:00:00Z", "2026-02-28T17:00:00Z", "2026-02-27T17:00:00Z"].map(
    at,
  );
  // Kathmandu is 5:45 ahead of UTC, so its first of March begins at 18:15 UTC.
  expect(groupByDay(entries, "Asia/Kathmandu", now)).toEqual([
    { day: "2026-03-01", heading: "Today", entries: entries.slice(0, 2) },
    { day: "2026-02-28", heading: "Yesterday", entries: [entries[2]] },
    { day: "2026-02-27", heading: "27 Feb 2026", entries: [entries[3]] },
  ]);
  expect(groupByDay([], "UTC", now)).toEqual([]);
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
