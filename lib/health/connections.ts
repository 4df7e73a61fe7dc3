import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";

/** Connections of one role to one database that are in the same state. */
export type ConnectionGroup = {
  owner: string;
  database: string;
  /** As the server reports it. Null if the desk's role may not see it. */
  state: string | null;
  connections: number;
  /** When the longest-lasting of them entered this state. */
  since: Date | null;
};

/** All client sessions on the server, grouped by role, database and state. Includes the desk's own. */
export function listConnections(): Promise<ConnectionGroup[]> {
  return queryRows<ConnectionGroup>(selectConnections(), "health");
}

/** The SQL, exported so that the bench can measure it. */
export function selectConnections(): Prisma.Sql {
  // Without pg_monitor, other roles' sessions show neither type nor state. The server's own processes have no role.
  return Prisma.sql`
    select
      usename::text as "owner",
      coalesce(datname::text, '') as "database",
      state,
      count(*)::int as "connections",
      min(state_change) as "since"
    from pg_stat_activity
    where usesysid is not null
      and coalesce(backend_type, 'client backend') = 'client backend'
    group by usename, datname, state
    order by count(*) desc, usename, datname, state
    limit 100`;
}

/** How many connections the server accepts, and how many of these it reserves for administrators. */
export type ConnectionLimit = { most: number; reserved: number };

/** The server's connection limit. @throws DatabaseError */
export async function getConnectionLimit(): Promise<ConnectionLimit> {
  const [limit] = await queryRows<ConnectionLimit>(selectConnectionLimit(), "health");
  return limit ?? { most: 0, reserved: 0 };
}

/** The SQL, exported so that the bench can measure it. */
export function selectConnectionLimit(): Prisma.Sql {
  // `reserved_connections` exists since PostgreSQL 16.
  return Prisma.sql`
    select
      current_setting('max_connections')::int as "most",
      current_setting('superuser_reserved_connections')::int
        + coalesce(current_setting('reserved_connections', true)::int, 0) as "reserved"`;
}
