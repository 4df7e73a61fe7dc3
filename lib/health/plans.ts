import "server-only";
import type pg from "pg";
import { splitStatements } from "@/lib/database/migrate/sql-statements";
import { getPool } from "@/lib/database/pool";
import { takePoolShare } from "@/lib/database/pool-shares";
import { findStatementText } from "@/lib/runtime/statement-times";
import { getHealthAccess } from "./access";
import { listStatementStatistics } from "./statement-statistics";

/** The plan of a statement, or words that say why there is none. */
export type PlanResult = { ok: true; plan: string; reads: string[] } | { ok: false; message: string };

/** The first version that plans a statement without its values. */
const firstWithGenericPlans = 160_000;

/** Milliseconds that planning may take, and that it waits for a table's lock. */
const planWithin = 500;

const unknown = "The desk no longer knows this statement. Reload the page.";

/**
 * The plan of one of the desk's own statements, by its id. The statement is planned but not run.
 * @throws DatabaseError, or what the driver throws
 */
export async function getPlan(id: string): Promise<PlanResult> {
  const access = await getHealthAccess();
  if (access.versionNumber < firstWithGenericPlans) {
    const [major] = access.version.split(".");
    return {
      ok: false,
      message: `PostgreSQL ${major} plans a statement only with its values. From 16 on the plan is shown here.`,
    };
  }
  const text = findStatementText(id) ?? (await findInStatistics(id, access.statementsSchema));
  // In a text with two statements EXPLAIN would cover the first, and the second would run. So only a single statement
  // is accepted. The extended protocol accepts only one, but it needs parameter values, and the plan would be for
  // those.
  return text === null || splitStatements(text).length !== 1 ? { ok: false, message: unknown } : explain(text);
}

/** A statement that another process ran, from the database's statistics of the desk's role. */
async function findInStatistics(id: string, schema: string | null): Promise<string | null> {
  if (!schema) return null;
  const statistics = await listStatementStatistics(schema).catch(() => []);
  return statistics.find((one) => one.id === id)?.text ?? null;
}

async function explain(text: string): Promise<PlanResult> {
  const { release } = await takePoolShare("health");
  try {
    return await explainOn(await getPool().connect(), text);
  } finally {
    release();
  }
}

async function explainOn(client: pg.PoolClient, text: string): Promise<PlanResult> {
  let broken: Error | undefined;
  try {
    await client.query(
      `begin read only; set local statement_timeout = ${planWithin}; set local lock_timeout = ${planWithin}`,
    );
    const query = { text: `explain (generic_plan) ${text}`, query_timeout: 2 * planWithin };
    const { rows } = await client.query<{ "QUERY PLAN": string }>(query);
    const lines = rows.map((row) => row["QUERY PLAN"]);
    return { ok: true, plan: lines.join("\n"), reads: findWholeReads(lines) };
  } catch (error) {
    return { ok: false, message: describeFailure(error) };
  } finally {
    await client.query("rollback").catch((error: Error) => {
      broken = error;
    });
    client.release(broken);
  }
}

function describeFailure(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === "57014" || code === "55P03")
    return "Planning took more than half a second, so the desk stopped asking. A table may be locked.";
  if (code === "42501") return "The desk's role may not ask for this plan.";
  // The database's normalised text has `$1` even where no parameter may be, as in an interval.
  if (typeof code === "string" && code.startsWith("42"))
    return "The database keeps this statement in a form that it cannot plan. Ask again when this server has run it.";
  return "The database did not answer. Try again in a moment.";
}

/** Tables that the plan reads completely (Seq Scan). */
function findWholeReads(lines: string[]): string[] {
  const found = lines.flatMap((line) => /Seq Scan on (?:\S+\.)?(\S+)/.exec(line)?.[1] ?? []);
  return [...new Set(found)];
}
