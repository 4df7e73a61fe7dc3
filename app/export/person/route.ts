import type { NextRequest } from "next/server";
import { checkContactId } from "@/lib/contact/identifier";
import { describeDatabaseError } from "@/lib/database/errors";
import { answerPlainly } from "@/lib/export/answer";
import { answerArchive } from "@/lib/people/archive";
import { getStaff } from "@/lib/staff/session/session";
import { hasRole } from "@/lib/staff/staff";

/** A ZIP of what the desk holds about the person who sent the contact `contact`. Admins only. */
export async function GET(request: NextRequest): Promise<Response> {
  try {
    const staff = await getStaff();
    if (!staff) return answerPlainly(401, "Sign in to export a person's data.");
    if (!hasRole(staff.role, "admin")) return answerPlainly(403, "Only admins can export a person's data.");
    const contact = checkContactId(request.nextUrl.searchParams.get("contact") ?? "");
    if (contact === null) return answerPlainly(400, "Say whose data: ?contact=, and the id of one of their contacts.");
    // A HEAD request delivers no data, so nothing is recorded.
    if (request.method === "HEAD") return new Response(null, { headers: { "content-type": "application/zip" } });
    return await answerArchive({ contact, staffId: staff.id, signal: request.signal });
  } catch (error) {
    const { code, message, retryAfter } = describeDatabaseError(error);
    if (code === "unexpected") throw error;
    return answerPlainly(503, message, retryAfter);
  }
}

/** Defined explicitly, because Next's own HEAD would start an archive and never close it. */
export const HEAD = GET;
