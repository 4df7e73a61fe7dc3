import type { NextRequest } from "next/server";
import { checkContactId } from "@/lib/contact/identifier";
import { describeDatabaseError } from "@/lib/database/errors";
import { answerAllFiles } from "@/lib/documents/all-files";
import { documentWords } from "@/lib/documents/words";
import { answerPlainly } from "@/lib/export/answer";
import { getStaff } from "@/lib/staff/session/session";

/** All files of the contact `contact` as one ZIP. Any staff may, as for each file alone. */
export async function GET(request: NextRequest): Promise<Response> {
  try {
    const staff = await getStaff();
    if (!staff) return answerPlainly(401, documentWords.signIn);
    const contact = checkContactId(request.nextUrl.searchParams.get("contact") ?? "");
    if (contact === null) return answerPlainly(400, documentWords.whichContact);
    return await answerAllFiles({
      contact,
      staffId: staff.id,
      withBody: request.method !== "HEAD",
      signal: request.signal,
    });
  } catch (error) {
    const { code, message, retryAfter } = describeDatabaseError(error);
    if (code === "unexpected") throw error;
    return answerPlainly(503, message, retryAfter);
  }
}

/** Defined explicitly, because Next's own HEAD would start an archive and never close it. */
export const HEAD = GET;
