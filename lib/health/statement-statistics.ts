import "server-only";
import { setImmediate } from "node:timers/promises";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction } from "@/lib/database/query";
import { logFailedRequest } from "@/lib/runtime/log";
import { hasPlan } from "@/lib/runtime/statement-text";
import { nameStatement } from "@/lib/runtime/statement-times";
import type { HealthAccess } from "./access";

/** What the database itself counted for one statement of the desk's role, of all servers. Times in ms. */
export type StatementStatistic = {
  /** The desk's own name of it. */
  id: string;
  /** With `$1`, `$2` for its constants. */
  text: string;
  calls: number;
  total: number;
  mean: number;
  rows: number;
};

/**
 * The statistics, or why there are none: "unavailable": the extension is not on the server; "missing": not in this database;
 * "not loaded": the server was started without it; "forbidden": the desk's role may not read it; "failed": no answer came.
 */
export type Statistics = {
  state: "read" | "unavailable" | "missing" | "not loaded" | "forbidden" | "failed";
  statements: StatementStatistic[];
};

/** Reads the statistics where they are to be had; never rejects. `access` is null where that is not known. */
export async function readStatistics(access: HealthAccess | null): Promise<Statistics> {
  const without = (state: Statistics["state"]): Statistics => ({ state, statements: [] });
  if (!access) return without("failed");
  if (!access.statementsSchema) return without(access.statementsAvailable ? "missing" : "unavailable");
  try {
    return { state: "read", statements: await listStatementStatistics(access.statementsSchema) };
  } catch (error) {
    const { code } = ((error as { cause?: unknown }).cause ?? {}) as { code?: unknown };
    if (code === "55000") return without("not loaded");
    // Without usage on its schema the function is not found.
    if (code === "42501" || code === "42883") return without("forbidden");
    if (describeDatabaseError(error).code === "unexpected") {
      logFailedRequest(error, { method: "GET", route: "/database", kind: "part" });
    }
    return without("failed");
  }
}

/** Statements that are read: those that took longest in all. */
const mostStatements = 200;

/** Texts and names by the database's ids, which are the same for the same statement: reading and naming them is what costs. */
const texts = new Map<string, { id: string; text: string }>();

/**
 * The server reads all its texts, however few are asked for: 31 to 39 ms for 4,700 of them. So where it has more than `many` they are
 * not read again for `rest` ms; what is new meanwhile has no count yet. `from`: when they may be, by `performance.now()`.
 */
const again = { many: 1_000, rest: 60_000, from: 0 };

/** Texts that are remembered; statements on the server up to which they are read: its usual most. */
const mostTexts = 2_000;
const mostEntries = 5_000;

/**
 * What pg_stat_statements says of the desk's own statements, those first that took longest in all.
 * @param schema where the extension is
 * @throws DatabaseError; with 55000 behind it the server has not loaded the library
 */
export function listStatementStatistics(schema: string): Promise<StatementStatistic[]> {
  return inTransaction(
    "health",
    async (run) => {
      // The extension may be in any schema; a name of one is no value, so it is found by the path.
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
          // Others have their turn meanwhile: a hundred long texts are 50 ms of the thread.
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

/** What it asks, for measuring. */
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

/** The texts, which the server keeps in a file that it reads as a whole: 12 MB where the desk has used thousands of filters. */
export function selectStatementTexts(queryIds: string[]): Prisma.Sql {
  return Prisma.sql`
    select queryid::text as "queryId", query as "text"
    from pg_stat_statements(true)
    where ${own} and queryid = any (${queryIds}::bigint[])`;
}

const own = Prisma.sql`
  dbid = (select oid from pg_database where datname = current_database()) and userid = current_user::regrole
    and queryid is not null and toplevel`;
