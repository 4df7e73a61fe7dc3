import { expect, test } from "vitest";
import { isPictureCut, pictureEndBytes } from "@/lib/documents/content/picture-end";
import { makeJpeg, makePng, makeWebp } from "../../picture-heads";

const size = { width: 30, height: 20 };

test("a picture is cut where its end mark is missing, and whole whatever a camera puts behind it", () => {
  const png = makePng(size);
  const jpeg = makeJpeg(size);
  const cut = (type: "image/png" | "image/jpeg" | "image/gif", file: Buffer) =>
    isPictureCut(type, file, file.subarray(-pictureEndBytes), file.length);
  expect(cut("image/png", png)).toBe(true);
  expect(cut("image/png", Buffer.concat([png, Buffer.from("\0\0\0\0IEND\xae\x42\x60\x82", "latin1")]))).toBe(false);
  expect(cut("image/jpeg", jpeg)).toBe(true);
  expect(cut("image/jpeg", Buffer.concat([jpeg, Buffer.from([0xff, 0xd9]), Buffer.alloc(40_000)]))).toBe(false);
  expect(cut("image/gif", Buffer.from("GIF89a"))).toBe(false);
});

test("a WebP is cut where it is shorter than it says", () => {
  const whole = makeWebp(size);
  const stated = whole.readUInt32LE(4) + 8;
  expect(isPictureCut("image/webp", whole, whole, stated)).toBe(false);
  expect(isPictureCut("image/webp", whole, whole, stated - 1)).toBe(true);
});
