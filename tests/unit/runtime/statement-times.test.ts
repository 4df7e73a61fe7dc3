import { afterEach, expect, test } from "vitest";
import { forgetOfProcess } from "@/lib/runtime/of-process";
import { countStatement, findStatementText, listStatementTimes } from "@/lib/runtime/statement-times";

afterEach(() => {
  forgetOfProcess("statement times");
});

test("a statement is counted by screen, whatever its constants", () => {
  countStatement("/contacts", "select a from t where b in ($1, $2)", 10, 5);
  countStatement("/contacts", "select a from t where b in ($1)", 30, 1);
  countStatement("/triage", "select a from t where b in ($1)", 1, 0);
  countStatement("/triage", "begin read only", 1, 0);
  const times = listStatementTimes();
  expect(times).toMatchObject([
    { screen: "/contacts", calls: 2, total: 40, longest: 30, rows: 6 },
    { screen: "/triage", calls: 1, total: 1, longest: 1, rows: 0 },
  ]);
  expect(times[0]?.id).toBe(times[1]?.id);
  expect(findStatementText(times[0]?.id ?? "")).toBe("select a from t where b in ($1, $2)");
  expect(findStatementText("0123456789abcdef")).toBeNull();
});

test("as many are kept as there is room for, and what took most in all stays", () => {
  for (let i = 0; i < 2_000; i++) countStatement("/contacts", `select a${i} from t`, i === 3 ? 500 : 1, 1);
  const times = listStatementTimes();
  expect(times).toHaveLength(600);
  expect(times[0]).toMatchObject({ text: "select a3 from t", total: 500 });
});

test("a text that is longer than any of ours is not kept", () => {
  countStatement("/contacts", `select ${"a, ".repeat(10_000)} b from t`, 1, 1);
  expect(listStatementTimes()).toEqual([]);
});
