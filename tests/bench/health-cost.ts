import pg from "pg";
import { Prisma } from "@/generated/prisma/client";
import { selectAccess } from "@/lib/health/access";
import { selectBloatEstimates } from "@/lib/health/bloat";
import { selectConnectionLimit, selectConnections } from "@/lib/health/connections";
import { selectDiskUse } from "@/lib/health/disk";
import { selectDoubledIndexes } from "@/lib/health/doubled-indexes";
import { selectIndexes, selectStatisticsStart, unused } from "@/lib/health/indexes";
import { selectBlockedLocks } from "@/lib/health/locks";
import { selectApplied } from "@/lib/health/migrations";
import { selectReplicas, selectReplicationSlots } from "@/lib/health/replication";
import { selectTableSizes } from "@/lib/health/table-sizes";
import { selectHolders, selectTransactionAges } from "@/lib/health/transaction-ids";
import { selectVacuumStates } from "@/lib/health/vacuum";

// What each question of /database costs the database that DATABASE_URL names, planning included: on a new connection, and twice
// more on it. `node --import tsx --conditions=react-server tests/bench/health-cost.ts`

const questions: Record<string, Prisma.Sql> = {
  access: selectAccess(),
  connections: selectConnections(),
  "connection limit": selectConnectionLimit(),
  locks: selectBlockedLocks(),
  "table sizes": selectTableSizes(),
  vacuum: selectVacuumStates(),
  bloat: selectBloatEstimates(),
  "index sizes": selectIndexes(Prisma.sql`true`),
  "unused indexes": selectIndexes(unused),
  "doubled indexes": selectDoubledIndexes(),
  "statistics start": selectStatisticsStart(),
  "transaction ids": selectTransactionAges(),
  holders: selectHolders(),
  replicas: selectReplicas(),
  slots: selectReplicationSlots(),
  migrations: selectApplied(),
  disk: selectDiskUse(),
};

type Explained = {
  "QUERY PLAN": [{ "Execution Time": number; "Planning Time": number; Plan: Record<string, number> }];
};

for (const [name, sql] of Object.entries(questions)) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const times: string[] = [];
  let blocks = 0;
  for (const _time of [1, 2, 3]) {
    // As lib/database/query.ts asks.
    await client.query("begin read only; set local max_parallel_workers_per_gather = 0; set local jit = off");
    await client.query("set local work_mem = '16MB'");
    const text = `explain (analyze, buffers, format json) ${sql.text}`;
    const { rows } = await client.query<Explained>({ text, values: sql.values });
    await client.query("rollback");
    const explained = rows[0]?.["QUERY PLAN"][0];
    if (!explained) continue;
    times.push((explained["Execution Time"] + explained["Planning Time"]).toFixed(1));
    blocks = (explained.Plan["Shared Hit Blocks"] ?? 0) + (explained.Plan["Shared Read Blocks"] ?? 0);
  }
  console.log(`${name.padEnd(18)} ${times.join(" / ")} ms, ${blocks} blocks`);
  await client.end();
}
