import "server-only";
import { createHmac } from "node:crypto";
import pino from "pino";
import { getMeasures } from "@/lib/runtime/measures";
import { ofProcess } from "@/lib/runtime/of-process";
import { getScreen } from "@/lib/runtime/screen";
import { createEventCounter } from "./event-counter";
import { readSecret } from "./session/token";

/** One JSON line each on standard output; JSON neutralises line breaks and control characters. */
function getLog(): (event: LoggedEvent) => void {
  return ofProcess("security log", openLog);
}

function openLog(): (event: LoggedEvent) => void {
  const log = pino(
    { base: null, name: "security", timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => process.stdout.write(line) },
  );
  // The request's id only here, where no two events are equal any more; a count is no single request's.
  return createEventCounter<LoggedEvent>((event) => {
    log.warn(event.count === undefined ? { ...event, request: getScreen()?.request ?? undefined } : event);
  });
}

/** What can be told about an event without personal data: ids of ours and words of ours only. */
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
  /** The acting person's id, where somebody is signed in. */
  staffId?: string;
  /** E-mail or address: logged as a keyed mark, equal for equal values, meaningless without the secret. */
  account?: string | null;
  address?: string | null;
};

type LoggedEvent = { event: SecurityEvent["event"]; count?: number; seconds?: number; [field: string]: unknown };

/**
 * Writes one line about something that matters for security. What happens again and again within a minute is counted, and
 * the count is one line at the minute's end (event-counter.ts), so that a flood of requests is no flood of lines.
 */
export function logSecurityEvent({ account, address, ...event }: SecurityEvent): void {
  getMeasures().securityEvents.inc({ event: event.event });
  getLog()({ ...event, account: mark(account), address: mark(address) });
}

function mark(value: string | null | undefined): string | undefined {
  return value ? createHmac("sha256", readSecret()).update(value).digest("hex").slice(0, 12) : undefined;
}
