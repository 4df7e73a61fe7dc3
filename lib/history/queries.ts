import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { BatchKind } from "@/lib/change/assignments";
import { queryRows } from "@/lib/database/query";
import type { BatchEntry, HistoryPage, OtherEntry } from "./entries";
import { type HistoryQuestion, others } from "./question";
import { readStoredChange, readStoredStep } from "./stored-change";

/** Entries of a page. */
const pageSize = 50;

/**
 * The most rows of others' changes that are read for a page. Rows that follow each other and are alike become one
 * entry.
 */
const mostOthers = 1_000;

/** The most minutes between two changes of others that become one entry. */
const together = 5;

/**
 * A page of the desk's history, newest first.
 * @param timeZone the desk's, in which the question's days are cut
 * @throws DatabaseError
 */
export async function listHistoryPage(question: HistoryQuestion, timeZone: string): Promise<HistoryPage> {
  const isOther = question.who !== null && Object.hasOwn(others, question.who);
  const [batches, rows] = await Promise.all([
    isOther ? [] : listBatches(question, timeZone),
    question.kind !== null ? [] : listOthers(question, timeZone),
  ]);
  // There may be more rows of either kind than were read. Beyond the later of the two ends, rows may be missing.
  const ends = [batches.length > pageSize ? batches.at(-1) : null, rows.length > mostOthers ? rows.at(-1) : null];
  const horizon = ends.reduce((latest, end) => (end && end.at > latest ? end.at : latest), "");
  const known = [...batches, ...rows].filter(({ at }) => at >= horizon).sort((a, b) => (a.at < b.at ? 1 : -1));
  const folded = fold(known);
  const shown = folded.slice(0, pageSize);
  const more = folded.length > pageSize || horizon !== "";
  return { entries: shown.map(({ entry }) => entry), next: more ? (shown.at(-1)?.oldest ?? null) : null };
}

const printed = (column: Prisma.Sql) =>
  Prisma.sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function timeCondition(column: Prisma.Sql, { from, to, before }: HistoryQuestion, timeZone: string): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (before) parts.push(Prisma.sql`${column} < ${before}::timestamptz`);
  if (from) parts.push(Prisma.sql`${column} >= (${from}::date)::timestamp at time zone ${timeZone}::text`);
  if (to) parts.push(Prisma.sql`${column} < (${to}::date + 1)::timestamp at time zone ${timeZone}::text`);
  return Prisma.join(parts, " and ");
}

type BatchRow = Omit<BatchEntry, "type" | "contact" | "change" | "step" | "undid"> & {
  request: unknown;
  statuses: unknown;
  undidStaffId: string | null;
  undidStaffName: string | null;
  undidKind: BatchKind | null;
  contactId: string | null;
  contactName: string | null;
};

/**
 * Batches that changed something or are about to. A large batch has its count stored; of a small one, the rows are
 * counted.
 */
async function listBatches(question: HistoryQuestion, timeZone: string): Promise<BatchEntry[]> {
  const { who, kind } = question;
  const rows = await queryRows<BatchRow>(Prisma.sql`
    select ${printed(Prisma.sql`b.created_at`)} as at, b.id as batch, s.id as "staffId", s.name as "staffName", b.kind,
      b.request - 'contacts' as request,
      case
        when b.set_id is null then h.count
        else b.done - coalesce((b.outcome ->> 'unchanged')::int, 0) - coalesce((b.outcome ->> 'stale')::int, 0)
      end as changed,
      case when b.set_id is null then h.statuses else b.outcome -> 'statuses' end as statuses,
      h.assignee_from as "assigneeFrom",
      c.id as "contactId", c.name as "contactName", u.name as "undoneBy",
      os.id as "undidStaffId", os.name as "undidStaffName", ob.kind as "undidKind",
      b.set_id is not null and b.finished_at is null as "underWay"
    from change_batches b
    join staff s on s.id = b.staff_id
    left join lateral (
      select count(*)::int as count, min(h.contact_id) as contact_id,
        jsonb_build_object(
          'from', (array_agg(distinct h.status_from))[1:2],
          'to', (array_agg(distinct h.status_to))[1:2]) as statuses,
        case when count(distinct coalesce(h.assignee_from::text, '')) = 1 then min(h.assignee_from::text) end
          as assignee_from
      from contact_history h
      -- What a batch changed came after it; a day is for clocks that were set. So no month before it is looked at.
      where b.set_id is null and h.batch_id = b.id and h.changed_at > b.created_at - interval '1 day'
    ) h on true
    left join contact_submissions c on h.count = 1 and c.id = h.contact_id
    left join change_batches ub on ub.undoes = b.id
    left join staff u on u.id = ub.staff_id
    left join change_batches ob on ob.id = b.undoes
    left join staff os on os.id = ob.staff_id
    where ${timeCondition(Prisma.sql`b.created_at`, question, timeZone)}
      ${who ? Prisma.sql`and b.staff_id = ${who}::uuid` : Prisma.empty}
      ${kind ? Prisma.sql`and b.kind = ${kind}` : Prisma.empty}
      and (b.set_id is not null or h.count > 0)
    order by b.created_at desc, b.id desc
    limit ${pageSize + 1}::int`);
  return rows.map((stored) => {
    const { contactId, contactName, request, statuses, undidStaffId, undidStaffName, undidKind, ...row } = stored;
    const known = undidStaffId !== null && undidStaffName !== null && undidKind !== null;
    return {
      type: "batch",
      ...row,
      change: readStoredChange(request),
      step: readStoredStep(statuses),
      undid: known ? { staffId: undidStaffId, staffName: undidStaffName, kind: undidKind } : null,
      contact: contactId === null ? null : { id: contactId, name: contactName },
    };
  });
}

type OtherRow = Omit<OtherEntry, "type" | "changed" | "contact"> & { contactId: string; contactName: string | null };

type StoredOther = Omit<OtherRow, "step"> & { statusFrom: string | null; statusTo: string | null };

async function listOthers(question: HistoryQuestion, timeZone: string): Promise<OtherRow[]> {
  const { who } = question;
  const whose = Object.hasOwn(others, who ?? "")
    ? Prisma.sql`and h.actor = ${who}`
    : Prisma.sql`and h.actor = 'staff' and h.actor_id = ${who}::uuid`;
  const rows = await queryRows<StoredOther>(Prisma.sql`
    select ${printed(Prisma.sql`h.changed_at`)} as at, h.actor, s.name as "staffName", h.database_role as role, h.operation, h.fields,
      h.status_from as "statusFrom", h.status_to as "statusTo", h.contact_id as "contactId", c.name as "contactName"
    from (
      select * from contact_history h
      where h.batch_id is null and ${timeCondition(Prisma.sql`h.changed_at`, question, timeZone)}
        ${who ? whose : Prisma.empty}
      order by h.changed_at desc, h.id desc
      limit ${mostOthers + 1}::int
    ) h
    left join contact_submissions c on c.id = h.contact_id
    left join staff s on s.id = h.actor_id
    order by h.changed_at desc, h.id desc`);
  return rows.map(({ statusFrom, statusTo, ...row }) => ({
    ...row,
    step: row.fields.includes("status") ? { from: statusFrom, to: statusTo } : null,
  }));
}

type Folded = { entry: BatchEntry | OtherEntry; oldest: string };

/** Makes one entry of others' changes that follow each other and are alike and close, at the time of the newest. */
function fold(known: (BatchEntry | OtherRow)[]): Folded[] {
  const folded: Folded[] = [];
  let ids = new Set<string>();
  for (const item of known) {
    if ("batch" in item) {
      folded.push({ entry: item, oldest: item.at });
      continue;
    }
    const { contactId, contactName, ...row } = item;
    const last = folded.at(-1);
    if (last?.entry.type === "other" && isAlike(last.entry, row) && isClose(last.oldest, row.at)) {
      ids.add(contactId);
      last.oldest = row.at;
      const { contact, step } = last.entry;
      last.entry = {
        ...last.entry,
        step: step && { to: step.to, from: step.from === row.step?.from ? step.from : undefined },
        changed: ids.size,
        contact: ids.size > 1 ? null : contact,
      };
    } else {
      ids = new Set([contactId]);
      const contact = { id: contactId, name: contactName };
      folded.push({ entry: { type: "other", ...row, changed: 1, contact }, oldest: row.at });
    }
  }
  return folded;
}

const isClose = (later: string, earlier: string) => Date.parse(later) - Date.parse(earlier) <= together * 60_000;

function isAlike(
  entry: OtherEntry,
  row: Pick<OtherEntry, "actor" | "staffName" | "role" | "operation" | "fields" | "step">,
): boolean {
  return (
    entry.actor === row.actor &&
    entry.staffName === row.staffName &&
    entry.role === row.role &&
    entry.operation === row.operation &&
    entry.fields.join() === row.fields.join() &&
    entry.step?.to === row.step?.to
  );
}
