import { expect, test } from "vitest";
import { collectPaths } from "@/lib/list/path-collector";

const collect = (...contacts: unknown[]) => collectPaths(contacts.map((each) => JSON.stringify(each)));

test("paths with what stands there, the commonest first", () => {
  expect(
    collect(
      { tone: "formal", score: 2, tags: ["a", "a", "b"] },
      { tone: "formal", score: -1, tags: ["a"] },
      { tone: null, nested: { deep: true } },
      {},
    ),
  ).toEqual([
    {
      path: "tone",
      contacts: 3,
      kinds: ["text", "nothing"],
      values: [{ json: "formal", contacts: 2 }],
      least: null,
      most: null,
    },
    { path: "score", contacts: 2, kinds: ["number"], values: [], least: -1, most: 2 },
    { path: "tags", contacts: 2, kinds: ["list"], values: [{ json: "a", contacts: 2 }], least: null, most: null },
    { path: "nested", contacts: 1, kinds: ["group"], values: [], least: null, most: null },
    { path: "nested.deep", contacts: 1, kinds: ["yes or no"], values: [], least: null, most: null },
  ]);
});

test("keys stand as a condition writes them, whatever is in them", () => {
  const paths = collect({ "a.b": { "c:d": 1, "e\\f": 1 }, ["__proto__"]: 1, constructor: 1 }).map(({ path }) => path);
  expect(paths.toSorted()).toEqual(["__proto__", "a\\.b", "a\\.b.c\\:d", "a\\.b.e\\\\f", "constructor"]);
});

test("numbers and their like as text stay apart", () => {
  expect(collect({ a: 5 }, { a: 5 }, { a: "5" }, { a: "5" })[0]?.values.map(({ json }) => json)).toEqual([5, "5"]);
});

test("what no condition can ask for is left out: empty and endless keys, what is deeper than eight, absurd values", () => {
  const deep = JSON.parse(`${'{"k":'.repeat(3_000)}1${"}".repeat(3_000)}`);
  expect(collect({ "": 1, ["x".repeat(201)]: 1 })).toEqual([]);
  expect(collect(deep)).toHaveLength(8);
  expect(
    collectPaths(Array.from({ length: 2 }, () => '{"a":1e400,"b":12345678901234567890}')).map(({ values }) => values),
  ).toEqual([[], []]);
});

test("null, lists, texts and what is no JSON at all have no paths", () => {
  expect(collectPaths(["null", '[{"a":1}]', '"text"', "5", "{", ""])).toEqual([]);
});

test("a hostile pipeline costs no more than its bounds", () => {
  const wide = Array.from({ length: 50 }, (_, row) =>
    Object.fromEntries(Array.from({ length: 2_000 }, (_, key) => [`key ${row} ${key}`, [key, row]])),
  );
  expect(collect(...wide)).toHaveLength(300);
  const [many] = collect(
    ...Array.from({ length: 3_000 }, (_, at) => ({ many: at })),
    ...Array(5).fill({ many: "often" }),
  );
  expect(many).toMatchObject({ contacts: 3_005, least: 0, most: 2_999, values: [] });
});
