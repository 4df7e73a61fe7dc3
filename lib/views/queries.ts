import "server-only";
import { cache } from "react";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import type { Staff } from "@/lib/staff/staff";
import { isBlank } from "@/lib/text/visible-text";
import { everyContact, inboxHref, listReadyMade, queueView, readStored, type View, type ViewContent } from "./view";

type ViewRow = ViewContent & { id: string; name: string; shared: boolean; ownerId: string; owner: string };

/**
 * A person's views: the ready-made ones, their own and the shared ones, each kind in its order. Runs once per request.
 * @throws DatabaseError
 */
export const listViews = cache(async (staffId: string, role: Staff["role"]): Promise<View[]> => {
  // SQL, because every page asks, and Prisma's models cost three times as much (docs/decisions/20-prisma.md).
  const rows = await queryRows<ViewRow>(Prisma.sql`
    select v.id, v.name, v.shared, v.filter, v.columns, v.owner_id as "ownerId", s.name as owner
    from views v
    join staff s on s.id = v.owner_id
    where v.shared or v.owner_id = ${staffId}::uuid
    order by v.shared, v.position, v.id`);
  const stored = rows.map(({ id, name, shared, filter, columns, ownerId, owner }): View => {
    const mine = ownerId === staffId;
    const kind = shared ? "shared" : "own";
    return {
      ...{
        id,
        name: isBlank(name) ? "No name" : name,
        kind,
        owner: mine ? null : owner,
        editable: mine || role === "admin",
      },
      ...readStored({ filter, columns }),
    };
  });
  return [...listReadyMade(), ...stored];
});

/**
 * The view that a person's inbox begins with; null if they chose every contact. It is the queue if they have not chosen,
 * or cannot see the chosen view any more: the desk is there to answer the contacts that wait.
 * @throws DatabaseError
 */
export async function getDefaultView({ id, role, preferences }: Staff): Promise<View | null> {
  const chosen = preferences.defaultView;
  if (chosen === everyContact) return null;
  const views = await listViews(id, role);
  return views.find((view) => view.id === chosen) ?? views.find((view) => view.id === queueView) ?? null;
}

/** The address at which a person's inbox begins. @throws DatabaseError */
export async function getInboxHref(staff: Staff): Promise<string> {
  return inboxHref(await getDefaultView(staff));
}
