import type pg from "pg";
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
