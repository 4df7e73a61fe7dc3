import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyFilter } from "@/lib/filter/filter";
import { contactsHref, parseFilter, printFilter, withView } from "@/lib/filter/url";
import { isEdited, listReadyMade, longestFilter, readStored, toStored, viewHref } from "@/lib/views/view";

const paramsOf = (href: string) => new URL(href, "http://desk").searchParams;

describe("a ready-made view", () => {
  test.each(listReadyMade("2026-11-25"))("$name is understood wholly, and its link shows it unchanged", (view) => {
    expect(view.problem).toBeNull();
    const params = paramsOf(viewHref(view));
    expect(params.get("view")).toBe(view.id);
    const { filter, problems } = parseFilter(params);
    expect(problems).toEqual([]);
    expect(isEdited(view, filter)).toBe(false);
    expect(isEdited(view, { ...filter, sort: "name" })).toBe(true);
  });

  test("has an id and a name that no other has", () => {
    const views = listReadyMade("2026-11-25");
    expect(new Set(views.map(({ id }) => id)).size).toBe(views.length);
    expect(new Set(views.map(({ name }) => name)).size).toBe(views.length);
  });
});

test("a filter is kept in its one form, wholly and within its room, or not at all", () => {
  expect(toStored("sort=-timestamp&status=new&status=closed")).toBe("status=closed&status=new");
  expect(toStored("status=new&colour=red")).toBeNull();
  // Each letter takes six in an address.
  expect(toStored(`page=${"ü".repeat(600)}`)?.length).toBeLessThan(longestFilter);
  expect(toStored(`page=${"ü".repeat(1_500)}`)).toBeNull();
});

test("what is no longer understood of a stored filter is left out and named", () => {
  expect(readStored("status=new&colour=red&sort=colour")).toEqual({
    filter: "status=new",
    stored: "status=new&colour=red&sort=colour",
    problem: "colour=red, sort=colour",
  });
  expect(readStored("status=new&status=closed&sort=name").problem).toBeNull();
});

test("a view in the address is no part of the filter, and no problem", () => {
  expect(parseFilter(new URLSearchParams("view=mine&status=new"))).toEqual({
    filter: parseFilter(new URLSearchParams("status=new")).filter,
    problems: [],
  });
});

describe("keeping the view in an address", () => {
  test("adds it where there is none, and leaves one that is there", () => {
    expect(withView("/contacts", "mine")).toBe("/contacts?view=mine");
    expect(withView("/contacts?status=new", "mine")).toBe("/contacts?status=new&view=mine");
    expect(withView("/contacts?view=queue", "mine")).toBe("/contacts?view=queue");
    expect(withView("/contacts?status=new", null)).toBe("/contacts?status=new");
  });

  test("whatever the view and the filter, both are read back", () => {
    const given = fc.property(fc.string(), fc.string({ minLength: 1, unit: "grapheme" }), (words, view) => {
      const { filter } = parseFilter(new URLSearchParams({ q: words }));
      const params = paramsOf(withView(contactsHref(filter), view));
      expect(params.get("view")).toBe(view);
      expect(String(printFilter(parseFilter(params).filter))).toBe(String(printFilter(filter)));
    });
    fc.assert(given);
  });

  test("the inbox names it itself", () => {
    expect(contactsHref(emptyFilter, { view: "mine", open: "x" })).toBe("/contacts?view=mine&open=x");
  });
});
