import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyFilter } from "@/lib/filter/filter";
import { contactsHref, parseFilter, printFilter, readBeside, withBeside, withColumns } from "@/lib/filter/url";
import { isEdited, listReadyMade, longestFilter, readStored, toStored, viewHref } from "@/lib/views/view";

const paramsOf = (href: string) => new URL(href, "http://desk").searchParams;

describe("a ready-made view", () => {
  test.each(listReadyMade())("$name is understood wholly, and its link shows it unchanged", (view) => {
    expect(view.problem).toBeNull();
    const params = paramsOf(viewHref(view));
    expect(params.get("view")).toBe(view.id);
    const { filter, problems } = parseFilter(params);
    expect(problems).toEqual([]);
    expect(readBeside(params)).toEqual({ view: view.id, columns: null });
    expect(isEdited(view, filter, null)).toBe(false);
    expect(isEdited(view, { ...filter, sort: "name" }, null)).toBe(true);
    expect(isEdited(view, filter, "contact,email")).toBe(true);
  });

  test("has an id and a name that no other has", () => {
    const views = listReadyMade();
    expect(new Set(views.map(({ id }) => id)).size).toBe(views.length);
    expect(new Set(views.map(({ name }) => name)).size).toBe(views.length);
  });
});

const only = (filter: string) => ({ filter, columns: null });

test("a filter is kept in its one form, wholly and within its room, or not at all", () => {
  expect(toStored(only("sort=-timestamp&status=new&status=closed"))).toEqual(only("status=closed&status=new"));
  expect(toStored(only("status=new&colour=red"))).toBeNull();
  // Each letter takes six in an address.
  expect(toStored(only(`page=${"ü".repeat(600)}`))?.filter.length).toBeLessThan(longestFilter);
  expect(toStored(only(`page=${"ü".repeat(1_500)}`))).toBeNull();
});

describe("the columns of a view", () => {
  const emails = { id: "emails", filter: "status=new", columns: "contact,email" };
  const { filter } = parseFilter(new URLSearchParams(emails.filter));

  test("are kept in their one form, all of them or not at all", () => {
    expect(toStored({ filter: "", columns: "email,status,email" })?.columns).toBe("contact,email,status");
    expect(toStored({ filter: "", columns: "contact,shoe size" })).toBeNull();
    expect(toStored(only(""))?.columns).toBeNull();
  });

  test("stand in its link, which shows it unchanged", () => {
    expect(viewHref(emails)).toBe("/contacts?status=new&view=emails&columns=contact,email");
    expect(isEdited(emails, filter, readBeside(paramsOf(viewHref(emails))).columns)).toBe(false);
    expect(viewHref({ ...emails, columns: null })).toBe("/contacts?status=new&view=emails");
  });

  test("are edited by others, by another order of them, and by the person's own", () => {
    for (const columns of ["contact,email,status", "contact", "email,contact", null]) {
      expect(isEdited(emails, filter, columns)).toBe(true);
    }
    // What an address says of columns that no list has changes nothing.
    expect(isEdited(emails, filter, "contact,shoe size,email")).toBe(false);
  });

  test("that are not on offer any more are left out without a word", () => {
    const stored = { filter: "status=new", columns: "shoe size,email" };
    expect(readStored(stored)).toEqual({ ...emails, id: undefined, stored, problem: null });
    expect(readStored({ filter: "", columns: "shoe size" }).columns).toBeNull();
  });
});

test("what is no longer understood of a stored filter is left out and named", () => {
  const stored = only("status=new&colour=red&sort=colour");
  expect(readStored(stored)).toEqual({ ...only("status=new"), stored, problem: "colour=red, sort=colour" });
  expect(readStored(only("status=new&status=closed&sort=name")).problem).toBeNull();
});

test("a view and columns in the address are no part of the filter, and no problem", () => {
  expect(parseFilter(new URLSearchParams("view=mine&status=new&columns=contact,shoe"))).toEqual({
    filter: parseFilter(new URLSearchParams("status=new")).filter,
    problems: [],
  });
});

describe("keeping the view and the columns in an address", () => {
  const mine = { view: "mine", columns: null };

  test("adds them where there is none, and leaves what is there", () => {
    expect(withBeside("/contacts", mine)).toBe("/contacts?view=mine");
    expect(withBeside("/contacts?status=new", { ...mine, columns: "contact,email" })).toBe(
      "/contacts?status=new&view=mine&columns=contact,email",
    );
    // A link to a view that has no columns is not to get those of the one before.
    expect(withBeside("/contacts?view=queue", { ...mine, columns: "contact,email" })).toBe("/contacts?view=queue");
    expect(withBeside("/contacts?columns=contact", mine)).toBe("/contacts?columns=contact");
    expect(withBeside("/contacts?status=new", { view: null, columns: null })).toBe("/contacts?status=new");
  });

  test("whatever they and the filter are, all are read back", () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" });
    const given = fc.property(fc.string(), text, text, (words, view, columns) => {
      const { filter } = parseFilter(new URLSearchParams({ q: words }));
      const params = paramsOf(withBeside(contactsHref(filter), { view, columns }));
      expect(readBeside(params)).toEqual({ view, columns });
      expect(String(printFilter(parseFilter(params).filter))).toBe(String(printFilter(filter)));
    });
    fc.assert(given);
  });

  test("puts other columns in, or takes them away, and leaves all else", () => {
    const params = new URLSearchParams("status=new&columns=contact&view=mine&open=x&after=y");
    expect(withColumns(params, "contact,email")).toBe(
      "/contacts?status=new&view=mine&open=x&after=y&columns=contact,email",
    );
    expect(withColumns(params, null)).toBe("/contacts?status=new&view=mine&open=x&after=y");
  });

  test("the inbox names it itself", () => {
    expect(contactsHref(emptyFilter, { view: "mine", columns: null, open: "x" })).toBe("/contacts?view=mine&open=x");
  });
});
