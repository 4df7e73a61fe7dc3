import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberLimits } from "@/lib/contact/insight-limits";
import { describeFilter } from "@/lib/filter/chips";
import { emptyFilter, withField } from "@/lib/filter/filter";
import {
  type Handles,
  type Histogram,
  histogramOf,
  isBarAsked,
  placeHandles,
  rangeBetween,
} from "@/lib/filter/histograms";
import { parseRange } from "@/lib/filter/ranges";
import { parseFilter, printFilter } from "@/lib/filter/url";

const keys = ["documents", "complexity"] as const;

function find(key: (typeof keys)[number]): Histogram {
  const histogram = histogramOf(key);
  if (!histogram) throw new Error(`${key} has no histogram.`);
  return histogram;
}

/** Every place in which two handles can stand. */
const anyHandles = ({ most, step }: Histogram) =>
  fc.tuple(fc.nat(Math.round(most / step)), fc.nat(Math.round(most / step))).map(([one, other]): Handles => {
    const place = (at: number) => Number((at * step).toFixed(2));
    return [place(Math.min(one, other)), place(Math.max(one, other))];
  });

const isWithin = (number: number, range: string) => {
  const { least, most } = parseRange(range, Number.POSITIVE_INFINITY) ?? { least: null, most: "-1" };
  return Number(least ?? 0) <= number && number <= Number(most ?? number);
};

describe.each(keys)("the handles of %s", (key) => {
  const histogram = find(key);

  test("give a range in its one form, and stand where it says", () => {
    fc.assert(
      fc.property(anyHandles(histogram), (handles) => {
        const range = rangeBetween(histogram, handles);
        const filter = range === null ? emptyFilter : withField(emptyFilter, key, { add: [range] });
        const read = parseFilter(printFilter(filter));
        expect(read).toEqual({ filter, problems: [] });
        expect(placeHandles(histogram, read.filter.fields[key]?.any ?? [])).toEqual(handles);
      }),
    );
  });

  test("leave nothing out at both ends", () => {
    expect(rangeBetween(histogram, [0, histogram.most])).toBeNull();
    expect(placeHandles(histogram, [])).toEqual([0, histogram.most]);
  });
});

test("the ranges are those that people type", () => {
  const say = (key: (typeof keys)[number], handles: Handles) => {
    const range = rangeBetween(find(key), handles) ?? "";
    return [range, describeFilter(withField(emptyFilter, key, { add: [range] }))[0]?.text];
  };
  expect(say("documents", [3, 7])).toEqual(["3-7", "3 to 7"]);
  expect(say("documents", [0, 3])).toEqual(["-3", "up to 3"]);
  expect(say("documents", [0, 0])).toEqual(["0", "0"]);
  expect(say("documents", [4, 10])).toEqual(["4-", "4 or more"]);
  expect(say("documents", [10, 10])).toEqual(["10-", "10 or more"]);
  expect(say("complexity", [0.3, 0.7])).toEqual(["0.3-0.7", "0.3 to 0.7"]);
  expect(say("complexity", [1, 1])).toEqual(["1", "1"]);
});

test("around other ranges the handles stand as near as they can", () => {
  expect(placeHandles(find("complexity"), ["0.2-0.399999", "0.6-0.799999"])).toEqual([0.2, 0.8]);
  expect(placeHandles(find("documents"), ["2-3", "12-40"])).toEqual([2, 10]);
  expect(placeHandles(find("documents"), ["50-"])).toEqual([10, 10]);
});

test("every number belongs to one bar, and the bars of a range are those within it", () => {
  const { bars } = find("complexity");
  fc.assert(
    fc.property(fc.nat(numberLimits.complexity * 1e6), (millionths) => {
      expect(bars.filter((bar) => isWithin(millionths / 1e6, bar))).toHaveLength(1);
    }),
  );
  for (const number of [0, 9, 10, 11, numberLimits.documents]) {
    expect(find("documents").bars.filter((bar) => isWithin(number, bar))).toHaveLength(1);
  }
  const asked = (key: (typeof keys)[number], ...ranges: string[]) =>
    find(key).bars.filter((bar) => isBarAsked(find(key), bar, ranges));
  expect(asked("complexity", "0.3-0.4")).toEqual(["0.3-0.349999", "0.35-0.399999"]);
  expect(asked("complexity", "-0.099999", "0.95-")).toEqual(["0-0.049999", "0.05-0.099999", "0.95-"]);
  expect(asked("documents", "3-5")).toEqual(["3", "4", "5"]);
  expect(asked("documents", "9-")).toEqual(["9", "10-"]);
});
