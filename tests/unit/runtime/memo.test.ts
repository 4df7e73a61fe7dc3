import { describe, expect, test } from "vitest";
import { createAnswerMemo, createMemo } from "@/lib/runtime/memo";
import { singleFlight } from "@/lib/runtime/single-flight";

describe("a memo", () => {
  test("gives a value for its time, and for another where one is said", () => {
    let now = 0;
    const memo = createMemo<string>({ milliseconds: 1_000, most: 10, now: () => now });
    memo.set("usual", "a");
    memo.set("short", "b", 100);
    now = 999;
    expect([memo.get("usual"), memo.get("short"), memo.get("never")]).toEqual(["a", undefined, undefined]);
    now = 1_000;
    expect(memo.get("usual")).toBeUndefined();
    expect(memo.size).toBe(0);
  });

  test("keeps the youngest where it is full, one that was written anew among them", () => {
    const memo = createMemo<number>({ milliseconds: 1_000, most: 2 });
    memo.set("a", 1);
    memo.set("b", 2);
    memo.set("a", 3);
    memo.set("c", 4);
    expect([memo.get("a"), memo.get("b"), memo.get("c")]).toEqual([3, undefined, 4]);
  });
});

describe("a memo of answers", () => {
  const create = () => {
    let now = 0;
    let asked = 0;
    const memo = createAnswerMemo<number>({ milliseconds: 1_000, most: 10, now: () => now });
    return { memo, ask: async () => ++asked, pass: (ms: number) => (now += ms) };
  };

  test("asks once for all who want the same, until its time is over", async () => {
    const { memo, ask, pass } = create();
    const both = [memo.answer("a", ask), memo.answer("a", ask)];
    expect(await Promise.all([...both, memo.answer("b", ask)])).toEqual([1, 1, 2]);
    pass(1_000);
    expect(await memo.answer("a", ask)).toBe(3);
  });

  test("asks again where it is told to, and keeps that answer", async () => {
    const { memo, ask } = create();
    await memo.answer("a", ask);
    expect(await memo.answer("a", ask, true)).toBe(2);
    expect(await memo.answer("a", ask)).toBe(2);
  });

  test("forgets an answer that fails, and not one that was asked for since", async () => {
    const { memo, ask } = create();
    let fail = (_error: Error) => {};
    const failing = memo.answer("a", () => new Promise((_resolve, reject) => (fail = reject)));
    const renewed = memo.answer("a", ask, true);
    fail(new Error("the database is away"));
    await expect(failing).rejects.toThrow("away");
    expect(await memo.answer("a", ask)).toBe(await renewed);
    await expect(memo.answer("b", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await memo.answer("b", ask)).toBe(2);
  });
});

test("work of one name runs once at a time, and again when it has ended", async () => {
  let runs = 0;
  const work = async () => ++runs;
  expect(await Promise.all([singleFlight("test", work), singleFlight("test", work)])).toEqual([1, 1]);
  expect(await singleFlight("test", work)).toBe(2);
});
