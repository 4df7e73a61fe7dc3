import { sparklineWords } from "./sparkline-words";

/** Pixels: of a day, of the busiest day, and of a day without contacts. */
const [width, height, least] = [2, 13, 1];

/**
 * A view's contacts by the day they were sent, the last day at the right. Made on the server, without JavaScript. Screen
 * readers have the view's number beside it.
 */
export function Sparkline({ days }: { days: readonly number[] }) {
  const most = Math.max(1, ...days);
  const total = days.reduce((sum, contacts) => sum + contacts, 0);
  const tops = days.map((contacts) => height - Math.round((contacts / most) * (height - least)));
  return (
    <span aria-hidden="true" title={sparklineWords.received(total)} className="view-days">
      <svg width={width * days.length} height={height + least} fill="currentColor" aria-hidden="true">
        <path d={`M0 ${height + least}${tops.map((top) => `V${top}h${width}`).join("")}V${height + least}z`} />
      </svg>
    </span>
  );
}
