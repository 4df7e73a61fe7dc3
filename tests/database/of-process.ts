import type pg from "pg";
import { forgetOfProcess } from "@/lib/runtime/of-process";

/** Ends the pool of this process. The next statement opens another, to the database that the environment names then. */
export async function endPool(): Promise<void> {
  await forgetOfProcess<pg.Pool>("pool")?.end();
}

/** Ends the connection on which readiness is asked for; the next to ask opens another. */
export async function endReadiness(): Promise<void> {
  const readiness = forgetOfProcess<{ client: pg.Client | null }>("readiness");
  await readiness?.client?.end().catch(() => undefined);
}
