import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/desk/bytes";
import type { Health } from "@/lib/health/start";
import { formatMany, formatShare } from "@/lib/health/words";
import { HealthSection, NothingHere, Part } from "./health-section";
import { DatabaseName, HealthTable } from "./health-table";
import { Meter } from "./meter";

/** The sizes of the tables on disk. */
export function TableSizes({ health }: { health: Health }) {
  return (
    <HealthSection
      title="Tables"
      about="The largest, 50 at most. Rows are as many as the last vacuum or analyze counted."
    >
      <Part of={health.tableSizes}>
        {(tables) => {
          const most = Math.max(0, ...tables.map(({ bytes, indexBytes }) => bytes + indexBytes));
          return (
            <HealthTable
              label="Tables"
              columns={[
                { title: "Table" },
                { title: "Compared with the largest", silent: true, wide: true },
                { title: "Rows", numeric: true },
                { title: "Table itself", numeric: true, wide: true },
                { title: "Indexes", numeric: true, wide: true },
                { title: "Together", numeric: true },
              ]}
              rows={tables.map(({ schema, name, rows, bytes, indexBytes, locked }) => ({
                key: `${schema}.${name}`,
                cells: [
                  <span key="name">
                    <DatabaseName schema={schema} name={name} />
                    {locked ? <Badge className="ml-2">locked, as last measured</Badge> : null}
                  </span>,
                  <Meter key="bar" value={bytes + indexBytes} most={most} className="mt-1.5 w-40" />,
                  rows === null ? "–" : formatMany(rows),
                  formatBytes(bytes),
                  formatBytes(indexBytes),
                  <span key="all" className="font-semibold">
                    {formatBytes(bytes + indexBytes)}
                  </span>,
                ],
              }))}
            />
          );
        }}
      </Part>
    </HealthSection>
  );
}

type VacuumProps = { health: Health; now: Date; timeZone: string };

/** Dead rows, and when each table was last vacuumed. */
export function Vacuum({ health, now, timeZone }: VacuumProps) {
  return (
    <HealthSection
      title="Vacuum"
      about="Rows that were changed or deleted stay until a vacuum clears them away. The server does so by itself from the number on that is given."
    >
      <Part of={health.vacuum}>
        {(tables) => (
          <HealthTable
            label="Vacuum"
            columns={[
              { title: "Table" },
              { title: "Dead rows", numeric: true },
              { title: "Cleared from", numeric: true, wide: true },
              { title: "Last vacuum", numeric: true },
              { title: "Analyzed", numeric: true, wide: true },
            ]}
            rows={tables.map(({ schema, name, deadRows, liveRows, threshold, vacuumedAt, automatic, analyzedAt }) => ({
              key: `${schema}.${name}`,
              cells: [
                <DatabaseName key="name" schema={schema} name={name} />,
                <span key="dead" className={threshold === null || deadRows > 2 * threshold ? "text-fail" : undefined}>
                  {formatMany(deadRows)}
                  {deadRows > 0 ? (
                    <span className="text-ink-3"> · {formatShare(deadRows, deadRows + liveRows)}</span>
                  ) : null}
                </span>,
                threshold === null ? "never" : formatMany(threshold),
                vacuumedAt ? (
                  <span key="vacuum">
                    <Time at={vacuumedAt} zone={timeZone} now={now} />
                    {automatic ? null : <span className="text-ink-3"> by hand</span>}
                  </span>
                ) : (
                  "never"
                ),
                analyzedAt ? <Time key="analyze" at={analyzedAt} zone={timeZone} now={now} /> : "never",
              ],
            }))}
          />
        )}
      </Part>
    </HealthSection>
  );
}

/** An estimate of how much of the tables' files is unused. */
export function Bloat({ health }: { health: Health }) {
  return (
    <HealthSection
      title="Bloat, an estimate"
      about="Room in a table's file that no row seems to use, reckoned from the number of rows and their average width. It may be off by a tenth or more, and is unknown where the desk may not read a column. New rows use this room again; only a very large share is worth a rewrite."
    >
      <Part of={health.bloat}>
        {(tables) =>
          tables.length === 0 ? (
            <NothingHere>No table is larger than 1 MB.</NothingHere>
          ) : (
            <HealthTable
              label="Bloat"
              columns={[
                { title: "Table" },
                { title: "File", numeric: true },
                { title: "Unused, about", numeric: true },
                { title: "Share", numeric: true },
              ]}
              rows={tables.map(({ schema, name, bytes, unused }) => ({
                key: `${schema}.${name}`,
                cells: [
                  <DatabaseName key="name" schema={schema} name={name} />,
                  formatBytes(bytes),
                  unused === null ? "unknown" : formatBytes(unused),
                  unused === null ? "–" : formatShare(unused, bytes),
                ],
              }))}
            />
          )
        }
      </Part>
    </HealthSection>
  );
}
