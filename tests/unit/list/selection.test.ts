import { describe, expect, test } from "vitest";
import { receiveRows, startListing } from "@/components/inbox/list/listing";
import { rangeBetween, stepFrom, withSelected } from "@/components/inbox/selection/selection";

const ids = ["a", "b", "c", "d"];

describe("a range of the selection", () => {
  test("has both its ends, in either direction", () => {
    expect(rangeBetween(ids, "b", "d")).toEqual(["b", "c", "d"]);
    expect(rangeBetween(ids, "d", "b")).toEqual(["b", "c", "d"]);
    expect(rangeBetween(ids, "c", "c")).toEqual(["c"]);
  });

  test("is one row where it has no beginning, or one that is no longer listed", () => {
    expect(rangeBetween(ids, null, "c")).toEqual(["c"]);
    expect(rangeBetween(ids, "gone", "c")).toEqual(["c"]);
    expect(rangeBetween(ids, "a", "gone")).toEqual([]);
  });
});

test("rows are added to a selection and taken out of it, and the old one is left alone", () => {
  const selection = withSelected({}, ["a", "b"], true);
  expect(withSelected(selection, ["a"], false)).toEqual({ b: true });
  expect(selection).toEqual({ a: true, b: true });
});

test("a step goes to the next row, stops at the ends, and begins at the first", () => {
  expect(stepFrom(ids, "b", 1)).toBe("c");
  expect(stepFrom(ids, "d", 1)).toBe("d");
  expect(stepFrom(ids, "a", -1)).toBe("a");
  expect(stepFrom(ids, null, 1)).toBe("a");
  expect(stepFrom(ids, "gone", -1)).toBe("a");
  expect(stepFrom([], null, 1)).toBeNull();
});

describe("the list", () => {
  const row = (id: string, version = 1) => ({ id, version });
  const listing = startListing("all", [row("c"), row("b"), row("a")]);

  test("keeps its order and takes over what has changed in its rows", () => {
    const next = receiveRows(listing, "all", [row("a", 2), row("c"), row("b", 3)]);
    expect(next.rows).toEqual([row("c"), row("b", 3), row("a", 2)]);
    expect(next.arrived).toEqual([]);
  });

  test("keeps a row that the filter no longer has", () => {
    const next = receiveRows(listing, "all", [row("c"), row("a")]);
    expect(next.rows.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });

  test("counts what has arrived above, and not what moved up from the next page", () => {
    const next = receiveRows(listing, "all", [row("e"), row("d"), row("c"), row("a"), row("z")]);
    expect(next.arrived).toEqual(["e", "d"]);
    expect(next.rows.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });

  test("never goes back to an older version of a row", () => {
    const newer = receiveRows(listing, "all", [row("c", 5), row("b"), row("a")]);
    expect(receiveRows(newer, "all", [row("c", 4), row("b"), row("a")]).rows[0]).toEqual(row("c", 5));
  });

  test("starts anew under another filter or on another page, and when it was empty", () => {
    expect(receiveRows(listing, "new", [row("x")]).rows).toEqual([row("x")]);
    expect(receiveRows(startListing("all", []), "all", [row("x")]).rows).toEqual([row("x")]);
  });
});
