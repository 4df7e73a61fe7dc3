import "server-only";
import { getBackupOverview } from "@/lib/backup/overview";
import { describeDatabaseError } from "@/lib/database/errors";
import { type Loaded, load } from "@/lib/desk/load";
import { getHealthAccess } from "./access";
import { listBloatEstimates } from "./bloat";
import { getConnectionLimit, listConnections } from "./connections";
import { getDiskUse, getLogBytes } from "./disk";
import { listDoubledIndexes } from "./doubled-indexes";
import { getStatisticsStart, listIndexSizes, listUnusedIndexes } from "./indexes";
import { listBlockedLocks } from "./locks";
import { listMigrations } from "./migrations";
import { listReplicas, listReplicationSlots } from "./replication";
import { readStatistics } from "./statement-statistics";
import { listTableSizes } from "./table-sizes";
import { listHolders, listTransactionAges } from "./transaction-ids";
import { listVacuumStates } from "./vacuum";

/** Everything that the page loads from the database, as promises. */
export type Health = ReturnType<typeof startHealth>;

/** Queries of one page that run at once. More would wait for a pool connection, and be reported as waiting. */
const atOnce = 2;

/**
 * Starts loading all parts of the page, in the order listed here. Each resolves by itself and none rejects: one that
 * fails says so in words.
 */
export function startHealth() {
  const loadHealth = askInTurn();
  const access = loadHealth(getHealthAccess);
  return {
    access,
    connections: loadHealth(listConnections),
    connectionLimit: loadHealth(getConnectionLimit),
    locks: loadHealth(listBlockedLocks),
    disk: loadHealth(getDiskUse),
    transactionAges: loadHealth(listTransactionAges),
    statistics: access.then((loaded) => readStatistics(loaded.ok ? loaded.value : null)),
    tableSizes: loadHealth(listTableSizes),
    vacuum: loadHealth(listVacuumStates),
    bloat: loadHealth(listBloatEstimates),
    indexSizes: loadHealth(listIndexSizes),
    unusedIndexes: loadHealth(listUnusedIndexes),
    statisticsStart: loadHealth(getStatisticsStart),
    doubledIndexes: loadHealth(listDoubledIndexes),
    holders: loadHealth(listHolders),
    replicas: loadHealth(listReplicas),
    slots: loadHealth(listReplicationSlots),
    backups: loadHealth(getBackupOverview),
    migrations: loadHealth(listMigrations),
    logBytes: loadHealth(getLogBytes),
  };
}

/** Returns a function that starts each query when its turn comes. */
function askInTurn(): <T>(ask: () => Promise<T>) => Promise<Loaded<T>> {
  const turns = Array.from({ length: atOnce }, () => Promise.resolve<unknown>(undefined));
  let next = 0;
  return (ask) => {
    const turn = next++ % atOnce;
    const loading = (turns[turn] ?? Promise.resolve()).then(() => loadPart(ask()));
    turns[turn] = loading;
    return loading;
  };
}

/** Loads a part. One that takes too long fails, with words that fit this page. */
async function loadPart<T>(asking: Promise<T>): Promise<Loaded<T>> {
  const tooSlow = asking.then(
    () => false,
    (error: unknown) => describeDatabaseError(error).code === "too_slow",
  );
  const loaded = await load(asking, "/database");
  return (await tooSlow)
    ? { ok: false, message: "The database took more than half a second for this, so the desk stopped asking." }
    : loaded;
}
