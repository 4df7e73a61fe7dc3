import { randomUUID } from "node:crypto";
import pg from "pg";
import type { ChangeOutcome, ChangeResult } from "@/lib/change/outcome";

export type StoredContact = { id: string; status: string | null; version: number; updatedAt: Date };
export type StoredHistory = {
  contactId: string;
  actor: string;
  actorId: string | null;
  batchId: string | null;
  versionTo: number;
  statusFrom: string | null;
  statusTo: string | null;
};

/** A pool that bypasses the application, to make rows and to read what is stored. */
export function openWorld(url = process.env.TEST_SUPERUSER_URL) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // When a server is killed, each idle connection emits an error, which would end the tests.
  pool.on("error", () => undefined);
  return {
    close: () => pool.end(),
    query: (sql: string, values: unknown[] = []) => pool.query(sql, values),

    /** Runs `work` while another connection holds a statement's locks; that connection then rolls back, or commits. */
    async hold<T>(
      sql: string,
      values: unknown[],
      work: () => Promise<T>,
      ending: "rollback" | "commit" = "rollback",
    ): Promise<T> {
      const holder = await pool.connect();
      try {
        await holder.query("begin");
        await holder.query(sql, values);
        return await work();
      } finally {
        await holder.query(ending);
        holder.release();
      }
    },

    /** How many of the application's connections wait for a lock. */
    async countWaiting(): Promise<number> {
      const { rows } = await pool.query(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and usename = 'desk_app' and wait_event_type = 'Lock'`,
      );
      return rows[0].n;
    },

    async addStaff(name: string): Promise<string> {
      const { rows } = await pool.query(
        "insert into staff (email, name, role, password_hash) values ($1, $2, 'agent', 'x') returning id",
        [`${randomUUID()}@desk.example`, name],
      );
      return rows[0].id;
    },

    /** Makes contacts at version 1, each with an address of its own, and returns their ids in order. */
    async addContacts(count: number, status: string | null = "new"): Promise<string[]> {
      const ids = Array.from({ length: count }, (_, at) => `${randomUUID()}-${String(at).padStart(4, "0")}`);
      await pool.query(
        `insert into contact_submissions (id, name, email, message, "timestamp", status)
        select id, 'Mara Lindqvist', id || '.mara@northlight.example', 'Hello', now(), $2 from unnest($1::text[]) id`,
        [ids, status],
      );
      return ids.sort();
    },

    async getContact(id: string): Promise<StoredContact> {
      const { rows } = await pool.query(
        `select id, status, version, updated_at as "updatedAt" from contact_submissions where id = $1`,
        [id],
      );
      return rows[0];
    },

    async listHistory(ids: string[]): Promise<StoredHistory[]> {
      const { rows } = await pool.query(
        `select contact_id as "contactId", actor, actor_id as "actorId", batch_id as "batchId",
          version_to as "versionTo", status_from as "statusFrom", status_to as "statusTo"
        from contact_history where contact_id = any($1) order by contact_id, version_to`,
        [ids],
      );
      return rows;
    },
  };
}

/** The outcome of a change that must have succeeded. */
export function settled(result: ChangeResult): ChangeOutcome & { batch: string } {
  if (!result.ok) throw new Error(`refused: ${result.code}: ${result.message}`);
  return result;
}
