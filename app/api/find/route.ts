import type { NextRequest } from "next/server";
import { describeDatabaseError } from "@/lib/database/errors";
import type { Found } from "@/lib/find/found";
import { findContacts, findDocuments } from "@/lib/find/queries";
import { parseFind } from "@/lib/find/request";
import { getStaff } from "@/lib/staff/session/session";

/** Contacts and documents by a few words, for the palette, as one types. */
export async function GET(request: NextRequest): Promise<Response> {
  try {
    const staff = await getStaff();
    if (!staff) return answer(401, { message: "Sign in to look for contacts." });
    const words = parseFind(request.nextUrl.searchParams);
    if (!words) return answer(400, { message: "That can't be looked for." });
    // One after the other, so that somebody who types holds one connection.
    const contacts = await findContacts(words);
    // Whoever has typed on since has left.
    const documents = request.signal.aborted ? [] : await findDocuments(words);
    return answer(200, { contacts, documents } satisfies Found);
  } catch (error) {
    const { code, message, retryAfter } = describeDatabaseError(error);
    if (code === "unexpected") throw error;
    return answer(503, { message }, { "retry-after": String(retryAfter) });
  }
}

function answer(status: number, body: Found | { message: string }, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { ...headers, "cache-control": "private, no-store" } });
}
