import { encode } from "uqr";

/** A QR code drawn as one path, in a square of `size` units. */
export type DrawnCode = { size: number; path: string };

/** Draws a text as a QR code, with the quiet zone of four squares that ISO 18004 requires. */
export function drawCode(text: string): DrawnCode {
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { size, path };
}
