import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findSettings, findStaff, listFound } from "@/components/find/find-items";
import { stillMatching } from "@/components/find/use-found";
import { settingsSections } from "@/components/settings/sections";
import { findHref, longestSought, mostFound } from "@/lib/find/found";
import { parseFind } from "@/lib/find/request";

const at = "2026-11-30T08:00:00+00:00";
const mara = { id: "c1", name: "Mara Lindqvist", email: "mara@northlight.example", company: "Northlight AB", at };
const jose = { id: "c2", name: "José", email: "j@x.example", company: null, at };
const plan = { id: "d1", filename: "Floor_plan.pdf", contact: "c1", name: "Mara Lindqvist", at };

describe("what the server is asked", () => {
  const parse = (query: string) => parseFind(new URLSearchParams(query));
  const asked = (typed: string) => parse(new URL(findHref(typed), "http://desk").search);

  test("is read as the list's search reads it", () => {
    expect(asked('mara "north light" -spam')).toEqual([
      { text: "mara", exclude: false },
      { text: "north light", exclude: false },
      { text: "spam", exclude: true },
    ]);
  });

  test("is nothing where nothing can be seen, or all is excluded", () => {
    for (const typed of ["", " ", "\u200b\u00ad", "\t\u0001\u001f", "-mara"]) expect(asked(typed)).toEqual([]);
  });

  test("has no control character within a word", () => {
    expect(asked("ma\u001fra\tlind")?.map(({ text }) => text)).toEqual(["ma", "ra", "lind"]);
  });

  test.each([
    "",
    "q=a&q=b",
    "q=a&limit=1000",
    "words=a",
    "q[]=a",
    `q=${"a".repeat(longestSought + 1)}`,
    `q=${"a+".repeat(21)}`,
    "q=a%00b",
  ])("is refused if the palette does not send it: %s", (query) => expect(parse(query)).toBeNull());

  test("is refused with half of a pair", () => {
    const params = {
      *[Symbol.iterator]() {
        yield ["q", "a\ud800"];
      },
    } as unknown as URLSearchParams;
    expect(parseFind(params)).toBeNull();
  });
});

describe("while a newer answer is awaited", () => {
  const found = { contacts: [mara, jose], documents: [plan] };
  test("those of the last one stay that still match, folded", () => {
    expect(stillMatching(found, "mara north")).toEqual({ contacts: [mara], documents: [] });
    expect(stillMatching(found, "JOSE")).toEqual({ contacts: [jose], documents: [] });
    expect(stillMatching(found, "plan floor")).toEqual({ contacts: [], documents: [plan] });
    expect(stillMatching(found, "maria")).toEqual({ contacts: [], documents: [] });
  });
});

describe("what the browser finds by itself", () => {
  const people = Array.from({ length: 9 }, (_none, index) => ({
    id: `s${index}`,
    name: `Ada ${index}`,
    disabled: false,
  }));
  const labels = (groups: ReturnType<typeof findStaff>) =>
    groups.flatMap(({ items }) => items.map(({ label }) => label));

  test("is nothing before one types", () => {
    expect([...findStaff("", people), ...findSettings("", true)]).toEqual([]);
  });

  test("is a few of the staff by their names alone, each with their contacts", () => {
    expect(labels(findStaff("ada", people))).toHaveLength(mostFound);
    expect(findStaff("ada 7", people)).toMatchObject([{ items: [{ label: "Ada 7", href: "/contacts?assignee=s7" }] }]);
    expect(findStaff("assigned", people)).toEqual([]);
  });

  test("is the parts of the settings that are open to the viewer", () => {
    expect(labels(findSettings("business hours", true))).toEqual(["Desk"]);
    expect(labels(findSettings("business hours", false))).toEqual([]);
    expect(labels(findSettings("sign out everywhere", false))).toEqual(["Sessions"]);
  });

  test("leads to parts that the pages have", () => {
    const sources = {
      "/account": ["app/(desk)/account/page.tsx", "components/staff/account/preferences-section.tsx"],
      "/settings": ["app/(desk)/settings/page.tsx"],
    };
    const ids = Object.entries(sources).flatMap(([path, files]) =>
      files.flatMap((file) =>
        [...readFileSync(file, "utf8").matchAll(/<Section\s+id="([\w-]+)"/g)].map(([, id]) => `${path}#${id}`),
      ),
    );
    const linked = settingsSections.map(({ href }) => href).filter((href) => href.includes("#"));
    expect(linked.toSorted()).toEqual(ids.toSorted());
  });
});

test("what nobody gave has a name, and a document leads to its contact, without what hides in its name", () => {
  const blank = { id: "a/b", name: " ", email: " ", company: "Not specified", at: "infinity" };
  expect(listFound({ contacts: [blank], documents: [] })).toMatchObject([
    { items: [{ label: "No name", detail: "", href: "/contacts/a%2Fb" }] },
  ]);
  const file = { ...plan, filename: "offer\u202efdp.docx" };
  expect(listFound({ contacts: [], documents: [file] })).toMatchObject([
    { items: [{ label: "offerfdp.docx", detail: "Mara Lindqvist", href: "/contacts/c1#documents" }] },
  ]);
});
