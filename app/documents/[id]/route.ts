import type { NextRequest } from "next/server";
import { describeDatabaseError } from "@/lib/database/errors";
import { answerDocument } from "@/lib/documents/answer";
import { getStaff } from "@/lib/staff/session/session";

type Context = { params: Promise<{ id: string }> };

/**
 * A document's file, as a download. With `?preview` it is shown inline, if its type allows that. With `?thumbnail` the
 * same, but only a picture that is small enough for a list; any other has an empty answer.
 */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  try {
    const staff = await getStaff();
    if (!staff) return plain(401, "Sign in to open documents.");
    const { id } = await params;
    const { searchParams } = request.nextUrl;
    const thumbnail = searchParams.has("thumbnail");
    return await answerDocument(id, {
      staffId: staff.id,
      preview: thumbnail || searchParams.has("preview"),
      thumbnail,
      withBody: request.method !== "HEAD",
      signal: request.signal,
    });
  } catch (error) {
    const { code, message, retryAfter } = describeDatabaseError(error);
    if (code === "unexpected") throw error;
    return plain(503, message, { "retry-after": String(retryAfter) });
  }
}

/** Defined explicitly, because Next's own HEAD would open the file and never close it. */
export const HEAD = GET;

function plain(status: number, words: string, headers: Record<string, string> = {}): Response {
  return new Response(`${words}\n`, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
      "content-security-policy": "sandbox; default-src 'none'",
      ...headers,
    },
  });
}
