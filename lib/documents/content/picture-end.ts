import type { ContentKind } from "./content";

type PictureType = Extract<ContentKind, { kind: "image" }>["type"];

/** Bytes at a picture's end that are searched for its end mark. Cameras put data of their own behind it. */
export const pictureEndBytes = 64 * 1024;

/**
 * Whether a picture was cut off, for example when it was sent. Browsers show what there is of it, and do not say so.
 * False where that cannot be told: a GIF's end mark is one byte.
 * @param tail its last `pictureEndBytes`, or all of it if it is shorter
 */
export function isPictureCut(type: PictureType, head: Uint8Array, tail: Uint8Array, length: number): boolean {
  const end = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength);
  // PNG, third edition, 11.2.5. ITU-T T.81, B.1.1.2: no other FF D9 is possible within a picture's data.
  if (type === "image/png") return !end.includes("IEND");
  if (type === "image/jpeg") return !end.includes(Buffer.from([0xff, 0xd9]));
  // RFC 9649, 2.4: the length of all that follows.
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return type === "image/webp" && head.length >= 8 && view.getUint32(4, true) + 8 > length;
}
