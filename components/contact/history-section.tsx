import Link from "next/link";
import { UndoBatchButton } from "@/components/history/undo-batch-button";
import { Avatar } from "@/components/ui/avatar";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { HistoryEntry } from "@/lib/contact/contact";
import { describeHistory } from "@/lib/contact/history";
import { triageColumns, wroteAgainColumn } from "@/lib/contact/triage";
import { emptyFilter, withField } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { StepWords } from "./step-words";
import { contactWords } from "./words";

type HistorySectionProps = { history: HistoryEntry[]; continues: boolean; zone: string; now: Date; level: 2 | 3 };

/** Who did what and when, newest first. What staff did can be undone here, however long ago. */
export function HistorySection({ history, continues, zone, now, level }: HistorySectionProps) {
  return (
    <Section id="history" title={contactWords.history} level={level}>
      {history.length === 0 ? <p className="text-ink-3">{contactWords.noHistory}</p> : null}
      <ol>
        {history.map((entry) => (
          <li
            key={entry.id}
            className="group/entry grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2 py-[3px] text-ink-2"
          >
            <Entry entry={entry} />
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

function Entry({ entry }: { entry: HistoryEntry }) {
  // A status step shows the status badge; the other decisions are text.
  const decisions = entry.steps.filter(({ field }) => field !== "status");
  const fields = entry.fields.filter(
    (name) => name !== wroteAgainColumn && !decisions.some(({ field }) => triageColumns[field] === name),
  );
  const { who, what, step } = describeHistory({ ...entry, fields });
  const said = fields.length > 0 || decisions.length === 0;
  return (
    <>
      <Avatar name={who} />
      <span className="wrap-anywhere">
        {who} {said ? what : entry.undo ? contactWords.undidChange : null}
        {step ? (
          <>
            {" "}
            from <bdi className="font-[550] text-ink">{step.from}</bdi> to{" "}
            <bdi className="font-[550] text-ink">{step.to}</bdi>
          </>
        ) : null}
        {decisions.length > 0 ? (
          <>
            {said ? " and " : " "}
            <StepWords steps={decisions} at={entry.changedAt} />
          </>
        ) : null}
        <TakingBack entry={entry} />
      </span>
    </>
  );
}

/** The undo of an entry, if there is one, and the other contacts it affects. */
function TakingBack({ entry: { batchId, together, undone, undo } }: { entry: HistoryEntry }) {
  if (batchId === null) return null;
  const others = contactsHref(withField(emptyFilter, "batch", { add: [batchId] }));
  return (
    <span className="ml-1.5 inline-flex items-center gap-1.5 align-baseline text-ink-3">
      {together ? (
        <Link href={others} prefetch={false} className="underline underline-offset-2 hover:text-ink">
          {contactWords.withOthers}
        </Link>
      ) : null}
      {undone ? contactWords.undone : <UndoBatchButton batch={batchId} redo={undo} all={together} />}
    </span>
  );
}
