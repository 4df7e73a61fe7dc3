import type { ContentKind } from "./content";

/** Pixels. */
export type PictureSize = { width: number; height: number };

type PictureType = Extract<ContentKind, { kind: "image" }>["type"];

/** Bytes of a picture that are looked at for its size. Photographs carry profiles and small copies before it. */
export const measuredBytes = 512 * 1024;

/**
 * Reads a picture's width and height from its head, as browsers' decoders find them. Null where the head is too short, or
 * not exactly as the format says: what a decoder might read in another way is not guessed at. An animation is as large as
 * its first frame or its canvas, whichever is larger; decoders cut later frames to that.
 */
export function readPictureSize(type: PictureType, head: Uint8Array): PictureSize | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    const { width, height } = readers[type](view);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch (error) {
    // Beyond the end of the head.
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

/** PNG, third edition, 11.2.1: the first chunk is IHDR, of 13 bytes, and begins with the size. */
function readPng(view: DataView): PictureSize {
  if (view.getUint32(8) !== 13 || readName(view, 12) !== "IHDR") return none;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** ITU-T T.81, B.1 and B.2: segments with their lengths, until a frame header says the size. */
function readJpeg(view: DataView): PictureSize {
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return none;
    while (view.getUint8(at) === 0xff) at++;
    const marker = view.getUint8(at++);
    // No segment, or one that stands behind the frame header: stuffed zeros, restarts, ends, beginnings, scans.
    if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xda)) return none;
    const length = view.getUint16(at);
    if (length < 2) return none;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 5), height: view.getUint16(at + 3) };
    at += length;
  }
}

/** GIF89a, 18 and 20: the canvas, and the first frame, by which decoders enlarge it. */
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

/** RFC 9649, 2.5 to 2.7 and 3.4, and RFC 6386, 9.1: the first chunk has the size, in one of three ways. */
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
