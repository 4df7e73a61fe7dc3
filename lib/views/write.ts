import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Models, type RunQuery } from "@/lib/database/query";
import { getNow } from "@/lib/runtime/clock";
import { type ChangeResult, type Refusal, refuse } from "@/lib/staff/change-result";
import type { Staff } from "@/lib/staff/staff";
import { mostViews, type ViewContent } from "./view";

/** Who makes a change. People may change their own views, and an admin also those that others share. */
export type Editor = Pick<Staff, "id" | "role">;

export type NewView = ViewContent & { name: string; shared: boolean };

/** Saves a filter and its columns as a new view, at the end of its list. @throws DatabaseError */
export function createView(editor: Editor, view: NewView): Promise<ChangeResult<{ id: string }>> {
  const { name, shared, filter, columns } = view;
  return underLock(async (run, models) => {
    const ownerId = editor.id;
    const refusal = await findRefusal(run, { ownerId, shared, name });
    if (refusal) return refusal;
    const position = await endOf(run, ownerId, shared);
    const { id } = await models.view.create({
      data: { ownerId, name, shared, filter, columns, position },
      select: { id: true },
    });
    return { ok: true, id };
  });
}

/**
 * Saves another filter and its columns in a view, if the view still has those that the person saw. If two people save
 * at once, the second is told. @throws DatabaseError
 */
export function changeContent(
  editor: Editor,
  id: string,
  { filter, columns }: ViewContent,
  seen: ViewContent,
): Promise<ChangeResult> {
  return change(editor, id, async (_view, models) => {
    const { count } = await models.view.updateMany({
      where: { id, filter: seen.filter, columns: seen.columns },
      data: { filter, columns, updatedAt: getNow() },
    });
    if (count > 0) return { ok: true };
    return refuse("taken", "Someone else has saved this view. Reload to see it, or save yours as a new view.");
  });
}

/** Gives a view another name. @throws DatabaseError */
export function changeName(editor: Editor, id: string, name: string): Promise<ChangeResult> {
  return change(editor, id, async (view, models, run) => {
    const refusal = await findRefusal(run, { ...view, name });
    if (refusal) return refusal;
    await models.view.updateMany({ where: { id }, data: { name, updatedAt: getNow() } });
    return { ok: true };
  });
}

/**
 * Shares a view with everybody, or makes it its owner's alone again; it goes to the end of its new list. @throws
 * DatabaseError
 */
export function changeShared(editor: Editor, id: string, shared: boolean): Promise<ChangeResult> {
  return change(editor, id, async (view, models, run) => {
    if (view.shared === shared) return { ok: true };
    const refusal = await findRefusal(run, { ...view, shared });
    if (refusal) return refusal;
    const position = await endOf(run, view.ownerId, shared);
    await models.view.updateMany({ where: { id }, data: { shared, position, updatedAt: getNow() } });
    return { ok: true };
  });
}

/** Moves a view up (-1) or down (1) in its list; at the end of the list it stays. @throws DatabaseError */
export function changePosition(editor: Editor, id: string, by: -1 | 1): Promise<ChangeResult> {
  return change(editor, id, async (view, _models, run) => {
    const rows = await run<{ id: string }>(Prisma.sql`
      select id from views where ${isInList(view)} order by position, id`);
    const ids = rows.map((row) => row.id);
    const from = ids.indexOf(id);
    const neighbour = ids[from + by];
    if (neighbour === undefined) return { ok: true };
    ids[from + by] = id;
    ids[from] = neighbour;
    await run(Prisma.sql`
      update views v set position = wanted.position
      from unnest(${ids}::uuid[]) with ordinality as wanted (id, position)
      where v.id = wanted.id and v.position <> wanted.position`);
    return { ok: true };
  });
}

/** Deletes a view. People who began with it then begin with every contact. @throws DatabaseError */
export function deleteView(editor: Editor, id: string): Promise<ChangeResult> {
  return change(editor, id, async (_view, models) => {
    await models.view.deleteMany({ where: { id } });
    return { ok: true };
  });
}

type StoredView = { ownerId: string; shared: boolean; name: string };

const gone: Refusal = refuse("unknown", "This view no longer exists.");

/** Changes a view that the person may change. Somebody else's own view is reported as not there. */
function change(
  editor: Editor,
  id: string,
  work: (view: StoredView & { id: string }, models: Models, run: RunQuery) => Promise<ChangeResult>,
): Promise<ChangeResult> {
  return underLock(async (run, models) => {
    const view = await models.view.findFirst({
      where: { id, OR: [{ shared: true }, { ownerId: editor.id }] },
      select: { id: true, ownerId: true, shared: true, name: true },
    });
    if (!view) return gone;
    if (view.ownerId !== editor.id && editor.role !== "admin") {
      return refuse("forbidden", "Only the person who shares this view, or an admin, can change it.");
    }
    return work(view, models, run);
  });
}

/** Runs one change at a time, because names, numbers and positions are those of a whole list. */
function underLock<T>(work: (run: RunQuery, models: Models) => Promise<ChangeResult<T>>): Promise<ChangeResult<T>> {
  return inTransaction("interactive", async (run, models) => {
    await run(Prisma.sql`select 1 from pg_advisory_xact_lock(hashtextextended('views', 0))`);
    return work(run, models);
  });
}

/** Why a view cannot be in its list under its name: the name is taken, or the list is full. */
async function findRefusal(run: RunQuery, view: StoredView & { id?: string }): Promise<Refusal | null> {
  const [list] = await run<{ others: number; taken: boolean }>(Prisma.sql`
    select count(*)::int as others, coalesce(bool_or(lower(name) = lower(${view.name})), false) as taken
    from views where ${isInList(view)} and id is distinct from ${view.id ?? null}::uuid`);
  if (list?.taken) {
    const where = view.shared ? "A shared view" : "One of your views";
    return refuse("taken", `${where} already has that name.`, "name");
  }
  const most = mostViews[view.shared ? "shared" : "own"];
  if ((list?.others ?? 0) < most) return null;
  return refuse(
    "invalid",
    `There can be ${most} ${view.shared ? "shared views" : "views of your own"}. Delete one first.`,
  );
}

async function endOf(run: RunQuery, ownerId: string, shared: boolean): Promise<number> {
  const [list] = await run<{ end: number }>(Prisma.sql`
    select coalesce(max(position), 0) + 1 as end from views where ${isInList({ ownerId, shared })}`);
  return list?.end ?? 1;
}

function isInList({ ownerId, shared }: Pick<StoredView, "ownerId" | "shared">): Prisma.Sql {
  return shared ? Prisma.sql`shared` : Prisma.sql`(not shared and owner_id = ${ownerId}::uuid)`;
}
