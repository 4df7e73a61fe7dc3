import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";

/** Connections of one owner to one database that are in the same state. */
export type ConnectionGroup = {
  owner: string;
  database: string;
  /** As the server says it; null where the desk's role may not see it. */
  state: string | null;
  connections: number;
  /** Since when the longest of them has been so. */
  since: Date | null;
};

/** All sessions of people and programs on the server, by whose they are and what they do; the desk's own among them. */
export function listConnections(): Promise<ConnectionGroup[]> {
  return queryRows<ConnectionGroup>(selectConnections(), "health");
}

/** What it asks, for measuring. */
export function selectConnections(): Prisma.Sql {
  // Without pg_monitor another role's session has neither a kind nor a state; the server's own processes have no owner.
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

/** How many connections the server takes, and how many of these it keeps for administrators. */
export type ConnectionLimit = { most: number; reserved: number };

/** The server's limit. @throws DatabaseError */
export async function getConnectionLimit(): Promise<ConnectionLimit> {
  const [limit] = await queryRows<ConnectionLimit>(selectConnectionLimit(), "health");
  return limit ?? { most: 0, reserved: 0 };
}

/** What it asks, for measuring. */
export function selectConnectionLimit(): Prisma.Sql {
  // reserved_connections came with 16.
  return Prisma.sql`
    select
      current_setting('max_connections')::int as "most",
      current_setting('superuser_reserved_connections')::int
        + coalesce(current_setting('reserved_connections', true)::int, 0) as "reserved"`;
}
