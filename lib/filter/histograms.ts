import type { FieldKey } from "./fields";
import { parseRange, printRange } from "./ranges";

/** How the numbers of a field are drawn: bars, and below them two handles that choose a range. */
export type Histogram = {
  /** The ranges that the bars count, in order. */
  bars: readonly string[];
  /** The handles stand between 0 and `most`, in steps. */
  most: number;
  step: number;
  /** Whether the last bar holds all larger numbers too, so that a handle at `most` means "or more". */
  orMore: boolean;
};

/** The numbers between which a person has set the handles, both included. */
export type Handles = [from: number, to: number];

/** Each bar is one number, the last one "10 or more". */
const documents: Histogram = {
  bars: [...Array.from({ length: 10 }, (_, number) => String(number)), "10-"],
  ...{ most: 10, step: 1, orMore: true },
};

/** Twenty bars. A number at the edge of two belongs to the right one; numbers have six decimals. */
const complexity: Histogram = {
  bars: Array.from({ length: 20 }, (_, bar) =>
    printRange({ least: printNumber(bar / 20), most: bar < 19 ? printNumber((bar + 1) / 20 - 1e-6) : null }),
  ),
  ...{ most: 1, step: 0.01, orMore: false },
};

/** The fields with a histogram. They are not part of fields.ts, because the inbox loads that table first. */
const histograms: Partial<Record<FieldKey, Histogram>> = { documents, complexity };

/** The histogram of a field; null if it has none. */
export function histogramOf(key: FieldKey): Histogram | null {
  return histograms[key] ?? null;
}

/** Where the handles stand for the ranges that a filter asks for: around all of them, or at both ends if there are none. */
export function placeHandles({ most, step }: Histogram, asked: readonly string[]): Handles {
  const ranges = asked.flatMap((value) => parseRange(value, Number.POSITIVE_INFINITY) ?? []);
  const place = (end: string) => Math.min(most, Number((Math.round(Number(end) / step) * step).toFixed(6)));
  const from = ranges.map(({ least }) => (least === null ? 0 : place(least)));
  const to = ranges.map((range) => (range.most === null ? most : place(range.most)));
  return ranges.length === 0 ? [0, most] : [Math.min(...from), Math.max(...to)];
}

/** The range between two handles, as the URL has it; null if they leave nothing out. */
export function rangeBetween({ most, orMore }: Histogram, [from, to]: Handles): string | null {
  if (from === 0 && to === most) return null;
  return printRange({
    least: from === 0 && to > 0 ? null : printNumber(from),
    most: to === most && (orMore || from < most) ? null : printNumber(to),
  });
}

/** Whether a bar belongs to what is asked for: its middle, or its number if it has only one, is within a range. */
export function isBarAsked({ most, orMore }: Histogram, bar: string, asked: readonly string[]): boolean {
  const { least, most: end } = parseRange(bar, Number.POSITIVE_INFINITY) ?? { least: null, most: null };
  const number = orMore ? Number(least) : (Number(least) + Number(end ?? most)) / 2;
  return asked.some((value) => {
    const range = parseRange(value, Number.POSITIVE_INFINITY);
    return range !== null && Number(range.least ?? 0) <= number && number <= Number(range.most ?? number);
  });
}

function printNumber(number: number): string {
  return String(Number(number.toFixed(6)));
}
