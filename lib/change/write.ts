import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { type Triage, type TriageField, type TriageRow, toTriage, triageFields } from "@/lib/contact/triage";
import { selectTriage } from "@/lib/contact/triage-sql";
import type { RunQuery } from "@/lib/database/query";
import { countsChanges } from "@/lib/database/replica/replica";
import { rememberChanges } from "@/lib/runtime/requester";
import type { Assignments, BatchKind } from "./assignments";

/** A contact, the version it must still have, and what to set. All targets of a call name the same fields. */
export type Target = { id: string; version: number; change: Assignments };

/** The result of a target: its current version and triage (0 and null if it is gone), and the status it had before. */
export type Written = {
  id: string;
  version: number;
  triage: Triage;
  statusBefore: string | null;
  result: "changed" | "unchanged" | "stale";
};

/** Who makes a change, in which batch, and which batch that undoes. */
export type Author = { staffId: string; batch: string; undoes: string | null };

/** A batch of one statement, which also records the batch and the result of each contact. */
export type NewBatch = Author & { kind: BatchKind; request: object };

/**
 * Writes a chunk in one statement and gives the result of each contact, in the order of their ids. The caller records
 * the batch. Rows are locked in that order, so that overlapping chunks wait for each other instead of deadlocking.
 */
export function writeTriage(run: RunQuery, author: Author, targets: Target[]): Promise<Written[]> {
  return runWriting(run, author, targets, Prisma.empty);
}

/**
 * The same, but the statement records the batch too. A second attempt with the same key violates that key, so
 * everything it wrote is rolled back. This takes one trip to the database instead of three.
 */
export function writeBatch(run: RunQuery, batch: NewBatch, targets: Target[]): Promise<Written[]> {
  const idsOf = (result: string) =>
    Prisma.sql`coalesce(jsonb_agg(id order by id) filter (where result = ${result}), '[]')`;
  return runWriting(
    run,
    batch,
    targets,
    Prisma.sql`,
    recorded as (
      insert into change_batches (id, staff_id, kind, undoes, request, outcome, finished_at)
      select ${batch.batch}::uuid, ${batch.staffId}::uuid, ${batch.kind}, ${batch.undoes}::uuid,
        ${JSON.stringify(batch.request)}::jsonb,
        jsonb_build_object('unchanged', ${idsOf("unchanged")}, 'stale', ${idsOf("stale")}), clock_timestamp()
      from written
    )`,
  );
}

/**
 * `locked` carries the newest version of a row, also after waiting for its lock, and the update compares versions once
 * more. The lock is the one that an update takes, so that the website can add documents meanwhile. Actor and batch are
 * joined in, so that no history row can be written before they are set.
 */
async function runWriting(run: RunQuery, author: Author, targets: Target[], record: Prisma.Sql): Promise<Written[]> {
  const { staffId, batch, undoes } = author;
  const count = countsChanges() ? countUp(staffId) : { part: Prisma.empty, value: Prisma.sql`null` };
  const fields = triageFields.filter((field) => targets[0]?.change[field] !== undefined);
  const columnsOf = (alias: Prisma.Sql) =>
    Prisma.join(fields.map((field) => Prisma.sql`${alias}.${columns[field].name}`));
  const rows = await run<WrittenRow>(Prisma.sql`
    with who as materialized (
      select
        set_config('desk.actor', ${`staff:${staffId}`}, true) as actor,
        set_config('desk.batch', ${batch}, true) as batch,
        set_config('desk.undoes', ${undoes ?? ""}, true) as undoes
    ),
    wanted as materialized (
      select *
      from unnest(${targets.map(({ id }) => id)}::text[], ${targets.map(({ version }) => version)}::integer[],
        ${Prisma.join(fields.map((field) => valuesOf(field, targets)))}
      ) as w (id, seen, ${Prisma.join(fields.map((field) => columns[field].name))})
    ),
    locked as materialized (
      select c.id, c.version, c.status, c.assignee_id, c.snoozed_until, c.spam_reason, c.duplicate_of
      from contact_submissions c
      join wanted w on w.id = c.id
      order by c.id
      for no key update of c
    ),
    changed as (
      update contact_submissions c
      set ${Prisma.join(fields.map((field) => Prisma.sql`${columns[field].name} = w.${columns[field].name}`))}
      from locked l
      join wanted w on w.id = l.id
      cross join who
      where c.id = l.id and c.version = w.seen and l.version = w.seen
        and (${columnsOf(Prisma.sql`l`)}) is distinct from (${columnsOf(Prisma.sql`w`)})
      returning c.id, c.version, c.status, c.assignee_id, c.snoozed_until, c.spam_reason, c.duplicate_of
    ),
    written as materialized (
      select
        w.id,
        coalesce(n.version, l.version, 0) as version,
        ${nowOf("status")},
        ${nowOf("assigneeId")},
        ${nowOf("snoozedUntil")},
        ${nowOf("spamReason")},
        ${nowOf("duplicateOf")},
        l.status as status_before,
        case
          when n.id is not null then 'changed'
          when l.version = w.seen and (${columnsOf(Prisma.sql`l`)}) is not distinct from (${columnsOf(Prisma.sql`w`)})
            then 'unchanged'
          else 'stale'
        end as result
      from wanted w
      left join locked l on l.id = w.id
      left join changed n on n.id = w.id
    )${count.part}${record}
    select
      id,
      version,
      result,
      ${selectTriage(Prisma.sql`written`)},
      status_before as "statusBefore",
      ${count.value} as changes
    from written
    order by id
  `);
  const changes = rows[0]?.changes ?? null;
  if (changes !== null) rememberChanges(staffId, changes);
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    result: row.result,
    statusBefore: row.statusBefore,
    triage: toTriage(row),
  }));
}

/**
 * Increments the person's count of changes (sql/0640). That costs 0.4 ms, so it runs only if there is a replica: the
 * count tells whether it has the person's changes. It reads `written`, so all contacts are locked before the count's
 * row, and two changes of one person cannot deadlock.
 */
function countUp(staffId: string): { part: Prisma.Sql; value: Prisma.Sql } {
  const part = Prisma.sql`,
    counted as (
      insert into staff_changes as s (staff_id, changes)
      select ${staffId}::uuid, 1
      where (select count(*) filter (where result = 'changed') from written) > 0
      on conflict (staff_id) do update set changes = s.changes + 1
      returning changes
    )`;
  return { part, value: Prisma.sql`(select changes from counted)::float8` };
}

/**
 * The same for a change that other statements write. It must be the last statement of the transaction. From then on, a
 * replica that lacks the change is not read for that person.
 * @returns how many changes they have made; null where there is no replica
 */
export async function countChange(run: RunQuery, staffId: string): Promise<number | null> {
  if (!countsChanges()) return null;
  const [row] = await run<{ changes: number }>(Prisma.sql`
    insert into staff_changes as s (staff_id, changes) values (${staffId}::uuid, 1)
    on conflict (staff_id) do update set changes = s.changes + 1
    returning changes::float8 as changes`);
  return row?.changes ?? null;
}

/**
 * `changes` is how many the person has made so far; null if this one changed nothing, or if changes are not counted.
 */
type WrittenRow = TriageRow & Omit<Written, "triage"> & { changes: number | null };

const columns: Record<TriageField, { name: Prisma.Sql; type: Prisma.Sql }> = {
  status: { name: Prisma.sql`status`, type: Prisma.sql`text[]` },
  assigneeId: { name: Prisma.sql`assignee_id`, type: Prisma.sql`uuid[]` },
  snoozedUntil: { name: Prisma.sql`snoozed_until`, type: Prisma.sql`timestamptz[]` },
  spamReason: { name: Prisma.sql`spam_reason`, type: Prisma.sql`text[]` },
  duplicateOf: { name: Prisma.sql`duplicate_of`, type: Prisma.sql`text[]` },
};

/** The value of a contact's field once the statement is done. */
function nowOf(field: TriageField): Prisma.Sql {
  const { name } = columns[field];
  return Prisma.sql`case when n.id is not null then n.${name} else l.${name} end as ${name}`;
}

function valuesOf(field: TriageField, targets: Target[]): Prisma.Sql {
  return Prisma.sql`${targets.map(({ change }) => change[field] ?? null)}::${columns[field].type}`;
}
