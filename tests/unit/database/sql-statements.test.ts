import { expect, test } from "vitest";
import { splitStatements } from "@/lib/database/migrate/sql-statements";

test("a file is split at its semicolons, each statement with the line it begins on", () => {
  const sql = "-- a comment; with a semicolon\n\nselect 1;\n\n/* one; /* two; */ */ select\n 2;;\nselect 3";
  expect(splitStatements(sql)).toEqual([
    { text: "select 1", line: 3 },
    { text: "select\n 2", line: 5 },
    { text: "select 3", line: 7 },
  ]);
});

test.each([
  "select 'a;''b'",
  "select E'a\\';b'",
  'select ";""x"',
  "do $$ begin perform 1; end $$",
  "do $body$ select $$;$$; $body$",
  "select $1 -- ; $$\n + 2",
  "select $ü$;$ü$",
  "select 1 /* ; */ + 1",
])("%s is one statement", (sql) => {
  expect(splitStatements(`${sql};\nselect 2;`)).toEqual([
    { text: sql, line: 1 },
    { text: "select 2", line: sql.split("\n").length + 1 },
  ]);
});

test("a dollar within a name opens nothing", () => {
  expect(splitStatements("select a$$b; select c$$d").map(({ text }) => text)).toEqual(["select a$$b", "select c$$d"]);
});

test("comments alone are no statement", () => {
  expect(splitStatements("-- nothing\n/* here */ ;\n")).toEqual([]);
});
