import { encode } from "uqr";

/** A QR code as one path of squares, in a square of `size` units. */
export type DrawnCode = { size: number; path: string };

/** Draws a text as a QR code, with the quiet border of four squares that readers want (ISO 18004). */
export function drawCode(text: string): DrawnCode {
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { size, path };
}
