import { Section } from "@/components/contact/section";
import { Avatar } from "@/components/ui/avatar";
import { Time } from "@/components/ui/time";
import type { HistoryEntry } from "@/lib/contact/contact";
import { describeHistory } from "@/lib/contact/history";

type HistorySectionProps = { history: HistoryEntry[]; continues: boolean; zone: string; now: Date; level: 2 | 3 };

/** Who did what and when, newest first. */
export function HistorySection({ history, continues, zone, now, level }: HistorySectionProps) {
  return (
    <Section id="history" title="History" level={level}>
      {history.length === 0 ? <p className="text-ink-3">Nothing has been changed since the contact arrived.</p> : null}
      <ol>
        {history.map((entry) => {
          const { who, what, step } = describeHistory(entry);
          return (
            <li key={entry.id} className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-2 py-[3px] text-ink-2">
              <Avatar name={who} />
              <span className="wrap-anywhere">
                {who} {what}
                {step ? (
                  <>
                    {" "}
                    <span className="font-[550] text-ink">
                      <bdi>{step.from}</bdi> <span aria-hidden="true">→</span>
                      <span className="sr-only">to</span> <bdi>{step.to}</bdi>
                    </span>
                  </>
                ) : null}
              </span>
              <span className="text-ink-3 tabular-nums">
                <Time at={entry.changedAt} zone={zone} now={now} show="age" />
              </span>
            </li>
          );
        })}
      </ol>
      {continues ? <p className="mt-1 text-ink-3">Older changes are kept, and not shown here.</p> : null}
    </Section>
  );
}
