"use client";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartFrame } from "@/components/analytics/chart-frame";
import { formatTime } from "@/lib/desk/time";
import { countOf, formatCount } from "@/lib/desk/wording";
import type { PoolPoint } from "@/lib/server/measures/pool-history";
import { poolWords } from "./words";

type PoolChartProps = { points: PoolPoint[]; limit: number; now: number; timeZone: string; whose: string };

const hour = 3_600_000;

/**
 * The use of the desk's connection pool in the last hour: connections in use and requests waiting, against the limit.
 */
export function PoolChart({ points, limit, now, timeZone, whose }: PoolChartProps) {
  const exact = (at: number) => formatTime(new Date(at), timeZone, true);
  const most = Math.max(0, ...points.map(({ active }) => active));
  const waited = Math.max(0, ...points.map(({ waiting }) => waiting));
  const top = Math.max(limit, waited, 1);
  const refused = points.reduce((sum, point) => sum + point.refused, 0);
  const told = `At most ${formatCount(most)} of ${formatCount(limit)} in use, ${formatCount(waited)} waiting, ${countOf(refused, "refusal")}`;
  return (
    <ChartFrame
      title={poolWords.title}
      counts={`Connections, the most within each 10 seconds · times in ${timeZone} · ${whose}`}
      summary={`${told}. The table has each ten seconds.`}
      table={() => ({
        head: [
          poolWords.columns.time,
          poolWords.columns.inUse,
          poolWords.columns.waiting,
          poolWords.columns.refused,
          poolWords.columns.limit,
        ],
        rows: points
          .toReversed()
          .map(({ at, active, waiting, refused: late, limit: allowed }) => [
            { value: new Date(at).toISOString(), text: exact(at) },
            { value: active },
            { value: waiting },
            { value: late },
            { value: allowed },
          ]),
      })}
      fileName="pool"
    >
      <p className="mt-1.5 flex flex-wrap gap-x-4 text-xs text-ink-2" data-paint="text">
        <span className="inline-flex items-center gap-1.5">
          <span className="size-2 rounded-[2px] bg-accent" /> {poolWords.columns.inUse}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <span className="h-0.5 w-3 bg-fail" /> {poolWords.waiting}
        </span>
        <span>{points.length > 0 ? told : poolWords.first}</span>
      </p>
      <div aria-hidden="true" className="mt-1.5">
        <ResponsiveContainer width="100%" height={170} initialDimension={{ width: 320, height: 170 }}>
          <ComposedChart data={points} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line-soft)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[now - hour, now]}
              allowDataOverflow
              ticks={[0, 1, 2, 3, 4].map((quarter) => now - hour + (quarter * hour) / 4)}
              tickFormatter={(at: number) => formatTime(new Date(at), timeZone)}
              tick={{ fontSize: 11, fill: "var(--ink-3)" }}
              tickLine={false}
              axisLine={{ stroke: "var(--line)" }}
            />
            <YAxis
              allowDecimals={false}
              domain={[0, top]}
              ticks={[0, Math.round(top / 2), top]}
              width={38}
              tick={{ fontSize: 11, fill: "var(--ink-3)" }}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: "var(--line-strong)" }}
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as PoolPoint | undefined;
                if (!active || !point) return null;
                return (
                  <div className="rounded-lg border border-line bg-panel px-3 py-2 text-xs text-ink-2 tabular-nums shadow-lift">
                    <p className="font-semibold text-ink">{exact(point.at)}</p>
                    <p>
                      {formatCount(point.active)} of {formatCount(point.limit)} in use
                    </p>
                    <p>{formatCount(point.waiting)} waiting</p>
                    {point.refused > 0 ? <p className="text-fail">{countOf(point.refused, "refusal")}</p> : null}
                  </div>
                );
              }}
            />
            <ReferenceLine y={limit} stroke="var(--line-strong)" strokeDasharray="4 4" />
            <Area
              dataKey="active"
              type="stepAfter"
              stroke="var(--accent)"
              fill="var(--accent-soft)"
              strokeWidth={1.5}
              isAnimationActive={false}
              dot={points.length < 3}
            />
            <Line
              dataKey="waiting"
              type="stepAfter"
              stroke="var(--fail)"
              strokeWidth={1.5}
              dot={false}
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </ChartFrame>
  );
}
