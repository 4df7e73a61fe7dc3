/** The pixels of one picture that a browser draws: Safari's limit of an area, and of a side what all can. */
const largestArea = 16_000_000;
const longestSide = 16_384;

/** CSS pixels: how long a page may be on the screen. A page of A4 beside the message is about 1,000. */
const longestPage = 20_000;

/** PDF's units of 1/72 inch: a smaller page is a mistake or a trick (ISO 32000-1, annex C: from 3 to 14,400). */
const smallestPage = 1;

type Size = { width: number; height: number };

/** How a page is drawn: CSS pixels for each unit, picture pixels for each CSS pixel, and the picture's size. */
export type Fit = { scale: number; sharpness: number; picture: Size };

/**
 * Fits a page of any size into a width, so that its picture can be drawn.
 * @param natural the page's size in its own units
 * @param width CSS pixels
 * @param density pixels of the screen for each CSS pixel
 * @returns null where the page is so small, or so long or wide for its other side, that it cannot be shown
 */
export function fitPage(natural: Size, width: number, density: number): Fit | null {
  if (!(natural.width >= smallestPage && natural.height >= smallestPage)) return null;
  const scale = width / natural.width;
  const height = natural.height * scale;
  if (!(height <= longestPage && scale > 0)) return null;
  const sharpness = Math.min(density, Math.sqrt(largestArea / (width * height)), longestSide / Math.max(width, height));
  const picture = { width: Math.floor(width * sharpness), height: Math.floor(height * sharpness) };
  return picture.width >= 1 && picture.height >= 1 ? { scale, sharpness, picture } : null;
}
