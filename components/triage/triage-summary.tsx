import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { deskWords } from "@/lib/desk/wording";
import type { Entry, Handled } from "./entries";
import type { Round } from "./round";
import { TriageOutcomes } from "./triage-outcomes";
import { UndoButton } from "./undo-button";
import { triageWords } from "./words";

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

/** The end of the queue: what was done, and what is left to others. */
export function TriageSummary(props: TriageSummaryProps) {
  const { round, handled, last, inboxHref, decidedHref, onAgain, onBack, onUndo } = props;
  const { visited, others, queue } = round;
  const actions = (
    <>
      <Button look="primary" onClick={onAgain}>
        {triageWords.checkForMore}
      </Button>
      <Button asChild>
        <Link href={inboxHref}>{deskWords.backToInbox}</Link>
      </Button>
      {visited.length > 0 ? <Button onClick={onBack}>{triageWords.backToLast}</Button> : null}
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
        title={decidedHref ? triageWords.noneOpen : triageWords.empty}
        actions={
          <>
            {actions}
            {decidedHref ? (
              <Button asChild>
                <Link href={decidedHref}>{triageWords.anyway}</Link>
              </Button>
            ) : null}
          </>
        }
      >
        {decidedHref ? triageWords.noneOpenNote : triageWords.emptyNote}
      </Notice>
    );
  }
  if (handled.length === 0) {
    return (
      <Notice title={triageWords.nothingLeft} actions={actions}>
        {others.length > 0 ? triageWords.othersHaveRest(others) : triageWords.allSeen}
      </Notice>
    );
  }
  return (
    <Notice title={triageWords.done(handled.length)} actions={actions}>
      <TriageOutcomes handled={handled} />
      {others.length > 0 ? <p className="mt-3">{triageWords.othersStill(others)}</p> : null}
    </Notice>
  );
}
