import { afterAll, beforeAll, expect, test } from "vitest";
import { DatabaseError } from "@/lib/database/errors";
import { numberErrors } from "@/lib/runtime/error-number";
import { workOn } from "@/lib/runtime/screen";

beforeAll(numberErrors);
afterAll(() => {
  Reflect.deleteProperty(Error.prototype, "digest");
});

const digestOf = (error: unknown) => (error as { digest?: unknown }).digest;

test("an error's number begins with the request's id, is its own, and stays", () => {
  workOn("/contacts", "0a1b2c", () => {
    const [first, second] = [new Error("one"), new TypeError("two")];
    expect([digestOf(first), digestOf(second), digestOf(first)]).toEqual(["0a1b2c", "0a1b2c.2", "0a1b2c"]);
  });
});

test("of the database's errors it follows what kind they are", () => {
  workOn("/contacts", "0a1b2c", () => {
    expect(new DatabaseError("busy", null).digest).toBe("BUSY_0a1b2c");
  });
  expect(new DatabaseError("busy", null).digest).toMatch(/^BUSY_[0-9a-f]{8}$/);
});

test("a digest that an error was given is kept, and one outside of a request has none", () => {
  const redirect = Object.assign(new Error("left"), { digest: "NEXT_REDIRECT;push;/sign-in" });
  workOn("/contacts", "0a1b2c", () => {
    expect(digestOf(redirect)).toBe("NEXT_REDIRECT;push;/sign-in");
  });
  const outside = new Error("alone");
  expect(digestOf(outside)).toBeUndefined();
  expect(Object.keys(outside)).toEqual([]);
  (outside as { digest?: string }).digest = "12345";
  expect(digestOf(outside)).toBe("12345");
});
