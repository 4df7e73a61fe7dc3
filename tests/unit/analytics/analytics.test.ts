import { describe, expect, test } from "vitest";
import {
  addDays,
  chooseRange,
  countDays,
  formatLongDay,
  formatRange,
  lastDays,
  listDays,
  previousRange,
} from "@/lib/analytics/days";
import { describeTrend, formatDuration } from "@/lib/analytics/figures";
import { analyticsHref, narrowTo, waiting, withoutValues } from "@/lib/analytics/marks";
import { narrowToSeries, serviceBars, statusSeries } from "@/lib/analytics/series";
import { submissionsTable, tableRows } from "@/lib/analytics/tables";
import { dayIn } from "@/lib/desk/time";
import { emptyFilter, withField } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";

const today = "2026-11-22";

describe("the days a chart shows", () => {
  test("are the last thirty, today included, where none are asked for", () => {
    const { range, problem } = chooseRange(null, null, today);
    expect(range).toEqual({ from: "2026-10-24", to: today });
    expect(listDays(range)).toHaveLength(30);
    expect(problem).toBeUndefined();
  });

  test("run to today from a first day, and are thirty up to a last day", () => {
    expect(chooseRange("2026-11-01", null, today).range).toEqual({ from: "2026-11-01", to: today });
    expect(chooseRange(null, "2026-03-01", today).range).toEqual({ from: "2026-01-31", to: "2026-03-01" });
  });

  test("are replaced, saying so, where they end before they begin, are too many or out of this world", () => {
    for (const [from, to] of [
      ["2026-11-22", "2026-11-01"],
      ["2019-01-01", "2026-11-22"],
      ["0001-01-01", "0001-01-05"],
      [null, "9999-12-31"],
    ] as const) {
      const { range, problem } = chooseRange(from, to, today);
      expect(problem).toMatch(/\.$/);
      expect(countDays(range)).toBeLessThanOrEqual(731);
    }
  });

  test("include 29 February, and count the same through changes of the clock", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(countDays({ from: "2026-03-01", to: "2026-03-31" })).toBe(31);
    expect(listDays({ from: "2026-10-24", to: "2026-10-26" })).toEqual(["2026-10-24", "2026-10-25", "2026-10-26"]);
  });

  test("before a range are as many", () => {
    expect(previousRange(lastDays(30, today))).toEqual({ from: "2026-09-24", to: "2026-10-23" });
  });

  test("are the desk's, not the server's", () => {
    const instant = new Date("2026-11-22T10:30:00Z");
    expect(dayIn("Pacific/Apia", instant)).toBe("2026-11-22");
    expect(dayIn("Pacific/Apia", new Date("2026-11-22T11:30:00Z"))).toBe("2026-11-23");
    expect(dayIn("Pacific/Pago_Pago", instant)).toBe("2026-11-21");
    expect(dayIn("Asia/Kathmandu", new Date("2026-11-22T18:15:00Z"))).toBe("2026-11-23");
  });

  test("read as people write them", () => {
    expect(formatLongDay("2026-10-24")).toBe("Sat 24 Oct 2026");
    expect(formatRange({ from: "2026-10-24", to: today })).toBe("24 Oct – 22 Nov 2026");
    expect(formatRange({ from: "2025-12-31", to: "2026-01-01" })).toBe("31 Dec 2025 – 1 Jan 2026");
  });
});

describe("figures", () => {
  test("change against what was before, and say nothing where nothing was", () => {
    expect(describeTrend(112, 100)).toBe("up 12 %");
    expect(describeTrend(97, 100)).toBe("down 3 %");
    expect(describeTrend(100, 100)).toBe("unchanged");
    expect(describeTrend(473, 472)).toBe("up under 1 %");
    expect(describeTrend(472, 473)).toBe("down under 1 %");
    expect(describeTrend(5, 0)).toBeNull();
  });

  test("have units", () => {
    expect(formatDuration(3 * 3_600_000 + 12 * 60_000)).toBe("3 h 12 min");
    expect(formatDuration(4 * 86_400_000 + 6 * 3_600_000)).toBe("4 d 6 h");
  });
});

describe("a mark", () => {
  test("keeps what the filter excludes, and leaves of what it allows only its own value", () => {
    const either = withField(emptyFilter, "status", { add: ["new", "closed"] });
    expect(narrowTo(either, "status", "new").fields.status).toEqual({ any: ["new"], none: [], all: [] });
    const without = withField(emptyFilter, "status", { mode: "none", add: ["spam"] });
    expect(narrowTo(without, "status", "new").fields.status).toEqual({ any: ["new"], none: ["spam"], all: [] });
  });

  test("of the rest excludes what is shown, or keeps what is left of what was asked for", () => {
    expect(withoutValues(emptyFilter, "service", ["A"]).fields.service?.none).toEqual(["A"]);
    const asked = withField(emptyFilter, "service", { add: ["A", "B", "C"] });
    expect(withoutValues(asked, "service", ["A"]).fields.service).toEqual({ any: ["B", "C"], none: [], all: [] });
  });

  test("of what waits respects the statuses asked for, and is none where they leave none", () => {
    expect(waiting(emptyFilter)?.fields.status?.any).toEqual(["in_review", "new"]);
    const closed = withField(emptyFilter, "status", { add: ["closed"] });
    expect(waiting(closed)).toBeNull();
    const notNew = withField(emptyFilter, "status", { mode: "none", add: ["new"] });
    expect(waiting(notNew)?.fields.status).toEqual({ any: ["in_review"], none: ["new"], all: [] });
  });

  test("lives in the address, the page's own included", () => {
    expect(analyticsHref(emptyFilter)).toBe("/analytics");
    const filter = { ...withField(emptyFilter, "type", { add: ["pdf"] }), from: "2026-10-24", to: today };
    expect(analyticsHref(filter)).toBe("/analytics?from=2026-10-24&to=2026-11-22&type=pdf");
  });
});

describe("series", () => {
  const days = ["2026-11-21", "2026-11-22"];

  test("are zero-filled, in triage order, with other statuses after them", () => {
    const series = statusSeries(
      [
        { day: "2026-11-22", status: "on_hold", contacts: 2 },
        { day: "2026-11-22", status: "closed", contacts: 1 },
        { day: "2026-11-21", status: "new", contacts: 4 },
      ],
      days,
    );
    expect(series.map((one) => [one.status, one.counts])).toEqual([
      ["new", [4, 0]],
      ["closed", [0, 1]],
      ["on_hold", [0, 2]],
    ]);
  });

  test("beyond ten become one that excludes those shown", () => {
    const byDay = Array.from({ length: 15 }, (_, i) => ({ day: "2026-11-22", status: `odd ${i}`, contacts: 15 - i }));
    const series = statusSeries(byDay, days);
    expect(series).toHaveLength(10);
    const rest = series.at(-1);
    expect(rest?.total).toBe(6 + 5 + 4 + 3 + 2 + 1);
    expect(rest && narrowToSeries(emptyFilter, rest, series).fields.status?.none).toHaveLength(9);
  });

  test("of services keep twelve and count the rest", () => {
    const bars = serviceBars(
      Array.from({ length: 20 }, (_, i) => ({
        service: `s${i}`,
        contacts: 20 - i,
        documents: 1,
        insightsContacts: 1,
        insightsDocuments: 2,
      })),
    );
    expect(bars).toHaveLength(13);
    expect(bars.at(-1)).toMatchObject({
      service: null,
      contacts: 36,
      documents: 8,
      insightsContacts: 8,
      insightsDocuments: 16,
    });
  });

  test("give a table whose sums are those of its rows", () => {
    const series = statusSeries([{ day: "2026-11-22", status: "new", contacts: 3 }], days);
    const range = { from: "2026-11-21", to: "2026-11-22" };
    const table = submissionsTable(series, emptyFilter, range);
    expect(tableRows(table)).toEqual([
      ["Day", "New", "All"],
      ["2026-11-21", 0, 0],
      ["2026-11-22", 3, 3],
      ["All days", 3, 3],
    ]);
    const link = table.rows[1]?.[1]?.link;
    expect(link?.href).toBe(contactsHref({ ...narrowTo(emptyFilter, "status", "new"), from: today, to: today }));
    expect(link?.label).toBe("3 contacts, New, Sun 22 Nov 2026");
  });
});
