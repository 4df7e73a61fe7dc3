import { expect, test } from "vitest";
import { findNoteProblem, mergeNotes, type Note } from "@/lib/notes/note";

function note(id: string, minute: number, given: Partial<Note> = {}): Note {
  const createdAt = new Date(minute * 60_000);
  return { id, authorId: "ada", text: id, version: 1, createdAt, editedAt: null, deleted: false, ...given };
}

test("a note has room for 10,000 characters as the database counts them, and says how many there are", () => {
  expect(findNoteProblem("👍".repeat(10_000))).toBeNull();
  expect(findNoteProblem("👍".repeat(10_001))).toContain("10,000 characters. This one has 10,001");
});

test("a note says something, and only what can be stored", () => {
  for (const text of ["", " \n\t ", "\u00a0", "\u200b\u2060\u3164"])
    expect(findNoteProblem(text)).toBe("Write something first.");
  for (const text of ["a\0b", "a\ud800b"]) expect(findNoteProblem(text)).toContain("can't be stored");
  expect(findNoteProblem("  kept \n as it is  ")).toBeNull();
});

test("of what the server rendered and what the browser has learnt the later version is shown, newest note first", () => {
  const rendered = [note("c", 3), note("b", 2, { version: 3, text: "by the server" }), note("a", 1)];
  const learnt = [
    note("d", 4),
    note("b", 2, { version: 2, text: "learnt before" }),
    note("a", 1, { version: 2, text: "learnt since" }),
  ];
  const merged = mergeNotes(rendered, new Map(learnt.map((each) => [each.id, each])));
  expect(merged.map(({ text }) => text)).toEqual(["d", "c", "by the server", "learnt since"]);
});

test("notes of the same instant have one order", () => {
  const notes = [note("a", 1), note("b", 1), note("c", 1)];
  const order = (list: Note[]) => mergeNotes(list, new Map()).map(({ id }) => id);
  expect(order(notes)).toEqual(order([...notes].reverse()));
});
