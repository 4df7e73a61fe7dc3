import { expect, test } from "vitest";
import { termsOf } from "@/lib/filter/sql/terms";
import { parseFilter } from "@/lib/filter/url";

const parse = (query: string) => parseFilter(new URLSearchParams(query)).filter;
const queryOf = (query: string) => termsOf(parse(query))?.query ?? null;

test("several values of a field are any of, several fields all of, and what is left out is not", () => {
  expect(queryOf("status=new&status=closed&-source=import")).toBe("('s:closed' | 's:new') & !('o:import')");
  expect(queryOf("type.all=pdf&type.all=docx&language=")).toBe("('t:=docx' | 't*') & ('t:=pdf' | 't*') & ('l:')");
});

test("what only leaves out, and what the terms know nothing of, is not asked of them", () => {
  expect(queryOf("-status=new&-language=")).toBeNull();
  expect(queryOf("company=x&q=hello&from=2026-01-01")).toBeNull();
  const terms = termsOf(parse("company=x&status=new&q=hello&from=2026-01-01"));
  expect(terms?.query).toBe("('s:new')");
  expect(terms?.asked).toEqual(parse("status=new"));
  expect(terms?.rest).toEqual(parse("company=x&q=hello&from=2026-01-01"));
});

test("a quote and a backslash in a value are themselves", () => {
  expect(queryOf("service=it's a \\ 'test'")).toBe("('v:it''s a \\\\ ''test''')");
});

test("ranges are steps, never narrower than what is asked for", () => {
  expect(queryOf("documents=3-")).toBe("('D:3')");
  expect(queryOf("documents=1-3")).toBe("('D:1' & !'D:4')");
  expect(queryOf("documents=0")).toBe("('d:0')");
  expect(queryOf("documents=2.5-3")).toBe("('D:2' & !'D:4')");
  expect(queryOf("documents=8-999")).toBe("('D:8')");
  expect(queryOf("documents=")).toBe("('d:')");
  expect(queryOf("complexity=0.58")).toBe("('x:29')");
  expect(queryOf("complexity=0.5-")).toBe("('X:5')");
  expect(queryOf("complexity=0.2-0.399999")).toBe("('X:2' & !'X:4')");
  expect(queryOf("complexity=1")).toBe("('x:49')");
});

test("a range is left out by terms only where they are as exact as it is", () => {
  expect(queryOf("status=new&-documents=3-")).toBe("('s:new') & !('D:3')");
  expect(queryOf("status=new&-documents=2.5-")).toBe("('s:new')");
  expect(queryOf("status=new&-complexity=0.5-")).toBe("('s:new')");
});

test("what has an index of its own, and too many others under the same term, is left to that index", () => {
  for (const asked of ["documents=999", "documents=10-", "insights=malformed"]) {
    expect(queryOf(asked)).toBeNull();
    const terms = termsOf(parse(`status=new&${asked}`));
    expect(terms?.query).toBe("('s:new')");
    expect(terms?.rest).toEqual(parse(asked));
  }
});
