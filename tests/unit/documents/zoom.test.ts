import { describe, expect, test } from "vitest";
import { growthInFrame, zoomIn, zoomOut } from "@/components/documents/zoom";

describe("the size of a preview", () => {
  test("goes up and down by the same steps, and stays at the ends", () => {
    const up = [1];
    for (let at = 0; at < 8; at++) up.push(zoomIn(up.at(-1) ?? 1));
    expect(up).toEqual([1, 1.25, 1.5, 2, 3, 4, 4, 4, 4]);
    expect([4, 3, 2, 1.5, 1.25, 1, 0.75, 0.5].map(zoomOut)).toEqual([3, 2, 1.5, 1.25, 1, 0.75, 0.5, 0.5]);
  });

  test("is what it says for a picture that is larger than its frame, and for one that is smaller", () => {
    const frame = { width: 400, height: 300 };
    /** What is shown of a picture, as a multiple of what fits: the frame shows it at its own size or smaller. */
    const shown = (side: number, zoom: number) => {
      const picture = { width: side, height: side };
      const inFrame = Math.min(side, frame.height * zoom);
      return (inFrame * growthInFrame(picture, frame, zoom)) / Math.min(side, frame.height);
    };
    for (const side of [1, 200, 300, 500, 4_000])
      for (const zoom of [0.5, 1, 1.5, 4]) expect(shown(side, zoom), `${side} ${zoom}`).toBeCloseTo(zoom);
    expect(growthInFrame(frame, { width: 0, height: 0 }, 2)).toBe(1);
  });
});
