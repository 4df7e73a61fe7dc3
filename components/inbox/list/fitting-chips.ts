/** Of a chip in px: a letter, on average and rather more, and what is around its text. */
const letter = 6.4;
const frame = 13;

/** For "+12" after the chips, in px. */
const counted = 22;

/**
 * How many chips with these texts fit beside each other into a room, in px; at least one. If some do not fit, or if
 * there are `more` than these, there is room left for their number. Estimated, so that the server's page is the same;
 * where letters are wider than most, the chips are cut with an ellipsis.
 */
export function countFitting(texts: string[], room: number, more: boolean): number {
  let left = room;
  const at = texts.findIndex((text, index) => {
    left -= text.length * letter + frame;
    return left < (more || index < texts.length - 1 ? counted : 0);
  });
  return at < 0 ? texts.length : Math.max(at, 1);
}
