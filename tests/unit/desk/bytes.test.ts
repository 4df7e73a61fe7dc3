import { expect, test } from "vitest";
import { formatBytes } from "@/lib/desk/bytes";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [512, "512 bytes"],
  [999.7, "1 kB"],
  [1_024, "1 kB"],
  [9_950, "10 kB"],
  [412_345, "412 kB"],
  [745_678, "746 kB"],
  [999_900, "1 MB"],
  [1_500_000, "1.5 MB"],
  [3_900_000, "3.9 MB"],
  [5e12, "5 TB"],
  [-1, "size unknown"],
  [Number.NaN, "size unknown"],
])("%d bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
