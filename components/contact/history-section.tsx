import { Avatar } from "@/components/ui/avatar";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { HistoryEntry } from "@/lib/contact/contact";
import { describeHistory } from "@/lib/contact/history";
import { HistoryEntryText, type UndoButton } from "./history-entry";
import { contactWords } from "./words";

type HistorySectionProps = {
  history: HistoryEntry[];
  continues: boolean;
  zone: string;
  now: Date;
  level: 2 | 3;
  Undo: UndoButton;
};

/** Who did what and when, newest first. What staff did can be undone here, however long ago. */
export function HistorySection({ history, continues, zone, now, level, Undo }: HistorySectionProps) {
  return (
    <Section id="history" title={contactWords.history} level={level}>
      {history.length === 0 ? <p className="text-ink-3">{contactWords.noHistory}</p> : null}
      <ol>
        {history.map((entry) => (
          <li
            key={entry.id}
            className="group/entry grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2 py-[3px] text-ink-2"
          >
            <Avatar name={describeHistory(entry).who} />
            <HistoryEntryText entry={entry} Undo={Undo} />
            <span className="text-ink-3 tabular-nums">
              <Time at={entry.changedAt} zone={zone} now={now} show="age" />
            </span>
          </li>
        ))}
      </ol>
      {continues ? <p className="mt-1 text-ink-3">{contactWords.olderChanges}</p> : null}
    </Section>
  );
}
