import { Clock, ClockAlert } from "lucide-react";
import type { Contact } from "@/lib/contact/contact";
import { isOpen } from "@/lib/contact/status";
import { findDue } from "@/lib/desk/response-targets";
import { getDeskSettings } from "@/lib/desk/settings";
import { formatInstant, formatNear, isKnownInstant } from "@/lib/desk/time";

/** Until when a contact that waits for its first answer should have it, or since when it is late. */
export async function FirstAnswer({ contact, now }: { contact: Contact; now: Date }) {
  const { snoozedUntil, firstContactedAt, status, timestamp } = contact;
  const snoozed = snoozedUntil !== null && snoozedUntil > now;
  if (!isOpen(status) || firstContactedAt || snoozed || !isKnownInstant(timestamp)) return null;
  const settings = await getDeskSettings();
  const due = findDue(settings, contact);
  if (!due) return null;
  const late = due <= now;
  const Icon = late ? ClockAlert : Clock;
  return (
    <p className={late ? "flex items-center gap-1.5 font-medium text-fail" : "flex items-center gap-1.5 text-ink-2"}>
      <Icon size={14} aria-hidden="true" className="shrink-0" />
      <span>
        {late ? "First answer overdue since " : "First answer due "}
        <time dateTime={due.toISOString()} title={formatInstant(due, settings.timeZone)}>
          {formatNear(due, settings.timeZone, now)}
        </time>
      </span>
    </p>
  );
}
