import { checkReadiness } from "@/lib/database/health";

export const dynamic = "force-dynamic";

/**
 * Readiness: the database answers within a second, and its schema is one that this version supports. It is open to
 * anyone, so it gives only one word as the reason. "database": it does not answer. "schema": it is older than this
 * version. "migration": one is in progress.
 */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  const headers = { "Cache-Control": "no-store", ...(readiness.ready ? {} : { "Retry-After": "2" }) };
  return readiness.ready
    ? Response.json({ status: "ready" }, { headers })
    : Response.json({ status: "unavailable", reason: readiness.reason }, { status: 503, headers });
}
