import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { given } from "@/lib/contact/given";
import { listSteps, type StepRow, setsTriage, stepColumns } from "@/lib/contact/steps";
import { type TriageRow, toTriage } from "@/lib/contact/triage";
import { selectTriage } from "@/lib/contact/triage-sql";
import type { RunQuery } from "@/lib/database/query";
import type { Conflict } from "./outcome";

type ConflictRow = TriageRow &
  StepRow & {
    id: string;
    present: boolean;
    name: string | null;
    version: number | null;
    actor: "staff" | "website" | "system" | null;
    staffName: string | null;
    when: Date | null;
  };

/**
 * Who last changed each of these contacts, when and how, from the newest history row that changed its triage. For a
 * contact that is gone, it is the row of its deletion.
 */
export async function listConflicts(run: RunQuery, ids: string[]): Promise<Conflict[]> {
  if (ids.length === 0) return [];
  const rows = await run<ConflictRow>(Prisma.sql`
    select
      w.id,
      c.id is not null as present,
      c.name,
      c.version,
      ${selectTriage(Prisma.sql`c`)},
      h.actor,
      s.name as "staffName",
      h.changed_at as "when",
      ${stepColumns}
    from unnest(${ids}::text[]) as w (id)
    left join contact_submissions c on c.id = w.id
    left join lateral (
      select *
      from contact_history h
      where h.contact_id = w.id
        and (h.operation = 'delete' or ${setsTriage})
      order by h.changed_at desc, h.id desc
      limit 1
    ) h on true
    left join staff s on s.id = h.actor_id
    order by w.id
  `);
  return rows.map(describeConflict);
}

function describeConflict(row: ConflictRow): Conflict {
  const { id, present, name, version, actor, staffName, when } = row;
  const who = { staff: given(staffName) ?? "A colleague", website: "The website", system: "Contact Desk" };
  return {
    id,
    name: name ?? "",
    triage: present ? toTriage(row) : null,
    version: version ?? 0,
    who: actor ? who[actor] : "Someone",
    when: when?.toISOString() ?? null,
    steps: present ? listSteps(row) : [],
  };
}
