import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { statusLabel } from "@/lib/contact/status";
import type { Run } from "@/lib/database/query";
import type { Conflict } from "./outcome";

type ConflictRow = {
  id: string;
  present: boolean;
  name: string | null;
  status: string | null;
  version: number | null;
  actor: "staff" | "website" | "system" | null;
  staffName: string | null;
  when: Date | null;
  operation: string | null;
  statusFrom: string | null;
  statusTo: string | null;
};

/**
 * Who last changed each of these contacts, when and how, from the newest history row that moved its version.
 * A contact that is gone is named with the row that says so.
 */
export async function listConflicts(run: Run, ids: string[]): Promise<Conflict[]> {
  const rows = await run<ConflictRow>(Prisma.sql`
    select
      w.id,
      c.id is not null as present,
      c.name,
      c.status,
      c.version,
      h.actor,
      s.name as "staffName",
      h.changed_at as "when",
      h.operation,
      h.status_from as "statusFrom",
      h.status_to as "statusTo"
    from unnest(${ids}::text[]) as w (id)
    left join contact_submissions c on c.id = w.id
    left join lateral (
      select h.actor, h.actor_id, h.changed_at, h.operation, h.status_from, h.status_to
      from contact_history h
      where h.contact_id = w.id
        and (h.operation = 'delete' or h.fields && array['status', 'assignee_id', 'snoozed_until'])
      order by h.changed_at desc, h.id desc
      limit 1
    ) h on true
    left join staff s on s.id = h.actor_id
    order by w.id
  `);
  return rows.map(describeConflict);
}

function describeConflict(row: ConflictRow): Conflict {
  const who = { staff: row.staffName ?? "A colleague", website: "The website", system: "The system" };
  return {
    id: row.id,
    name: row.name ?? "",
    status: row.status,
    version: row.version ?? 0,
    who: row.actor ? who[row.actor] : "Somebody",
    when: row.when?.toISOString() ?? null,
    what: describeChange(row),
  };
}

function describeChange(row: ConflictRow): string {
  if (!row.present) return "removed it";
  if (row.statusFrom !== row.statusTo) return `set ${statusLabel(row.statusFrom)} → ${statusLabel(row.statusTo)}`;
  return "changed it";
}
