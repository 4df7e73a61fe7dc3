import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";

/** What the desk's role may see of the database, and facts about the server. */
export type HealthAccess = {
  database: string;
  role: string;
  /** The server's version as text, and as a number such as 180004. */
  version: string;
  versionNumber: number;
  /** Whether other roles' sessions are fully visible, as `pg_monitor` allows. */
  seesOthers: boolean;
  /** Whether this server follows another. */
  isReplica: boolean;
  startedAt: Date;
  /** The schema of pg_stat_statements if it is installed, and whether it could be. */
  statementsSchema: string | null;
  statementsAvailable: boolean;
};

/** What the desk's role may see. @throws DatabaseError */
export async function getHealthAccess(): Promise<HealthAccess> {
  const [access] = await queryRows<HealthAccess>(selectAccess(), "health");
  if (!access) throw new Error("The database said nothing about itself.");
  return access;
}

/** The SQL, exported so that the bench can measure it. */
export function selectAccess(): Prisma.Sql {
  return Prisma.sql`
    select
      current_database() as "database",
      current_user::text as "role",
      current_setting('server_version') as "version",
      current_setting('server_version_num')::int as "versionNumber",
      pg_has_role(current_user, 'pg_read_all_stats', 'usage') as "seesOthers",
      pg_is_in_recovery() as "isReplica",
      pg_postmaster_start_time() as "startedAt",
      (
        select n.nspname::text
        from pg_extension e
        join pg_namespace n on n.oid = e.extnamespace
        where e.extname = 'pg_stat_statements'
      ) as "statementsSchema",
      exists (select from pg_available_extensions where name = 'pg_stat_statements') as "statementsAvailable"`;
}
