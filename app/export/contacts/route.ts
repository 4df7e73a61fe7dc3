import type { NextRequest } from "next/server";
import { describeDatabaseError } from "@/lib/database/errors";
import { answerExport, answerPlainly } from "@/lib/export/answer";
import { getStaff } from "@/lib/staff/session/session";

/** The filter's contacts as CSV: all columns, or those in `columns=…`. */
export async function GET(request: NextRequest): Promise<Response> {
  try {
    const staff = await getStaff();
    if (!staff) return answerPlainly(401, "Sign in to export contacts.");
    return await answerExport({
      params: request.nextUrl.searchParams,
      staff,
      withBody: request.method !== "HEAD",
      signal: request.signal,
    });
  } catch (error) {
    const { code, message, retryAfter } = describeDatabaseError(error);
    if (code === "unexpected") throw error;
    return answerPlainly(503, message, retryAfter);
  }
}

/** Defined explicitly, because Next's own HEAD would start an export and never close it. */
export const HEAD = GET;
