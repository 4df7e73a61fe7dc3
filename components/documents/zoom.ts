/** The sizes in which a preview is shown, as multiples of the one that fits. */
const sizes = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/** The next larger size; the same at the largest. */
export function zoomIn(zoom: number): number {
  return sizes.find((size) => size > zoom) ?? zoom;
}

/** The next smaller size; the same at the smallest. */
export function zoomOut(zoom: number): number {
  return sizes.findLast((size) => size < zoom) ?? zoom;
}

type Size = { width: number; height: number };

/**
 * By how much a picture is enlarged within a frame that has grown to `zoom` times its size. The frame shows a picture at
 * its own size or smaller, so a small one would not grow with it.
 */
export function growthInFrame(picture: Size, frame: Size, zoom: number): number {
  const fit = Math.min(frame.width / picture.width, frame.height / picture.height);
  const growth = (zoom * Math.min(1, fit)) / Math.min(1, zoom * fit);
  return Number.isFinite(growth) && growth > 0 ? growth : 1;
}
