"use client";
import Link from "next/link";
import type { CSSProperties } from "react";
import type { Table } from "@/lib/analytics/tables";
import { ChartFrame } from "./chart-frame";

export type BarRow = {
  key: string;
  label: string;
  colour: string;
  value: number;
  /** The number shown beside the bar. */
  text: string;
  /** More figures at the end of the row, under `asideTitles`. */
  asides: string[];
  /** How many contacts the row's link opens, if the bar counts something else. */
  opens?: string;
  /** The whole row in words, for its link. */
  description: string;
  href: string;
};

type BarsChartProps = {
  title: string;
  counts: string;
  summary: string;
  asideTitles: string[];
  rows: BarRow[];
  table: Table;
  fileName: string;
};

/** Horizontal bars with their figures; each row is a link to its contacts. */
export function BarsChart({ title, counts, summary, asideTitles, rows, table, fileName }: BarsChartProps) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return (
    <ChartFrame title={title} counts={counts} summary={summary} table={() => table} fileName={fileName}>
      <p className="mt-1 flex justify-end gap-2.5 text-xs whitespace-nowrap text-ink-3" aria-hidden="true">
        {asideTitles.map((title) => (
          <span key={title} className="min-w-16 text-right" data-paint="text">
            {title}
          </span>
        ))}
      </p>
      <ul className="-mx-2" style={{ "--names": rows.some((row) => row.opens) ? "88px" : "140px" } as CSSProperties}>
        {rows.map((row) => (
          <li key={row.key}>
            <Link
              href={row.href}
              prefetch={false}
              aria-label={row.description}
              className="grid h-7 grid-cols-[minmax(0,var(--names))_1fr_auto] items-center gap-2.5 rounded-md px-2 tabular-nums hover:bg-hover"
            >
              <span className="truncate" data-paint="text" title={row.label}>
                <bdi>{row.label}</bdi>
              </span>
              <span
                data-paint="block"
                className="block h-3.5 rounded-[3px]"
                style={{ width: `${Math.max(0.8, (row.value / most) * 100)}%`, background: row.colour }}
              />
              <span className="flex items-baseline justify-end gap-2.5">
                <span className="min-w-9 text-right font-semibold" data-paint="text">
                  {row.text}
                </span>
                {row.opens ? (
                  <span className="w-[84px] text-right text-xs whitespace-nowrap text-ink-3" data-paint="text">
                    {row.opens}
                  </span>
                ) : null}
                {asideTitles.map((title, i) => (
                  <span key={title} className="w-16 text-right text-ink-2" data-paint="text">
                    {row.asides[i]}
                  </span>
                ))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}
