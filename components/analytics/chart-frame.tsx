"use client";
import Link from "next/link";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { type Table, type TableCell, tableRows } from "@/lib/analytics/tables";
import { printCsv } from "@/lib/desk/csv";
import { savePicture, saveText } from "./picture";
import { analyticsWords } from "./words";

type ChartFrameProps = {
  title: string;
  /** What the chart counts, for whom, in which unit and zone. */
  counts: string;
  /** The chart in one sentence, for people who cannot see it. */
  summary: string;
  /** Built only when shown, because a year has thousands of links. */
  table: () => Table;
  /** The name of downloaded files, without extension. */
  fileName: string;
  children: ReactNode;
};

/** A chart with its title, what it counts, a table of the same figures, and downloads as a picture or as numbers. */
export function ChartFrame({ title, counts, summary, table, fileName, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const figure = useRef<HTMLDivElement>(null);
  const id = useId();
  const savePng = () => {
    if (figure.current) savePicture(figure.current, { title, counts, fileName });
  };
  return (
    <section aria-labelledby={id} className="min-w-0 border-b border-line px-5 py-3.5 max-md:px-4">
      <div className="flex items-start gap-x-3">
        <div className="min-w-0 flex-1">
          <h2 id={id}>{title}</h2>
          <p className="text-xs text-ink-3">{counts}</p>
        </div>
        <div className="-mr-2 flex shrink-0">
          <Button look="quiet" size="small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? analyticsWords.chart : analyticsWords.table}
            <span className="sr-only"> {analyticsWords.of(title.toLowerCase())}</span>
          </Button>
          <Button look="quiet" size="small" onClick={savePng} disabled={asTable}>
            {analyticsWords.png}
            <span className="sr-only"> {analyticsWords.of(title.toLowerCase())}</span>
          </Button>
          <Button look="quiet" size="small" onClick={() => saveText(printCsv(tableRows(table())), `${fileName}.csv`)}>
            {analyticsWords.csv}
            <span className="sr-only"> {analyticsWords.of(title.toLowerCase())}</span>
          </Button>
        </div>
      </div>
      {asTable ? (
        <ChartTable caption={`${title}. ${counts}`} table={table()} />
      ) : (
        <div ref={figure}>
          <p className="sr-only">{summary}</p>
          {children}
        </div>
      )}
    </section>
  );
}

function ChartTable({ caption, table }: { caption: string; table: Table }) {
  return (
    <div className="mt-2 max-h-[420px] overflow-auto rounded-md border border-line">
      <table className="w-full border-collapse text-right tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-sunk text-xs text-ink-2">
          <tr>
            {table.head.map((name, i) => (
              <th key={name} scope="col" className={i === 0 ? "px-3 py-1.5 text-left" : "px-3 py-1.5"}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={String(row[0]?.value)} className="border-t border-line-soft">
              {row.map((cell, i) => (
                <ChartCell key={table.head[i]} cell={cell} heading={i === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChartCell({ cell, heading }: { cell: TableCell; heading: boolean }) {
  const text = cell.text ?? cell.value ?? "–";
  const content = cell.link ? (
    <Link
      href={cell.link.href}
      prefetch={false}
      aria-label={cell.link.label}
      className="text-accent-ink hover:underline"
    >
      {text}
    </Link>
  ) : (
    text
  );
  return heading ? (
    <th scope="row" className="px-3 py-1 text-left font-medium">
      <bdi>{content}</bdi>
    </th>
  ) : (
    <td className="px-3 py-1">{content}</td>
  );
}
