import "server-only";
import { createHmac } from "node:crypto";
import pino from "pino";
import { getMeasures } from "@/lib/runtime/measures";
import { ofProcess } from "@/lib/runtime/of-process";
import { getScreen } from "@/lib/runtime/screen";
import { createEventCounter } from "./event-counter";
import { readSecret } from "./session/token";

/** Writes one JSON line per event to standard output. JSON escapes line breaks and control characters. */
function getLog(): (event: LoggedEvent) => void {
  return ofProcess("security log", openLog);
}

function openLog(): (event: LoggedEvent) => void {
  const log = pino(
    { base: null, name: "security", timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => process.stdout.write(line) },
  );
  // The request id is added only here, because with it no two events would be equal. A counted event has none.
  return createEventCounter<LoggedEvent>((event) => {
    log.warn(event.count === undefined ? { ...event, request: getScreen()?.request ?? undefined } : event);
  });
}

/** What is logged about an event. It holds no personal data: only our own ids and words. */
type SecurityEvent = {
  event:
    | "sign_in_failed"
    | "sign_in_throttled"
    | "sign_in_busy"
    | "sign_in_forged"
    | "sign_in_refused"
    | "provider_refused"
    | "provider_unreachable"
    | "provider_person_added"
    | "provider_identity_confirmed"
    | "provider_role_changed"
    | "provider_role_kept"
    | "second_factor_set_up"
    | "second_factor_ended"
    | "second_factor_reset"
    | "second_factor_required"
    | "recovery_codes_renewed"
    | "recovery_code_used"
    | "session_refused"
    | "forbidden"
    | "request_refused";
  reason?: string;
  /** The id of the signed-in person, if any. */
  staffId?: string;
  /** E-mail or address. It is logged as a keyed hash: equal for equal values, and meaningless without the secret. */
  account?: string | null;
  address?: string | null;
};

type LoggedEvent = { event: SecurityEvent["event"]; count?: number; seconds?: number; [field: string]: unknown };

/**
 * Writes one line about a security event. Repeated events are counted, and the count is one line at the end of the
 * minute (event-counter.ts). So a flood of requests is not a flood of lines.
 */
export function logSecurityEvent({ account, address, ...event }: SecurityEvent): void {
  getMeasures().securityEvents.inc({ event: event.event });
  getLog()({ ...event, account: mark(account), address: mark(address) });
}

function mark(value: string | null | undefined): string | undefined {
  return value ? createHmac("sha256", readSecret()).update(value).digest("hex").slice(0, 12) : undefined;
}
