"use client";
import { useRouter } from "next/navigation";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Rectangle,
  type RectangleProps,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatDay, formatLongDay } from "@/lib/analytics/days";
import { formatCount } from "@/lib/desk/wording";
import { analyticsWords } from "./words";

export type DaySeries = { key: string; label: string; colour: string; counts: number[] };

type DayChartProps = {
  days: string[];
  /** Today in the desk's zone; this day is not over yet. */
  today: string;
  series: DaySeries[];
  unit: string;
  height: number;
  /** The link to the contacts behind a mark. */
  hrefOf: (day: string, series: number) => string;
  /** A line below the tooltip's numbers. */
  noteOf?: (day: number) => string;
};

type Point = { index: number; day: string };
type Segment = RectangleProps & { payload?: Point };

/** Bars by day, stacked if there is more than one series. Each bar opens its contacts. Drawn without animation. */
export function DayChart({ days, today, series, unit, height, hrefOf, noteOf }: DayChartProps) {
  const router = useRouter();
  const points = days.map((day, index) => ({
    index,
    day,
    ...Object.fromEntries(series.map((one, i) => [`s${i}`, one.counts[index] ?? 0])),
  }));
  const crowded = days.length > 120;
  return (
    // Hidden from keyboards and screen readers: they use the table, and the picture would only repeat each number.
    <div aria-hidden="true" className="mt-1.5">
      <p className="text-[11px] leading-4 text-ink-3" data-paint="text">
        {unit}
      </p>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 320, height }}>
        <BarChart
          data={points}
          margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
          barCategoryGap={crowded ? 0 : "22%"}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line-soft)" />
          <XAxis
            dataKey="day"
            tickFormatter={(day: string) => (day === today ? analyticsWords.today : formatDay(day))}
            tick={{ fontSize: 11, fill: "var(--ink-3)" }}
            tickLine={false}
            axisLine={{ stroke: "var(--line)" }}
            interval="preserveStartEnd"
            minTickGap={28}
          />
          <YAxis
            allowDecimals={false}
            interval={0}
            width={38}
            tick={{ fontSize: 11, fill: "var(--ink-3)" }}
            tickLine={false}
            axisLine={false}
            tickFormatter={formatCount}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--hover)" }}
            content={({ active, payload }) => {
              const index = (payload?.[0]?.payload as Point | undefined)?.index;
              if (!active || index === undefined) return null;
              return (
                <DayTip
                  day={days[index] ?? ""}
                  index={index}
                  today={today}
                  series={series}
                  unit={unit}
                  note={noteOf?.(index)}
                />
              );
            }}
          />
          {series.map((one, i) => (
            <Bar
              key={one.key}
              dataKey={`s${i}`}
              stackId="day"
              fill={one.colour}
              isAnimationActive={false}
              cursor="pointer"
              maxBarSize={30}
              onClick={(bar: { payload?: Point }) => bar.payload && router.push(hrefOf(bar.payload.day, i))}
              shape={(segment: Segment) => (
                // A hairline separates the segments, so that they differ by more than colour.
                <Rectangle
                  {...segment}
                  height={Math.max(0, Number(segment.height) - (crowded ? 0 : 1))}
                  radius={crowded ? 0 : 1.5}
                  opacity={segment.payload?.day === today ? 0.45 : 0.92}
                />
              )}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

type DayTipProps = { day: string; index: number; today: string; series: DaySeries[]; unit: string; note?: string };

function DayTip({ day, index, today, series, unit, note }: DayTipProps) {
  const shown = series.map((one) => ({ ...one, count: one.counts[index] ?? 0 })).filter((one) => one.count > 0);
  const total = shown.reduce((sum, one) => sum + one.count, 0);
  return (
    <div className="min-w-40 rounded-lg border border-line bg-panel px-3 py-2 text-xs text-ink-2 shadow-lift">
      <p className="font-semibold text-ink">
        {formatLongDay(day)}
        {day === today ? analyticsWords.soFar : ""}
      </p>
      {series.length > 1
        ? shown.reverse().map((one) => (
            <p key={one.key} className="flex items-center gap-2">
              <span className="size-2 rounded-[2px] forced-color-adjust-none" style={{ background: one.colour }} />
              {one.label}
              <span className="ml-auto pl-4 text-ink tabular-nums">{formatCount(one.count)}</span>
            </p>
          ))
        : null}
      <p className="mt-0.5 tabular-nums">
        {formatCount(total)} {unit}
      </p>
      {note ? <p className="text-ink-3">{note}</p> : null}
    </div>
  );
}
