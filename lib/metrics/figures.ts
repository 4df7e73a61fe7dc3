import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { type BackupFigures, getBackupFigures } from "@/lib/backup/make/figures";
import { isStatus, type Status, statusOrder } from "@/lib/contact/status";
import { hasMigration } from "@/lib/database/migrate/schema-state";
import type { RunQuery } from "@/lib/database/query";
import { getNow } from "@/lib/runtime/clock";

/** Processing statuses of documents that are waiting or have failed. Completed ones are not counted. */
export const documentStates = ["pending", "processing", "failed"] as const;

/** The desk's figures from the database, the same from every server. Each is read separately. */
export type Figures = {
  desk: {
    /** Large changes in progress, and their contacts that are still to be changed. */
    bulk: { changes: number; contacts: number };
    /** The website's visitor counter. Null if it has none yet. */
    visitors: number | null;
    /** Bytes that the replica furthest behind lacks. Null without a replica, or if the desk's role may not see it. */
    replicaLag: number | null;
    /** Null if no schedule makes backups. */
    backups: BackupFigures | null;
  };
  /** By status. "other" counts statuses that are not the desk's. */
  contacts: Record<Status | "other", number>;
  documents: Record<(typeof documentStates)[number], number>;
};

/** Reads each figure, in a read-only transaction. */
export const readers: { [Name in keyof Figures]: (run: RunQuery) => Promise<Figures[Name]> } = {
  async desk(run) {
    const [row] = await run<{ changes: number; left: number; visitors: number | null; lag: number | null }>(Prisma.sql`
      select
        count(*)::int as changes,
        coalesce(sum(total - done), 0)::int as left,
        (select count from website_visitors where id = 'visitor_count') as visitors,
        (
          select max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))::float8
          from pg_stat_replication
          where not pg_is_in_recovery()
        ) as lag
      from change_batches
      where finished_at is null and set_id is not null`);
    return {
      bulk: { changes: row?.changes ?? 0, contacts: row?.left ?? 0 },
      visitors: row?.visitors ?? null,
      replicaLag: row?.lag ?? null,
      backups: hasMigration("0660_backup_runs.sql") ? await getBackupFigures(getNow(), run) : null,
    };
  },
  async contacts(run) {
    const rows = await run<{ status: string | null; count: number }>(Prisma.sql`
      select status, count(*)::int as count from contact_submissions group by status`);
    const sums = Object.fromEntries([...statusOrder, "other"].map((status) => [status, 0])) as Figures["contacts"];
    for (const { status, count } of rows) sums[isStatus(status) ? status : "other"] += count;
    return sums;
  },
  async documents(run) {
    const rows = await run<{ state: keyof Figures["documents"]; count: number }>(Prisma.sql`
      select processing_status as state, count(*)::int as count
      from documents
      where processing_status in (${Prisma.join(documentStates)})
      group by processing_status`);
    const counted = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    return { pending: 0, processing: 0, failed: 0, ...counted };
  },
};
