import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { type BackupFigures, getBackupFigures } from "@/lib/backup/figures";
import { isStatus, type Status, statusOrder } from "@/lib/contact/status";
import { inTransaction, type Run } from "@/lib/database/query";

/** Ways of a document that it is waited for, or was given up on; those that are done are not counted. */
export const documentStates = ["pending", "processing", "failed"] as const;

/** What the database says about the desk as a whole, the same whichever server is asked. */
export type Figures = {
  /** By status; what is stored and none of ours counts as "other". */
  contacts: Record<Status | "other", number>;
  documents: Record<(typeof documentStates)[number], number>;
  /** Large changes under way, and the contacts whose turn has not come in them. */
  bulk: { changes: number; contacts: number };
  /** The website's counter; null where it has none yet. */
  visitors: number | null;
  /** Bytes that the latest of the replicas is behind; null without one, or where the desk's role may not see it. */
  replicaLag: number | null;
  /** Null where no backups are made. */
  backups: BackupFigures | null;
};

/** Milliseconds for which figures are taken as they are; longer where reading them took long, by this factor of that time. */
const keepFor = 10_000;
const restFactor = 20;

/** Milliseconds that somebody waits for figures that are being read. */
const patience = 1_500;

/** Milliseconds after which figures are too old to be told. */
const oldest = 120_000;

type Known = { figures: Figures | null; at: number; until: number; reading: Promise<void> | null };

const shared = globalThis as unknown as { contactDeskFigures?: Known };

/**
 * The figures as of the last seconds, whoever asks and however often; null where the database has not given them for two
 * minutes. Comes back within 1.5 s and never rejects.
 */
export async function getFigures(): Promise<Figures | null> {
  shared.contactDeskFigures ??= { figures: null, at: 0, until: 0, reading: null };
  const known = shared.contactDeskFigures;
  if (known.until < performance.now()) {
    known.reading ??= refresh(known).finally(() => {
      known.reading = null;
    });
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([known.reading, tooLate]);
    clearTimeout(timer);
  }
  return performance.now() - known.at < oldest ? known.figures : null;
}

async function refresh(known: Known): Promise<void> {
  const began = performance.now();
  const figures = await inTransaction("broad", readFigures, "read only").catch(() => null);
  const now = performance.now();
  if (figures) Object.assign(known, { figures, at: now });
  known.until = now + Math.max(keepFor, restFactor * (now - began));
}

async function readFigures(run: Run): Promise<Figures> {
  // Nobody waits for these figures, so they take one processor, and never the machine.
  await run(Prisma.sql`set local max_parallel_workers_per_gather = 0`);
  const [rest] = await run<{ changes: number; left: number; visitors: number | null; lag: number | null }>(Prisma.sql`
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
  const documents = await run<{ state: keyof Figures["documents"]; count: number }>(Prisma.sql`
    select processing_status as state, count(*)::int as count
    from documents
    where processing_status in (${Prisma.join(documentStates)})
    group by processing_status`);
  const contacts = await run<{ status: string | null; count: number }>(Prisma.sql`
    select status, count(*)::int as count from contact_submissions group by status`);
  return {
    contacts: sumByStatus(contacts),
    documents: { pending: 0, processing: 0, failed: 0, ...toRecord(documents) },
    bulk: { changes: rest?.changes ?? 0, contacts: rest?.left ?? 0 },
    visitors: rest?.visitors ?? null,
    replicaLag: rest?.lag ?? null,
    backups: await getBackupFigures(new Date(), run),
  };
}

function toRecord(documents: { state: keyof Figures["documents"]; count: number }[]): Partial<Figures["documents"]> {
  return Object.fromEntries(documents.map(({ state, count }) => [state, count]));
}

function sumByStatus(rows: { status: string | null; count: number }[]): Figures["contacts"] {
  const sums = Object.fromEntries([...statusOrder, "other"].map((status) => [status, 0])) as Figures["contacts"];
  for (const { status, count } of rows) sums[isStatus(status) ? status : "other"] += count;
  return sums;
}
