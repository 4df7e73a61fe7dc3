import { checkDatabase } from "@/lib/database/health";

export const dynamic = "force-dynamic";

/** Readiness: the database answers within a second. Open to anyone, so it says no more than yes or no. */
export async function GET(): Promise<Response> {
  const ready = await checkDatabase();
  const headers = { "Cache-Control": "no-store", ...(ready ? {} : { "Retry-After": "2" }) };
  return Response.json({ status: ready ? "ready" : "unavailable" }, { status: ready ? 200 : 503, headers });
}
