import { expect, test } from "vitest";
import { toParams } from "@/lib/desk/search-params";

test("a page's parameters are texts, in their order, and a key given twice is there twice", () => {
  const given = { status: ["new", "closed"], q: "offer", from: undefined };
  expect([...toParams(given)]).toEqual([
    ["status", "new"],
    ["status", "closed"],
    ["q", "offer"],
  ]);
});

test("what every object has by a parameter's name is no value of it", () => {
  const given: Record<string, unknown> = {
    constructor: [Object, "1"],
    toString: Object.prototype.toString,
    q: "offer",
  };
  expect([...toParams(given as Record<string, string>)]).toEqual([
    ["constructor", "1"],
    ["q", "offer"],
  ]);
});
