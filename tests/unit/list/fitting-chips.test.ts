import { expect, test } from "vitest";
import { countFitting } from "@/components/inbox/list/fitting-chips";

test("as many chips are shown as there is room for, and for the number of the others", () => {
  const texts = ["pdf", "docx", "xlsx", "png"];
  expect(countFitting(texts, 500, false)).toBe(4);
  expect(countFitting(texts, 68, false)).toBe(1);
  expect(countFitting(["pdf", "png"], 68, false)).toBe(2);
  // With more than are named, their number needs room too.
  expect(countFitting(["pdf", "png"], 68, true)).toBe(1);
  expect(countFitting([], 68, false)).toBe(0);
});

test("the first chip is always shown, however long it is", () => {
  expect(countFitting(["a type with a long name", "pdf"], 68, false)).toBe(1);
  expect(countFitting(["pdf"], 0, true)).toBe(1);
});
