import { checkReadiness } from "@/lib/database/health";

export const dynamic = "force-dynamic";

/**
 * Readiness: the database answers within a second and has a schema that this version serves. Open to anyone, so it says no
 * more than one word of why not: "database" does not answer, "schema" is older than this version, "migration" is under way.
 */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  const headers = { "Cache-Control": "no-store", ...(readiness.ready ? {} : { "Retry-After": "2" }) };
  return readiness.ready
    ? Response.json({ status: "ready" }, { headers })
    : Response.json({ status: "unavailable", reason: readiness.reason }, { status: 503, headers });
}
