import { clsx } from "clsx";
import { Fragment, type ReactNode } from "react";
import { databaseWords } from "./words";

export type HealthColumn = {
  title: string;
  /** Right-aligned numbers. */
  numeric?: boolean;
  /** The title is for screen readers only, because the cells explain themselves to the eye. */
  silent?: boolean;
  /** Hidden on a phone. */
  wide?: boolean;
};

type HealthTableProps = { label: string; columns: HealthColumn[]; rows: { key: string; cells: ReactNode[] }[] };

/** A table of figures that scrolls inside if it is long. The first column names the row. */
export function HealthTable({ label, columns, rows }: HealthTableProps) {
  return (
    <section
      aria-label={databaseWords.table(label)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className="max-h-[380px] overflow-auto rounded-md border border-line"
    >
      <table className="w-full border-collapse tabular-nums">
        <thead className="sticky top-0 z-10 bg-sunk text-xs text-ink-2">
          <tr>
            {columns.map(({ title, numeric, silent, wide }) => (
              <th key={title} scope="col" className={clsx("px-3 py-1.5 font-medium", look(numeric, wide))}>
                {silent ? <span className="sr-only">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-t border-line-soft">
              {cells.map((cell, index) => {
                const { title = "", numeric, wide } = columns[index] ?? {};
                return index === 0 ? (
                  <th key={title} scope="row" className="px-3 py-1 text-left align-top font-medium">
                    {cell}
                  </th>
                ) : (
                  <td key={title} className={clsx("px-3 py-1 align-top", look(numeric, wide))}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function look(numeric = false, wide = false): string {
  return clsx(numeric ? "text-right whitespace-nowrap" : "text-left", wide && "max-md:hidden");
}

/** A name in the database. A long one breaks after its underscores. The schema is shown if it is not the usual one. */
export function DatabaseName({ schema, name }: { schema?: string; name: string }) {
  const parts = name.split(/(?<=_)(?=[^_])/);
  return (
    <bdi className="break-words">
      {schema && schema !== "public" ? (
        <span className="font-normal text-ink-3">
          {schema}.<wbr />
        </span>
      ) : null}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one name, which stay in their order
        <Fragment key={index}>
          {index > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
