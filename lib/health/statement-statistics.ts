import "server-only";
import { setImmediate } from "node:timers/promises";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction } from "@/lib/database/query";
import { logFailedRequest } from "@/lib/runtime/log";
import { hasPlan } from "@/lib/runtime/statement-text";
import { nameStatement } from "@/lib/runtime/statement-times";
import type { HealthAccess } from "./access";

/** The database's statistics of one statement of the desk's role, over all servers. Times in ms. */
export type StatementStatistic = {
  /** The desk's own id of the statement. */
  id: string;
  /** With `$1`, `$2` for its constants. */
  text: string;
  calls: number;
  total: number;
  mean: number;
  rows: number;
};

/**
 * The statistics, or why there are none.
 * - "unavailable": the extension is not on the server
 * - "missing": it is not in this database
 * - "not loaded": the server was started without it
 * - "forbidden": the desk's role may not read it
 * - "failed": no answer came
 */
export type Statistics = {
  state: "read" | "unavailable" | "missing" | "not loaded" | "forbidden" | "failed";
  statements: StatementStatistic[];
};

/** Reads the statistics if possible; never rejects. `access` is null if it is unknown. */
export async function readStatistics(access: HealthAccess | null): Promise<Statistics> {
  const without = (state: Statistics["state"]): Statistics => ({ state, statements: [] });
  if (!access) return without("failed");
  if (!access.statementsSchema) return without(access.statementsAvailable ? "missing" : "unavailable");
  try {
    return { state: "read", statements: await listStatementStatistics(access.statementsSchema) };
  } catch (error) {
    const { code } = ((error as { cause?: unknown }).cause ?? {}) as { code?: unknown };
    if (code === "55000") return without("not loaded");
    // Without the right to use its schema, the function is not found.
    if (code === "42501" || code === "42883") return without("forbidden");
    if (describeDatabaseError(error).code === "unexpected") {
      logFailedRequest(error, { method: "GET", route: "/database", kind: "part" });
    }
    return without("failed");
  }
}

/** Most statements that are read, by longest total time. */
const mostStatements = 200;

/**
 * Texts and our ids by the database's ids. The same statement keeps its id, and reading and naming texts is what is
 * expensive.
 */
const texts = new Map<string, { id: string; text: string }>();

/**
 * The server reads all its texts, however few are requested: 31 to 39 ms for 4,700. So if it has more than `many`, they
 * are read again only after `rest` ms. New statements are not listed until then. `from` is the earliest next read, by
 * `performance.now()`.
 */
const again = { many: 1_000, rest: 60_000, from: 0 };

/**
 * Most texts kept in memory. With more than `mostEntries` statements on the server, pg_stat_statements' default limit,
 * no texts are read.
 */
const mostTexts = 2_000;
const mostEntries = 5_000;

/**
 * The statistics of the desk's own statements, longest total time first.
 * @param schema where the extension is
 * @throws DatabaseError; its cause has code 55000 if the server has not loaded the library
 */
export function listStatementStatistics(schema: string): Promise<StatementStatistic[]> {
  return inTransaction(
    "health",
    async (run) => {
      // The extension may be in any schema. A schema name cannot be a parameter, so the search path finds the function.
      await run(Prisma.sql`select set_config('search_path', quote_ident(${schema}) || ', pg_catalog', true)`);
      const counts = await run<StatementCount>(selectStatementCounts());
      const missing = counts.flatMap(({ queryId }) => (texts.has(queryId) ? [] : queryId));
      const entries = counts[0]?.entries ?? 0;
      const now = performance.now();
      if (missing.length > 0 && entries <= mostEntries && (entries <= again.many || now >= again.from)) {
        again.from = now + again.rest;
        if (texts.size + missing.length > mostTexts) texts.clear();
        const read = await run<{ queryId: string; text: string }>(
          selectStatementTexts(counts.map(({ queryId }) => queryId)),
        );
        for (const [index, { queryId, text }] of read.entries()) {
          // Lets other requests run: naming a hundred long texts takes 50 ms of the thread.
          if (index % 20 === 19) await setImmediate();
          texts.set(queryId, { id: nameStatement(text), text });
        }
      }
      return counts.flatMap(({ entries: _entries, queryId, ...count }) => {
        const known = texts.get(queryId);
        return known && hasPlan(known.text) ? { ...count, ...known } : [];
      });
    },
    "read only",
  );
}

type StatementCount = Omit<StatementStatistic, "id" | "text"> & { queryId: string; entries: number };

/** The SQL, exported so that the bench can measure it. */
export function selectStatementCounts(): Prisma.Sql {
  return Prisma.sql`
    with counted as materialized (select * from pg_stat_statements(false))
    select
      queryid::text as "queryId",
      calls::float8 as "calls",
      total_exec_time as "total",
      mean_exec_time as "mean",
      rows::float8 as "rows",
      (select count(*) from counted)::int as "entries"
    from counted
    where ${own}
    order by total_exec_time desc
    limit ${mostStatements}`;
}

/** The SQL of the texts. The server keeps them in a file that it reads completely: 12 MB after thousands of filters. */
export function selectStatementTexts(queryIds: string[]): Prisma.Sql {
  return Prisma.sql`
    select queryid::text as "queryId", query as "text"
    from pg_stat_statements(true)
    where ${own} and queryid = any (${queryIds}::bigint[])`;
}

const own = Prisma.sql`
  dbid = (select oid from pg_database where datname = current_database()) and userid = current_user::regrole
    and queryid is not null and toplevel`;
