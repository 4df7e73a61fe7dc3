/**
 * The largest picture that browsers draw, in pixels: Safari's limit on the area, and a side that all browsers support.
 */
const largestArea = 16_000_000;
const longestSide = 16_384;

/** The longest page on the screen, in CSS pixels. A page of A4 beside the message is about 1,000. */
const longestPage = 20_000;

/**
 * The smallest page, in units of 1/72 inch. A smaller one is an error or a trick (ISO 32000-1, annex C: 3 to 14,400).
 */
const smallestPage = 1;

type Size = { width: number; height: number };

/** How a page is drawn: CSS pixels per unit, picture pixels per CSS pixel, and the picture's size. */
export type Fit = { scale: number; sharpness: number; picture: Size };

/**
 * Fits a page of any size into a width, so that its picture can be drawn.
 * @param natural the page's size in its own units
 * @param width CSS pixels
 * @param density screen pixels per CSS pixel
 * @returns null if the page is too small, or too elongated, to be shown
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
