import type { CSSProperties } from "react";
import { StatusMark } from "@/components/ui/status-badge";
import { formatDuration } from "@/lib/analytics/figures";
import { statuses, statusLook, statusOrder } from "@/lib/contact/status";
import { formatCount } from "@/lib/desk/wording";
import { countOutcomes, type Handled, medianSeconds, sumTimes } from "./entries";
import { triageWords } from "./words";

/** What the contacts came to, as bars in the colours of their statuses, and how long that took. */
export function TriageOutcomes({ handled }: { handled: Handled[] }) {
  const outcomes = countOutcomes(handled);
  const most = outcomes[0]?.count ?? 1;
  return (
    <div className="mx-auto w-80 max-w-full text-left">
      <dl className="triage-outcomes">
        {outcomes.map(({ outcome, count }) => (
          <div key={outcome}>
            <dt>
              <StatusMark status={toStored(outcome)} />
              {outcome}
            </dt>
            <dd>
              <span
                aria-hidden="true"
                data-paint="block"
                style={{ "--share": count / most, background: statusLook(toStored(outcome)).colour } as CSSProperties}
              />
              {formatCount(count)}
            </dd>
          </div>
        ))}
      </dl>
      <dl className="mt-3 flex flex-wrap justify-between gap-x-6 gap-y-1 border-t border-line pt-3">
        <div className="flex gap-2">
          <dt>{triageWords.median}</dt>
          <dd className="text-ink tabular-nums">{medianSeconds(handled)} s</dd>
        </div>
        <div className="flex gap-2">
          <dt>{triageWords.inAll}</dt>
          <dd className="text-ink tabular-nums">{sayTime(sumTimes(handled))}</dd>
        </div>
      </dl>
    </div>
  );
}

/** The status that an outcome names; an outcome that is no status, such as "Snoozed", has the look of an unknown one. */
function toStored(outcome: string): string {
  return statusOrder.find((status) => statuses[status].label === outcome) ?? outcome;
}

function sayTime(milliseconds: number): string {
  return milliseconds < 60_000 ? `${Math.round(milliseconds / 1_000)} s` : formatDuration(milliseconds);
}
