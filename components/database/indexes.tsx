import { Suspense } from "react";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/desk/bytes";
import type { IndexUse } from "@/lib/health/indexes";
import type { Health } from "@/lib/health/start";
import { formatMany } from "@/lib/health/words";
import { HealthSection, NothingHere, Part } from "./health-section";
import { DatabaseName, HealthTable } from "./health-table";
import { databaseWords, indexWords } from "./words";

type IndexesProps = { health: Health; now: Date; timeZone: string };

/** The largest indexes. */
export function IndexSizes({ health }: { health: Health }) {
  return (
    <HealthSection title={indexWords.title} about={indexWords.about}>
      <Part of={health.indexSizes}>
        {(indexes) => <IndexTable label={indexWords.title} indexes={indexes} withScans />}
      </Part>
    </HealthSection>
  );
}

/** Indexes that no query has used. */
export function UnusedIndexes({ health, now, timeZone }: IndexesProps) {
  return (
    <HealthSection
      title={indexWords.unused}
      about={
        <>
          No query on this server has used them{" "}
          <Suspense fallback={indexWords.sinceCounting}>
            <Since since={health.statisticsStart} now={now} timeZone={timeZone} />
          </Suspense>
          . Each makes every write a little slower. One of Contact Desk's own may serve a filter that nobody has chosen
          since, and a replica counts for itself. Ask before you drop one.
        </>
      }
    >
      <Part of={health.unusedIndexes}>
        {(indexes) =>
          indexes.length === 0 ? (
            <NothingHere>{indexWords.allUsed}</NothingHere>
          ) : (
            <IndexTable label={indexWords.unused} indexes={indexes} />
          )
        }
      </Part>
    </HealthSection>
  );
}

async function Since({ since, now, timeZone }: { since: Health["statisticsStart"]; now: Date; timeZone: string }) {
  const loaded = await since;
  if (!loaded.ok || !loaded.value) return indexWords.sinceMade;
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
          { title: indexWords.columns.index },
          { title: indexWords.columns.table, wide: true },
          ...(withScans ? [{ title: indexWords.columns.used, numeric: true }] : []),
          { title: indexWords.columns.size, numeric: true },
        ]}
        rows={indexes.map(({ schema, table, name, bytes, scans }) => ({
          key: `${schema}.${name}`,
          cells: [
            <DatabaseName key="name" schema={schema} name={name} />,
            <DatabaseName key="table" name={table} />,
            ...(withScans ? [scans > 0 ? `${formatMany(scans)} ×` : databaseWords.never] : []),
            formatBytes(bytes),
          ],
        }))}
      />
      {indexes.length === 50 ? <p className="mt-1.5 text-xs text-ink-3">{indexWords.largest}</p> : null}
    </>
  );
}

/** Indexes that another index makes redundant. */
export function DoubledIndexes({ health }: { health: Health }) {
  return (
    <HealthSection title={indexWords.doubled} about={indexWords.doubledAbout}>
      <Part of={health.doubledIndexes}>
        {(indexes) =>
          indexes.length === 0 ? (
            <NothingHere>{indexWords.noneDoubled}</NothingHere>
          ) : (
            <HealthTable
              label={indexWords.doubled}
              columns={[
                { title: indexWords.columns.index },
                { title: indexWords.columns.servedBy },
                { title: indexWords.columns.size, numeric: true },
              ]}
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
                      {same ? indexWords.sameColumns : indexWords.beginsWith}
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
