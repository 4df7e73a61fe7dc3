import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { openStatuses, statusLabel } from "@/lib/contact/status";
import { countOf, formatCount, joinWords } from "@/lib/desk/wording";
import { countOutcomes, type Entry, type Handled, medianSeconds } from "./entries";
import type { Round } from "./round";
import { UndoButton } from "./undo-button";

type TriageSummaryProps = {
  round: Round;
  handled: Handled[];
  /** The entry that the undo key would undo; null if nothing is left. */
  last: Entry | null;
  inboxHref: string;
  /** Triage of the filter's contacts that are not open; null if it has none. */
  decidedHref: string | null;
  onAgain: () => void;
  onBack: () => void;
  onUndo: () => void;
};

const openWords = openStatuses.map(statusLabel).join(" or ");

/** The end of the queue: what was done, and what is left to others. */
export function TriageSummary(props: TriageSummaryProps) {
  const { round, handled, last, inboxHref, decidedHref, onAgain, onBack, onUndo } = props;
  const { visited, others, queue } = round;
  const median = medianSeconds(handled);
  const actions = (
    <>
      <Button look="primary" onClick={onAgain}>
        Look for more
      </Button>
      <Button asChild>
        <Link href={inboxHref}>Back to the inbox</Link>
      </Button>
      {visited.length > 0 ? <Button onClick={onBack}>Back to the last contact</Button> : null}
      {last ? (
        <div className="flex w-full justify-center text-ink-3">
          <UndoButton entry={last} onUndo={onUndo} />
        </div>
      ) : null}
    </>
  );
  if (queue.total === 0) {
    return (
      <Notice
        title={decidedHref ? "None of these is open" : "Nothing waits"}
        actions={
          <>
            {actions}
            {decidedHref ? (
              <Button asChild>
                <Link href={decidedHref}>Go through the decided ones</Link>
              </Button>
            ) : null}
          </>
        }
      >
        {decidedHref
          ? `Triage goes through what is ${openWords}, unless the filter says which statuses.`
          : "No contact matches this queue now."}
      </Notice>
    );
  }
  if (handled.length === 0) {
    return (
      <Notice title="Nothing is left for you here" actions={actions}>
        {others.length > 0
          ? `${joinWords(others)} ${others.length === 1 ? "has" : "have"} what is left of this queue.`
          : "Every contact of this queue was decided or passed over."}
      </Notice>
    );
  }
  return (
    <Notice title={`${countOf(handled.length, "contact")} handled`} actions={actions}>
      <dl className="grid grid-cols-[auto_auto] justify-center gap-x-6 gap-y-1 text-left">
        {countOutcomes(handled).map(({ outcome, count }) => (
          <div key={outcome} className="contents">
            <dt>{outcome}</dt>
            <dd className="text-right text-ink tabular-nums">{formatCount(count)}</dd>
          </div>
        ))}
        <div className="contents">
          <dt>Median time</dt>
          <dd className="text-right text-ink tabular-nums">{median} s</dd>
        </div>
      </dl>
      {others.length > 0 ? (
        <p className="mt-3">
          {joinWords(others)} {others.length === 1 ? "is" : "are"} still at others of this kind.
        </p>
      ) : null}
    </Notice>
  );
}
