import type { NextRequest } from "next/server";
import { answerAuthRequest } from "@/lib/staff/auth-request";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's endpoints. Open to everyone, because this is where people sign in. */
async function handle(request: NextRequest, { params }: Context): Promise<Response> {
  return answerAuthRequest(request, (await params).nextauth);
}

export { handle as GET, handle as POST };
