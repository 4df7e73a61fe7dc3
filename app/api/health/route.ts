export const dynamic = "force-dynamic";

/** Liveness: this process answers. It never uses the database, because restarting us would not fix the database. */
export function GET(): Response {
  return Response.json({ status: "alive" }, { headers: { "Cache-Control": "no-store" } });
}
