import type { IncomingMessage } from "node:http";
import { readToken, type SessionToken } from "@/lib/staff/session/token";
import { cookiesOf, readerOf } from "./request-headers";

/**
 * The session in a request's cookie if this desk sealed it, else null. The session may have ended since; the
 * application checks that.
 */
export function readSealedSession({ headers }: IncomingMessage): Promise<SessionToken | null> {
  return readToken(cookiesOf(headers), readerOf(headers));
}
