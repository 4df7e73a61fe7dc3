import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { readSessionId } from "@/lib/staff/token";

/**
 * The session of the cookie that a request brings, if this desk has sealed it; else null. The session may have ended since: the
 * application looks.
 */
export function readSealedSession({ headers }: IncomingMessage): Promise<string | null> {
  return readSessionId({ get: (name) => findCookie(headers.cookie, name) }, lookInto(headers));
}

/** The headers as the rest of lib/ reads them: by name, the first where there are several, null where there is none. */
export function lookInto(headers: IncomingHttpHeaders): { get(name: string): string | null } {
  return {
    get(name) {
      const value = headers[name.toLowerCase()];
      return (Array.isArray(value) ? value[0] : value) ?? null;
    },
  };
}

function findCookie(header: string | undefined, name: string): { value: string } | undefined {
  const value = header
    ?.split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  return value === undefined ? undefined : { value };
}
