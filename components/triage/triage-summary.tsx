import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { openStatuses, statusLabel } from "@/lib/contact/status";
import { countOf, formatCount, joinWords } from "@/lib/desk/wording";
import { countOutcomes, medianSeconds, type Run } from "./run";

type TriageSummaryProps = {
  run: Run;
  inboxHref: string;
  /** Triage of what the filter has besides the open ones; null where it has nothing besides. */
  decidedHref: string | null;
  onAgain: () => void;
  onBack: () => void;
};

const openWords = openStatuses.map(statusLabel).join(" or ");

/** The end of the queue: what was done, and what is left to others. */
export function TriageSummary({ run, inboxHref, decidedHref, onAgain, onBack }: TriageSummaryProps) {
  const { decisions, others, queue } = run;
  const handled = decisions.length;
  const median = medianSeconds(decisions);
  const actions = (
    <>
      <Button look="primary" onClick={onAgain}>
        Look for more
      </Button>
      <Button asChild>
        <Link href={inboxHref}>Back to the inbox</Link>
      </Button>
      {run.passed.length > 0 ? <Button onClick={onBack}>Back to the last contact</Button> : null}
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
  if (handled === 0) {
    return (
      <Notice title="Nothing is left for you here" actions={actions}>
        {others.length > 0
          ? `${joinWords(others)} ${others.length === 1 ? "has" : "have"} what is left of this queue.`
          : "Every contact of this queue was decided or passed over."}
      </Notice>
    );
  }
  return (
    <Notice title={`${countOf(handled, "contact")} handled`} actions={actions}>
      <dl className="grid grid-cols-[auto_auto] justify-center gap-x-6 gap-y-1 text-left">
        {countOutcomes(decisions).map(({ outcome, count }) => (
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
