import type { Metadata } from "next";
import { Suspense } from "react";
import { Backups } from "@/components/database/backups";
import { Hints } from "@/components/database/hints";
import { DoubledIndexes, IndexSizes, UnusedIndexes } from "@/components/database/indexes";
import { KeyFigures } from "@/components/database/key-figures";
import { PoolChart } from "@/components/database/pool-chart";
import { Connections, Locks } from "@/components/database/sessions";
import { SlowScreens } from "@/components/database/slow-screens";
import { Bloat, TableSizes, Vacuum } from "@/components/database/tables";
import { Disk, Migrations, Replication, TransactionIds } from "@/components/database/upkeep";
import { databaseWords } from "@/components/database/words";
import { getDeskSettings } from "@/lib/desk/settings";
import { formatRunningTime } from "@/lib/desk/time";
import { getOwnReplica } from "@/lib/health/replication";
import { type Health, startHealth } from "@/lib/health/start";
import { describeClock, describeProcesses } from "@/lib/health/words";
import { getClockDifference, getNow } from "@/lib/runtime/clock";
import { readServerWork } from "@/lib/server/measures/server-work";
import { requireStaff } from "@/lib/staff/session/session";

export const metadata: Metadata = { title: databaseWords.title };

/** The database's health. Admins only. Each part loads on its own. */
export default async function DatabasePage() {
  await requireStaff("admin");
  const { timeZone } = await getDeskSettings();
  // Read before this page opens connections of its own.
  const work = await readServerWork();
  const health = startHealth();
  const now = getNow();
  const common = { health, now, timeZone };
  return (
    <main>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-5 py-2.5 max-md:px-4">
        <h1 className="text-[15px] leading-[30px]">{databaseWords.title}</h1>
        <Suspense>
          <ServerLine access={health.access} now={now} />
        </Suspense>
      </header>
      <Hints access={health.access} statistics={health.statistics} />
      <KeyFigures health={health} pool={work.pool} />
      <PoolChart
        points={work.points}
        limit={work.pool.limit}
        now={now.getTime()}
        timeZone={timeZone}
        whose={describeProcesses(work)}
      />
      <SlowScreens statistics={health.statistics} work={work} now={now} timeZone={timeZone} />
      <div className={halves}>
        <Connections {...common} />
        <Locks {...common} />
      </div>
      <TableSizes health={health} />
      <div className={halves}>
        <Vacuum {...common} />
        <Bloat health={health} />
      </div>
      <div className={halves}>
        <IndexSizes health={health} />
        <UnusedIndexes {...common} />
      </div>
      <DoubledIndexes health={health} />
      <div className={halves}>
        <TransactionIds {...common} />
        <Replication health={health} own={getOwnReplica()} />
      </div>
      <Backups {...common} />
      <div className={halves}>
        <Migrations {...common} />
        <Disk health={health} timeZone={timeZone} />
      </div>
    </main>
  );
}

const halves = "grid grid-cols-2 max-lg:grid-cols-1 lg:[&>*:first-child]:border-r";

async function ServerLine({ access, now }: { access: Health["access"]; now: Date }) {
  const loaded = await access;
  if (!loaded.ok) return <p className="text-fail">{loaded.message}</p>;
  const { version, database, role, startedAt, isReplica } = loaded.value;
  const clock = describeClock(getClockDifference());
  return (
    <p className="ml-auto text-ink-3 [overflow-wrap:anywhere] max-md:ml-0">
      PostgreSQL {version.split(" ")[0]}
      {isReplica ? ", a replica" : ""} · {database} · as {role} · {formatRunningTime(startedAt, now)}
      {clock ? <span className="text-fail"> · {clock}</span> : null}
    </p>
  );
}
