import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/desk/bytes";
import type { Health } from "@/lib/health/start";
import { formatMany, formatShare } from "@/lib/health/words";
import { HealthSection, NothingHere, Part } from "./health-section";
import { DatabaseName, HealthTable } from "./health-table";
import { Meter } from "./meter";
import { databaseWords, tableWords } from "./words";

/** The sizes of the tables on disk. */
export function TableSizes({ health }: { health: Health }) {
  return (
    <HealthSection title={tableWords.title} about={tableWords.about}>
      <Part of={health.tableSizes}>
        {(tables) => {
          const most = Math.max(0, ...tables.map(({ bytes, indexBytes }) => bytes + indexBytes));
          return (
            <HealthTable
              label={tableWords.title}
              columns={[
                { title: tableWords.columns.table },
                { title: tableWords.columns.compared, silent: true, wide: true },
                { title: tableWords.columns.rows, numeric: true },
                { title: tableWords.columns.itself, numeric: true, wide: true },
                { title: tableWords.columns.indexes, numeric: true, wide: true },
                { title: tableWords.columns.together, numeric: true },
              ]}
              rows={tables.map(({ schema, name, rows, bytes, indexBytes, locked }) => ({
                key: `${schema}.${name}`,
                cells: [
                  <span key="name">
                    <DatabaseName schema={schema} name={name} />
                    {locked ? <Badge className="ml-2">{tableWords.locked}</Badge> : null}
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
    <HealthSection title={tableWords.vacuum} about={tableWords.vacuumAbout}>
      <Part of={health.vacuum}>
        {(tables) => (
          <HealthTable
            label={tableWords.vacuum}
            columns={[
              { title: tableWords.columns.table },
              { title: tableWords.vacuumColumns.dead, numeric: true },
              { title: tableWords.vacuumColumns.from, numeric: true, wide: true },
              { title: tableWords.vacuumColumns.last, numeric: true },
              { title: tableWords.vacuumColumns.analyzed, numeric: true, wide: true },
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
                threshold === null ? databaseWords.never : formatMany(threshold),
                vacuumedAt ? (
                  <span key="vacuum">
                    <Time at={vacuumedAt} zone={timeZone} now={now} />
                    {automatic ? null : <span className="text-ink-3"> {databaseWords.byHand}</span>}
                  </span>
                ) : (
                  databaseWords.never
                ),
                analyzedAt ? <Time key="analyze" at={analyzedAt} zone={timeZone} now={now} /> : databaseWords.never,
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
    <HealthSection title={tableWords.bloat} about={tableWords.bloatAbout}>
      <Part of={health.bloat}>
        {(tables) =>
          tables.length === 0 ? (
            <NothingHere>{tableWords.noLarge}</NothingHere>
          ) : (
            <HealthTable
              label={tableWords.bloatLabel}
              columns={[
                { title: tableWords.columns.table },
                { title: tableWords.bloatColumns.file, numeric: true },
                { title: tableWords.bloatColumns.unused, numeric: true },
                { title: tableWords.bloatColumns.share, numeric: true },
              ]}
              rows={tables.map(({ schema, name, bytes, unused }) => ({
                key: `${schema}.${name}`,
                cells: [
                  <DatabaseName key="name" schema={schema} name={name} />,
                  formatBytes(bytes),
                  unused === null ? databaseWords.unknown : formatBytes(unused),
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
