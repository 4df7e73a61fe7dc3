import { Suspense } from "react";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/desk/bytes";
import type { IndexUse } from "@/lib/health/indexes";
import type { Health } from "@/lib/health/start";
import { formatMany } from "@/lib/health/words";
import { HealthSection, NothingHere, Part } from "./health-section";
import { DatabaseName, HealthTable } from "./health-table";

type IndexesProps = { health: Health; now: Date; timeZone: string };

/** The largest indexes. */
export function IndexSizes({ health }: { health: Health }) {
  return (
    <HealthSection title="Indexes" about="The largest, 50 at most, and how often a query used them.">
      <Part of={health.indexSizes}>{(indexes) => <IndexTable label="Indexes" indexes={indexes} withScans />}</Part>
    </HealthSection>
  );
}

/** Indexes that no query has used. */
export function UnusedIndexes({ health, now, timeZone }: IndexesProps) {
  return (
    <HealthSection
      title="Unused indexes"
      about={
        <>
          No query on this server has used them{" "}
          <Suspense fallback="since the server began to count">
            <Since since={health.statisticsStart} now={now} timeZone={timeZone} />
          </Suspense>
          . Each costs every write a little. One of Contact Desk's own may serve a filter that nobody chose in this
          time, and a replica counts for itself: ask before one goes.
        </>
      }
    >
      <Part of={health.unusedIndexes}>
        {(indexes) =>
          indexes.length === 0 ? (
            <NothingHere>Every index was used.</NothingHere>
          ) : (
            <IndexTable label="Unused indexes" indexes={indexes} />
          )
        }
      </Part>
    </HealthSection>
  );
}

async function Since({ since, now, timeZone }: { since: Health["statisticsStart"]; now: Date; timeZone: string }) {
  const loaded = await since;
  if (!loaded.ok || !loaded.value) return "since the database was made";
  return (
    <>
      since the statistics were last reset, <Time at={loaded.value} zone={timeZone} now={now} show="instant" />
    </>
  );
}

function IndexTable({ label, indexes, withScans }: { label: string; indexes: IndexUse[]; withScans?: boolean }) {
  return (
    <>
      <HealthTable
        label={label}
        columns={[
          { title: "Index" },
          { title: "Table", wide: true },
          ...(withScans ? [{ title: "Used", numeric: true }] : []),
          { title: "Size", numeric: true },
        ]}
        rows={indexes.map(({ schema, table, name, bytes, scans }) => ({
          key: `${schema}.${name}`,
          cells: [
            <DatabaseName key="name" schema={schema} name={name} />,
            <DatabaseName key="table" name={table} />,
            ...(withScans ? [scans > 0 ? `${formatMany(scans)} ×` : "never"] : []),
            formatBytes(bytes),
          ],
        }))}
      />
      {indexes.length === 50 ? <p className="mt-1.5 text-xs text-ink-3">These are the 50 largest of them.</p> : null}
    </>
  );
}

/** Indexes that another index makes redundant. */
export function DoubledIndexes({ health }: { health: Health }) {
  return (
    <HealthSection
      title="Doubled indexes"
      about="Another index of the same table has the same columns, or begins with them, and serves the same queries."
    >
      <Part of={health.doubledIndexes}>
        {(indexes) =>
          indexes.length === 0 ? (
            <NothingHere>No index doubles another.</NothingHere>
          ) : (
            <HealthTable
              label="Doubled indexes"
              columns={[{ title: "Index" }, { title: "Served by" }, { title: "Size", numeric: true }]}
              rows={indexes.map(({ schema, table, name, coveredBy, same, bytes }) => ({
                key: `${schema}.${name}`,
                cells: [
                  <span key="name">
                    <DatabaseName schema={schema} name={name} />
                    <span className="block text-xs font-normal text-ink-3 [overflow-wrap:anywhere]">of {table}</span>
                  </span>,
                  <span key="by">
                    <DatabaseName name={coveredBy} />
                    <span className="block text-xs text-ink-3">
                      {same ? "the same columns" : "begins with its columns"}
                    </span>
                  </span>,
                  formatBytes(bytes),
                ],
              }))}
            />
          )
        }
      </Part>
    </HealthSection>
  );
}
