import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sniffContent } from "@/lib/documents/content/content";
import { readPictureSize } from "@/lib/documents/content/picture-size";
import { previewOf, shownPixels } from "@/lib/documents/file";
import { makeGif, makeJpeg, makePng, pictureHeads } from "../../picture-heads";

const types = {
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  lossy: "image/webp",
  lossless: "image/webp",
  webp: "image/webp",
} as const;
const kinds = Object.keys(types) as (keyof typeof types)[];

describe.each(kinds)("a picture of the kind %s", (kind) => {
  const type = types[kind];
  const make = pictureHeads[kind];

  test("says its size, whatever it is", () => {
    const side = fc.integer({ min: 1, max: 16_383 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        expect(readPictureSize(type, make({ width, height }))).toEqual({ width, height });
      }),
    );
  });

  test("is taken for what it is, and not shown above the limit", async () => {
    const content = await sniffContent(make({ width: 16_000, height: 16_000 }));
    expect(content).toEqual({ kind: "image", type });
    expect(
      previewOf(
        { content, size: readPictureSize(type, make({ width: 16_000, height: 16_000 })), whole: false },
        110_000,
      ),
    ).toBe("too_many_pixels");
    expect(
      previewOf({ content, size: readPictureSize(type, make({ width: 8_064, height: 6_048 })), whole: false }, 110_000),
    ).toBe("image");
  });

  test("that is cut off anywhere says nothing, and is not shown", async () => {
    const whole = make({ width: 300, height: 200 });
    const content = await sniffContent(whole);
    for (let length = 0; length < whole.length; length++) {
      const size = readPictureSize(type, whole.subarray(0, length));
      if (size) expect(size).toEqual({ width: 300, height: 200 });
      else expect(previewOf({ content, size, whole: false }, 1_000)).toBe("not_measured");
    }
    expect(readPictureSize(type, whole.subarray(0, 9))).toBeNull();
  });

  test("is read within a bounded time, and never throws, whatever the bytes", () => {
    const start = make({ width: 300, height: 200 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: start.length }), (bytes, kept) => {
        const size = readPictureSize(type, Buffer.concat([start.subarray(0, kept), bytes]));
        if (size) for (const side of [size.width, size.height]) expect(Number.isInteger(side) && side > 0).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a picture that would be read in two ways", () => {
  test("is a PNG whose first chunk is another, and is not shown", () => {
    const png = makePng({ width: 10, height: 10 });
    png.write("CgBI", 12, "latin1");
    expect(readPictureSize("image/png", png)).toBeNull();
  });

  test("is a JPEG with bytes between its segments, and is not shown", () => {
    const jpeg = makeJpeg({ width: 10, height: 10 });
    expect(readPictureSize("image/jpeg", Buffer.concat([jpeg.subarray(0, 2), Buffer.from([1]), jpeg]))).toBeNull();
    for (const marker of [0x00, 0x01, 0xd0, 0xd8, 0xd9, 0xda]) {
      const odd = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, marker, 0, 2]), jpeg.subarray(2)]);
      expect(readPictureSize("image/jpeg", odd)).toBeNull();
    }
  });

  test("is a JPEG whose padding hides its frame from a careless reader; what a decoder sees counts", () => {
    const frame = makeJpeg({ width: 30_000, height: 30_000 }).subarray(2);
    const small = makeJpeg({ width: 10, height: 10 }).subarray(2);
    const padded = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xff]), frame.subarray(1), small]);
    expect(readPictureSize("image/jpeg", padded)).toEqual({ width: 30_000, height: 30_000 });
  });

  test("is a JPEG of each of the coders there are", () => {
    for (const marker of [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]) {
      const jpeg = makeJpeg({ width: 30_000, height: 20_000 });
      jpeg.writeUInt8(marker, 3);
      expect(readPictureSize("image/jpeg", jpeg)).toEqual({ width: 30_000, height: 20_000 });
    }
    // Tables of the coder, which are no frame.
    for (const marker of [0xc4, 0xcc]) {
      const jpeg = makeJpeg({ width: 30_000, height: 20_000 });
      jpeg.writeUInt8(marker, 3);
      expect(readPictureSize("image/jpeg", jpeg)).toBeNull();
    }
  });

  test("is a GIF whose first frame is larger than its canvas; the larger counts", () => {
    const canvas = { width: 10, height: 10 };
    expect(readPictureSize("image/gif", makeGif(canvas, { width: 60_000, height: 50_000 }))).toEqual({
      width: 60_000,
      height: 50_000,
    });
    expect(readPictureSize("image/gif", makeGif(canvas, { left: 20_000, top: 9, width: 5, height: 1 }))).toEqual({
      width: 20_005,
      height: 10,
    });
  });
});

test("a picture without a width or a height is not shown", async () => {
  for (const size of [
    { width: 0, height: 10 },
    { width: 10, height: 0 },
  ]) {
    expect(readPictureSize("image/png", makePng(size))).toBeNull();
    expect(readPictureSize("image/jpeg", makeJpeg(size))).toBeNull();
  }
});

test("a file is not shown where the store does not say how long it is", () => {
  for (const content of [
    { kind: "text", type: "text/plain; charset=utf-8" },
    { kind: "pdf", type: "application/pdf" },
    { kind: "image", type: "image/png" },
  ] as const) {
    expect(previewOf({ content, size: { width: 1, height: 1 }, whole: false }, null)).toBe("not_measured");
    expect(previewOf({ content, size: { width: 1, height: 1 }, whole: false }, 1)).toBe(content.kind);
  }
});

test("the limit is met to the pixel", () => {
  const content = { kind: "image", type: "image/png" } as const;
  expect(previewOf({ content, size: { width: shownPixels, height: 1 }, whole: false }, 1)).toBe("image");
  expect(previewOf({ content, size: { width: shownPixels + 1, height: 1 }, whole: false }, 1)).toBe("too_many_pixels");
});
