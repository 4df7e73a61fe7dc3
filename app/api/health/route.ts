export const dynamic = "force-dynamic";

/** Liveness: this process answers. Never touches the database, whose trouble a restart of ours would not mend. */
export function GET(): Response {
  return Response.json({ status: "alive" }, { headers: { "Cache-Control": "no-store" } });
}
