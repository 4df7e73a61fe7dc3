import type { NextRequest } from "next/server";
import { describeDatabaseError } from "@/lib/database/errors";
import { answerLive, answerLivePlainly } from "@/lib/live/answer";
import { getStaff } from "@/lib/staff/session/session";

export const dynamic = "force-dynamic";

/** Server-sent events for the list or contact on the screen: what others change, and what arrives. */
export async function GET(request: NextRequest): Promise<Response> {
  try {
    const staff = await getStaff();
    if (!staff) return answerLivePlainly(401, "Sign in to hear of changes.");
    return await answerLive({
      params: request.nextUrl.searchParams,
      lastEventId: request.headers.get("last-event-id"),
      staff,
      signal: request.signal,
    });
  } catch (error) {
    const { code, message, retryAfter } = describeDatabaseError(error);
    if (code === "unexpected") throw error;
    return answerLivePlainly(503, message, retryAfter);
  }
}

/** Defined explicitly, because Next's own HEAD would open a stream and never close it. */
export async function HEAD(): Promise<Response> {
  return new Response(null, { status: (await getStaff()) ? 200 : 401 });
}
