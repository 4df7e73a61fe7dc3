import "server-only";
import { Prisma } from "@/generated/prisma/client";

/** Most relations whose size is read. Each read is a file system access, and there may be thousands. */
export const mostRelations = 50;

/**
 * How many of the largest relations are examined more closely. A database may have tens of thousands, and small ones
 * matter little.
 */
export const mostCandidates = 200;

/** How many of the largest tables have their indexes compared. */
export const mostCompared = 50;

/**
 * SQL: relations that somebody has locked exclusively. Reading their size would wait for the lock, so the size of the
 * last vacuum or analyze is used.
 */
export const lockedRelations = Prisma.sql`
  select relation from pg_locks where mode = 'AccessExclusiveLock' and granted and relation is not null
    and database = (select oid from pg_database where datname = current_database())`;

/** SQL: the schemas of the database's own tables, without system and temporary ones. */
export const ownSchemas = Prisma.sql`
  select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`;
