import type { IncomingMessage } from "node:http";
import { readToken, type SessionToken } from "@/lib/staff/session/token";
import { cookiesOf, readerOf } from "./request-headers";

/**
 * The session of the cookie that a request brings, if this desk has sealed it; else null. The session may have ended since: the
 * application looks.
 */
export function readSealedSession({ headers }: IncomingMessage): Promise<SessionToken | null> {
  return readToken(cookiesOf(headers), readerOf(headers));
}
