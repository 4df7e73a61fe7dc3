import { Clock, ClockAlert } from "lucide-react";
import { formatInstant, formatNear } from "@/lib/desk/time";
import { contactWords } from "./words";

type FirstResponseProps = { due: Date | null; zone: string; now: Date };

/** When a contact's first response is due, or since when it has been late. */
export function FirstResponse({ due, zone, now }: FirstResponseProps) {
  if (!due) return null;
  const late = due <= now;
  const Icon = late ? ClockAlert : Clock;
  return (
    <p className={late ? "flex items-center gap-1.5 font-medium text-fail" : "flex items-center gap-1.5 text-ink-2"}>
      <Icon size={14} aria-hidden="true" className="shrink-0" />
      <span>
        {late ? contactWords.responseOverdue : contactWords.responseDue}{" "}
        <time dateTime={due.toISOString()} title={formatInstant(due, zone)}>
          {formatNear(due, zone, now)}
        </time>
      </span>
    </p>
  );
}
