import { formatCount } from "@/lib/desk/wording";
import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { emptyFilter, withField } from "@/lib/filter/filter";
import type { Viewer } from "@/lib/filter/viewer";
import { type BulkStart, startBulk } from "./bulk";
import { freezeMatching, setLimit } from "./frozen-set";
import type { HandoverRequest } from "./request";

/**
 * Starts to assign all of a person's contacts to somebody else, or to nobody, as one batch that can be undone. The bulk
 * runner makes it. The same key again is the same batch. Null if the person has no contacts.
 * @param viewer who hands over
 * @throws DatabaseError
 */
export async function startHandover(viewer: Viewer, { key, from, to }: HandoverRequest): Promise<BulkStart | null> {
  const [begun] = await queryRows(Prisma.sql`
    select from change_batches where id = ${key}::uuid and staff_id = ${viewer.staffId}::uuid and kind = 'handover'`);
  if (begun) return { ok: true, batch: key };
  const set = await freezeMatching(withField(emptyFilter, "assignee", { add: [from] }), viewer);
  if (set === null) return null;
  if (set === "too many") {
    const message = `More than ${formatCount(setLimit)} contacts are theirs. Hand them over in parts, in the inbox.`;
    return { ok: false, code: "invalid", message };
  }
  return startBulk(viewer.staffId, { key, set: set.id, change: { assigneeId: to } }, "handover");
}
