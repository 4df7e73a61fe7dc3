import "server-only";
import { createHmac } from "node:crypto";
import pino from "pino";
import { readSecret } from "./token";

const shared = globalThis as unknown as { contactDeskSecurityLog?: pino.Logger };

/** One JSON line each on standard output; JSON neutralises line breaks and control characters. */
function getLog(): pino.Logger {
  shared.contactDeskSecurityLog ??= pino(
    { base: null, name: "security", timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => process.stdout.write(line) },
  );
  return shared.contactDeskSecurityLog;
}

/** What can be told about an event without personal data: ids of ours and words of ours only. */
type SecurityEvent = {
  event:
    | "sign_in_failed"
    | "sign_in_throttled"
    | "sign_in_busy"
    | "sign_in_forged"
    | "session_refused"
    | "forbidden"
    | "request_refused";
  reason?: string;
  /** The acting person's id, where somebody is signed in. */
  staffId?: string;
  /** E-mail or address: logged as a keyed mark, equal for equal values, meaningless without the secret. */
  account?: string | null;
  address?: string | null;
};

/** Writes one line about something that matters for security. */
export function logSecurityEvent({ account, address, ...event }: SecurityEvent): void {
  getLog().warn({ ...event, account: mark(account), address: mark(address) });
}

function mark(value: string | null | undefined): string | undefined {
  return value ? createHmac("sha256", readSecret()).update(value).digest("hex").slice(0, 12) : undefined;
}
