import type { Prisma } from "@/generated/prisma/client";
import { toDatabaseError } from "./errors";
import { getPool, type Purpose, timeLimits } from "./pool";

/** Runs one statement on the connection of the surrounding transaction and gives its rows. */
export type Run = <T>(sql: Prisma.Sql) => Promise<T[]>;

/**
 * Runs `work` in one transaction with the time limit of its purpose.
 * @throws DatabaseError, already mapped; whatever `work` throws of its own passes through. Both roll back.
 */
export async function inTransaction<R>(
  purpose: Purpose,
  work: (run: Run) => Promise<R>,
  mode: "read only" | "read write" = "read write",
): Promise<R> {
  const limit = timeLimits[purpose];
  try {
    const client = await getPool().connect();
    let broken: Error | undefined;
    // A connection cut while in use says so twice: to its query, and as an event that would end the process unheard.
    const heard = () => undefined;
    client.on("error", heard);
    try {
      await client.query(`begin ${mode}; set local statement_timeout = ${limit}`);
      const run: Run = async (sql) => {
        const query = { text: sql.text, values: sql.values, query_timeout: limit + 500 };
        return (await client.query(query)).rows;
      };
      const result = await work(run);
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      // A connection that could not even roll back is thrown away, not given to the next caller.
      client.off("error", heard);
      client.release(broken);
    }
  } catch (error) {
    throw toDatabaseError(error);
  }
}

/**
 * The rows of one reading statement, with the time limit of its purpose.
 * Columns are named in the SQL as `T` names them; timestamps arrive as Date, bigint and numeric as text.
 * @throws DatabaseError
 */
export function queryRows<T>(sql: Prisma.Sql, purpose: Purpose = "interactive"): Promise<T[]> {
  return inTransaction(purpose, (run) => run<T>(sql), "read only");
}
