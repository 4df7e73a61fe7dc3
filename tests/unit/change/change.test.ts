import { describe, expect, test } from "vitest";
import { changeRequest, contactsPerCall, undoRequest } from "@/lib/change/request";

const key = "7b1c2f5e-8a44-4c0e-9a53-0f6d1f6f2a10";
const contact = { id: "contact_1732270000_1a2b3c4d", version: 1 };
const valid = { key, change: { status: "closed" }, contacts: [contact] };
const accepts = (input: unknown) => changeRequest.safeParse(input).success;
const many = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `c${at}`, version: 1 }));

describe("a request to change contacts", () => {
  test("is accepted when it is exactly that", () => {
    expect(accepts(valid)).toBe(true);
    expect(accepts({ ...valid, contacts: many(contactsPerCall) })).toBe(true);
    expect(accepts({ ...valid, contacts: [{ id: "legacy 5/ümlaut?&#", version: 2 }] })).toBe(true);
  });

  test.each<[string, unknown]>([
    ["an assignee", { assigneeId: key }],
    ["nobody", { assigneeId: null }],
    ["a snooze", { snoozedUntil: "2026-12-01T08:00:00.000Z" }],
    ["no snooze", { snoozedUntil: null }],
    ["spam with a reason", { status: "spam", spamReason: "advertising" }],
    ["an original", { duplicateOf: "contact_1732270000_9f8e7d6c" }],
    ["no original any more, and a status", { duplicateOf: null, status: "new" }],
  ])("may set %s", (_case, change) => {
    expect(accepts({ ...valid, change })).toBe(true);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["a list", [valid]],
    ["a field too many", { ...valid, staff: "me" }],
    ["a field too many in a contact", { ...valid, contacts: [{ ...contact, status: "new" }] }],
    [
      "a prototype",
      JSON.parse(`{"__proto__":{},"key":"${key}","change":{"status":"closed"},"contacts":[{"id":"a","version":1}]}`),
    ],
    ["a key that is no uuid", { ...valid, key: "1" }],
    ["a status that the desk does not know", { ...valid, change: { status: "waiting-on-legal" } }],
    ["the name of an inherited property", { ...valid, change: { status: "constructor" } }],
    ["an object for a status", { ...valid, change: { status: { not: "" } } }],
    ["nothing to set", { ...valid, change: {} }],
    ["nothing but undefined to set", { ...valid, change: { status: undefined } }],
    ["a field that is no triage's", { ...valid, change: { status: "new", message: "x" } }],
    ["the version as something to set", { ...valid, change: { version: 1 } }],
    ["an assignee that is no uuid", { ...valid, change: { assigneeId: "me" } }],
    ["an object for an assignee", { ...valid, change: { assigneeId: { not: null } } }],
    ["a snooze without an offset", { ...valid, change: { snoozedUntil: "2026-12-01T09:00" } }],
    ["a snooze that never ends", { ...valid, change: { snoozedUntil: "infinity" } }],
    [
      "a snooze until a year that PostgreSQL does not know",
      { ...valid, change: { snoozedUntil: "0000-01-01T00:00:00Z" } },
    ],
    [
      "a snooze to the smallest part of a second",
      { ...valid, change: { snoozedUntil: `2026-12-01T08:00:00.${"0".repeat(10_000)}Z` } },
    ],
    ["an empty spam reason", { ...valid, change: { spamReason: "  " } }],
    ["a spam reason that nobody sees", { ...valid, change: { spamReason: "\u200b\u00ad" } }],
    ["a spam reason of a page", { ...valid, change: { spamReason: "x".repeat(201) } }],
    ["a spam reason with NUL", { ...valid, change: { spamReason: "a\0b" } }],
    ["a reason for a closed one", { ...valid, change: { status: "closed", spamReason: "advertising" } }],
    ["an original for a new one", { ...valid, change: { status: "new", duplicateOf: "a" } }],
    ["a reason and an original", { ...valid, change: { spamReason: "advertising", duplicateOf: "a" } }],
    ["an object for an id", { ...valid, contacts: [{ id: { not: "" }, version: 1 }] }],
    ["no contacts", { ...valid, contacts: [] }],
    ["too many contacts", { ...valid, contacts: many(contactsPerCall + 1) }],
    ["a contact twice", { ...valid, contacts: [contact, { ...contact, version: 2 }] }],
    ["an id longer than the column", { ...valid, contacts: [{ id: "x".repeat(256), version: 1 }] }],
    ["an id with NUL", { ...valid, contacts: [{ id: "a\0b", version: 1 }] }],
    ["an id with half a character", { ...valid, contacts: [{ id: "a\ud800", version: 1 }] }],
    ["version 0", { ...valid, contacts: [{ id: "a", version: 0 }] }],
    ["half a version", { ...valid, contacts: [{ id: "a", version: 1.5 }] }],
    ["a huge version", { ...valid, contacts: [{ id: "a", version: 1e30 }] }],
    ["a version as text", { ...valid, contacts: [{ id: "a", version: "1" }] }],
  ])("is refused with %s", (_case, input) => {
    expect(accepts(input)).toBe(false);
  });
});

describe("a request to undo", () => {
  test("takes two uuids, whatever their case, and nothing else", () => {
    expect(undoRequest.parse({ key: key.toUpperCase(), batch: key })).toEqual({ key, batch: key });
    expect(undoRequest.safeParse({ key, batch: key, force: true }).success).toBe(false);
    expect(undoRequest.safeParse({ key }).success).toBe(false);
    expect(undoRequest.safeParse({ key, batch: ["x"] }).success).toBe(false);
  });
});
