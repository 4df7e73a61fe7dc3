import type pg from "pg";
import { getPool } from "@/lib/database/pool";
import { forgetOfProcess } from "@/lib/runtime/of-process";

/** Ends this process' pool. The next statement opens a new one, to the database that the environment names then. */
export async function endPool(): Promise<void> {
  await forgetOfProcess<pg.Pool>("pool")?.end();
}

/** Ends the connection of the readiness check; the next check opens a new one. */
export async function endReadiness(): Promise<void> {
  const readiness = forgetOfProcess<{ client: pg.Client | null }>("readiness");
  await readiness?.client?.end().catch(() => undefined);
}

/** Does the work while somebody else holds every connection of the pool. */
export async function withoutConnections<R>(work: () => Promise<R>): Promise<R> {
  const held = await Promise.all(Array.from({ length: 10 }, () => getPool().connect()));
  try {
    return await work();
  } finally {
    for (const client of held) client.release();
  }
}
