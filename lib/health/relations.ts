import "server-only";
import { Prisma } from "@/generated/prisma/client";

/** Relations whose size is asked for: each is a look at the file system, and there may be thousands. */
export const mostRelations = 50;

/** Relations that are looked at more closely, the largest: a database may have tens of thousands, and the small ones matter little. */
export const mostCandidates = 200;

/** Tables whose indexes are compared with each other, the largest. */
export const mostCompared = 50;

/**
 * Relations that somebody has locked as a whole. Asking for their size would wait for the lock, so their size is what they had when
 * they were last vacuumed or analysed.
 */
export const lockedRelations = Prisma.sql`
  select relation from pg_locks where mode = 'AccessExclusiveLock' and granted and relation is not null
    and database = (select oid from pg_database where datname = current_database())`;

/** The database's own schemas, and those of temporary tables. */
export const ownSchemas = Prisma.sql`
  select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`;
