import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { withUndo } from "./undo";
import type { World } from "./world";

/** Somebody for the bench to be, who can never sign in by a password. Removed afterwards with all they left. */
export function withStaff<R>({ client, url }: World, work: (staffId: string) => Promise<R>): Promise<R> {
  const staffId = randomUUID();
  const create = () =>
    client.query("insert into staff (id, email, name, role, password_hash) values ($1, $2, $3, $4, $5)", [
      staffId,
      `${staffId}@bench.example`,
      "Bench",
      "agent",
      "nobody knows it",
    ]);
  return withUndo(
    url,
    (own) => removeStaff(own, staffId),
    async () => {
      await create();
      return work(staffId);
    },
  );
}

/** Once more where the desk was still doing something for them, which it had begun before they stopped asking. */
async function removeStaff(client: pg.Client, staffId: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await removeAllOf(client, staffId);
    } catch (error) {
      if ((error as { code?: string }).code !== "23503" || tries === 20) throw error;
      await pause(500);
    }
  }
}

async function removeAllOf(client: pg.Client, staffId: string): Promise<void> {
  await client.query("delete from contact_exports where staff_id = $1", [staffId]).catch(ignoreMissingTable);
  await client.query("delete from change_batches where staff_id = $1", [staffId]);
  await client.query(
    `with removed as (delete from frozen_sets where staff_id = $1 returning id)
    delete from frozen_contacts c using removed where c.set_id = removed.id`,
    [staffId],
  );
  await client.query("delete from triage_claims where staff_id = $1", [staffId]);
  await client.query("delete from triage_queues where staff_id = $1", [staffId]);
  await client.query("delete from staff_sessions where staff_id = $1", [staffId]);
  await client.query("delete from staff where id = $1", [staffId]);
}

/** Removes what a bench that was killed left behind. */
export async function removeLeftStaff(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: string }>("select id from staff where email like '%@bench.example'");
  for (const { id } of rows) await removeStaff(client, id);
}

function ignoreMissingTable(error: { code?: string }): void {
  if (error.code !== "42P01") throw error;
}
