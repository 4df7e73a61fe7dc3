import { describe, expect, test } from "vitest";
import { hasPlan, hideConstants, normaliseStatement } from "@/lib/runtime/statement-text";

describe("a statement and what pg_stat_statements keeps of it are the same text", () => {
  test.each([
    ["select a from t where b = $1", "select a from t where b = $1"],
    ["select a from t where b = 'it''s' and c = $1", "select a from t where b = $2 and c = $1"],
    ["select a -- why\n  from t /* that */ limit 10", "select a -- why\n  from t /* that */ limit $1"],
    ["select interval '3 days', 1.5e3, E'a\\'b', $x$ 'y' $x$", "select interval $1, $2, $3, $4"],
    ["select a where b in ($1, $2, $3)", "select a where b in ($1 /*, ... */)"],
    ["select a where b > -5 and c - 5 > 0", "select a where b > $1 and c - $2 > $3"],
    ["select coalesce(a, -1), true, null", "select coalesce(a, $1), $2, $3"],
    ["select extract(epoch from a)", "select extract($1 from a)"],
    ["select normalize(a, NFKC)", "select normalize(a, $1)"],
    ["SELECT A  FROM T;", "select a from t"],
    ['select "A b" from "T"', 'select "A b" from "T"'],
  ])("%s", (ours, theirs) => {
    expect(normaliseStatement(ours)).toBe(normaliseStatement(theirs));
  });

  test.each([
    ["select a from t", "select b from t"],
    ["select a from t where b = $1", "select a from t where b > $1"],
    ['select "A" from t', 'select "a" from t'],
    ["select c - 5", "select c + 5"],
  ])("%s is another than %s", (one, other) => {
    expect(normaliseStatement(one)).not.toBe(normaliseStatement(other));
  });
});

test("no constant is shown, and what is no constant stays", () => {
  const shown = hideConstants(
    "\n    select name1, 'secret', 42\n    from t\n      where a = $1 and b = E'x\\'y' -- it's\n",
  );
  expect(shown).toBe("select name1, ?, ?\nfrom t\n  where a = $1 and b = ? -- it's");
});

test("what has no plan is told apart", () => {
  expect(["select 1", "  WITH a as (select 1) select 2", "update t set a = 1"].every(hasPlan)).toBe(true);
  expect(["begin read only", "commit", "set local a = 1", "explain select 1", "selected"].some(hasPlan)).toBe(false);
});
