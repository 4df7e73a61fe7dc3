import { expect, test } from "vitest";
import { printCount } from "@/lib/desk/count";

test("an exact number is written out, one that may be larger says so, and what is known of it is said roughly", () => {
  expect(printCount({ count: 4812, exact: true })).toBe("4,812");
  expect(printCount({ count: 10_000, exact: false })).toBe("10,000+");
  expect(printCount({ count: 10_000, exact: false, about: 1_234_567 })).toBe("≈ 1.23\u202fM");
  expect(printCount({ count: 10_000, exact: false, about: 43_210 })).toBe("≈ 43.2\u202fK");
  expect(printCount({ count: 1_000_001, exact: true, about: 900_000 })).toBe("1,000,001");
});
