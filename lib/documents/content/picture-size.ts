import type { ContentKind } from "./content";

/** Pixels. */
export type PictureSize = { width: number; height: number };

type PictureType = Extract<ContentKind, { kind: "image" }>["type"];

/** Bytes of a picture that are searched for its size. Photographs have profiles and thumbnails before it. */
export const measuredBytes = 512 * 1024;

/**
 * Reads a picture's width and height from its beginning, as browsers' decoders find them. Null if the beginning is too
 * short or does not follow the format exactly, because a decoder might read it differently. An animation's size is its
 * first frame or its canvas, whichever is larger. Decoders crop later frames to that.
 */
export function readPictureSize(type: PictureType, head: Uint8Array): PictureSize | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    const { width, height } = readers[type](view);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch (error) {
    // A read beyond the end of `head`.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const none: PictureSize = { width: 0, height: 0 };

const readers: Record<PictureType, (view: DataView) => PictureSize> = {
  "image/png": readPng,
  "image/jpeg": readJpeg,
  "image/gif": readGif,
  "image/webp": readWebp,
};

/** PNG, third edition, 11.2.1: the first chunk is IHDR with 13 bytes, and it begins with the size. */
function readPng(view: DataView): PictureSize {
  if (view.getUint32(8) !== 13 || readName(view, 12) !== "IHDR") return none;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** ITU-T T.81, B.1 and B.2: segments with their lengths, until a frame header gives the size. */
function readJpeg(view: DataView): PictureSize {
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return none;
    while (view.getUint8(at) === 0xff) at++;
    const marker = view.getUint8(at++);
    // Not a segment, or one that comes only after the frame header: stuffed zeros, restarts, ends, starts, scans.
    if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xda)) return none;
    const length = view.getUint16(at);
    if (length < 2) return none;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 5), height: view.getUint16(at + 3) };
    at += length;
  }
}

/** GIF89a, 18 and 20: the canvas, and the first frame, to which decoders enlarge the canvas. */
function readGif(view: DataView): PictureSize {
  const canvas = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const packed = view.getUint8(10);
  let at = 13 + (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);
  for (;;) {
    const block = view.getUint8(at);
    if (block === 0x2c) {
      const right = view.getUint16(at + 1, true) + view.getUint16(at + 5, true);
      const bottom = view.getUint16(at + 3, true) + view.getUint16(at + 7, true);
      return { width: Math.max(canvas.width, right), height: Math.max(canvas.height, bottom) };
    }
    if (block !== 0x21) return none;
    at += 2;
    for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += length + 1;
    at++;
  }
}

/** RFC 9649, 2.5 to 2.7 and 3.4, and RFC 6386, 9.1: the first chunk has the size, in one of three formats. */
function readWebp(view: DataView): PictureSize {
  const chunk = readName(view, 12);
  if (chunk === "VP8X") return { width: readUint24(view, 24) + 1, height: readUint24(view, 27) + 1 };
  if (chunk === "VP8L" && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk === "VP8 " && readUint24(view, 23) === 0x2a019d) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return none;
}

function readName(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

function readUint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
}
