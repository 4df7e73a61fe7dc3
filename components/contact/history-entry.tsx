import Link from "next/link";
import type { ComponentType } from "react";
import type { UndoBatchButtonProps } from "@/components/history/undo-batch-button";
import type { HistoryEntry } from "@/lib/contact/contact";
import { describeHistory } from "@/lib/contact/history";
import { triageColumns, wroteAgainColumn } from "@/lib/contact/triage";
import { emptyFilter, withField } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { StepWords } from "./step-words";
import { contactWords } from "./words";

/** The button that takes a change back; late beside the list and on a contact's page. */
export type UndoButton = ComponentType<UndoBatchButtonProps>;

/** A row of a contact's history as a sentence, with its undo. */
export function HistoryEntryText({ entry, Undo }: { entry: HistoryEntry; Undo: UndoButton }) {
  // A status step shows the status badge; the other decisions are text.
  const decisions = entry.steps.filter(({ field }) => field !== "status");
  const fields = entry.fields.filter(
    (name) => name !== wroteAgainColumn && !decisions.some(({ field }) => triageColumns[field] === name),
  );
  const { who, what, step } = describeHistory({ ...entry, fields });
  const said = fields.length > 0 || decisions.length === 0;
  return (
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
      <TakingBack entry={entry} Undo={Undo} />
    </span>
  );
}

/** The undo of an entry, if there is one, and the other contacts it affects. */
function TakingBack({ entry, Undo }: { entry: HistoryEntry; Undo: UndoButton }) {
  const { batchId, actorId, staffName, together, undone, undo } = entry;
  if (batchId === null) return null;
  const others = contactsHref(withField(emptyFilter, "batch", { add: [batchId] }));
  return (
    <span className="ml-1.5 inline-flex items-center gap-1.5 align-baseline text-ink-3">
      {together ? (
        <Link href={others} prefetch={false} className="underline underline-offset-2 hover:text-ink">
          {contactWords.withOthers}
        </Link>
      ) : null}
      {undone ? (
        contactWords.undone
      ) : (
        <Undo
          batch={batchId}
          by={actorId === null ? null : { id: actorId, name: staffName ?? contactWords.colleague }}
          redo={undo}
          together={together}
          saysAll={together}
        />
      )}
    </span>
  );
}
