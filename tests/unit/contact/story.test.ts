import { describe, expect, test } from "vitest";
import type { HistoryEntry } from "@/lib/contact/contact";
import { foldStory, listStory } from "@/lib/contact/story";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 12, minute));

const change = (id: string, minute: number): HistoryEntry => ({
  id,
  changedAt: at(minute),
  operation: "update",
  actor: "website",
  actorId: null,
  staffName: null,
  undo: false,
  fields: ["document_insights"],
  statusFrom: null,
  statusTo: null,
  steps: [],
  batchId: null,
  together: false,
  undone: false,
});

const note = (id: string, minute: number, deleted = false) => ({ id, authorId: "ada", createdAt: at(minute), deleted });

const told = (story: ReturnType<typeof listStory>) => story.map(({ kind, id }) => `${kind} ${id}`);

describe("a contact's story", () => {
  test("has changes and notes newest first, and begins with the moment it was received", () => {
    const story = listStory(at(0), [change("3", 9), change("2", 4)], [note("a", 6), note("gone", 7, true)]);
    expect(told(story)).toEqual(["change 3", "note a", "change 2", "received received"]);
  });

  test("begins so too if the visitor's clock was ahead, and keeps the order of changes of one moment", () => {
    expect(told(listStory(at(30), [change("2", 4), change("1", 4)], []))).toEqual([
      "change 2",
      "change 1",
      "received received",
    ]);
  });

  test("is folded in the middle only where that saves more than a line", () => {
    const story = (length: number) =>
      listStory(
        at(0),
        Array.from({ length }, (_, i) => change(`${i}`, 59 - i)),
        [],
      );
    const parts = (length: number) => {
      const { newest, between, oldest } = foldStory(story(length));
      return [newest.length, between.length, told(oldest)];
    };
    expect(parts(0)).toEqual([0, 0, ["received received"]]);
    expect(parts(8)).toEqual([8, 0, ["received received"]]);
    expect(parts(9)).toEqual([7, 2, ["received received"]]);
    expect(parts(50)).toEqual([7, 43, ["received received"]]);
  });
});
