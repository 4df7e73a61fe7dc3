"use client";
import { clsx } from "clsx";
import { Ellipsis, X } from "lucide-react";
import { Suspense } from "react";
import { DecisionMenu, StatusMenu } from "@/components/change/control/status-menu";
import type { Decision } from "@/components/change/store/changes";
import { changeWords } from "@/components/change/words";
import { inboxWords } from "@/components/inbox/words";
import { KeyHint } from "@/components/keys/key-hint";
import { useSettled } from "@/components/ui/use-settled";
import type { Status } from "@/lib/contact/status";
import { type Count, printCount } from "@/lib/desk/count";
import type { Loaded } from "@/lib/desk/load";
import { deskWords, formatCount } from "@/lib/desk/wording";
import type { Whole } from "./use-whole";
import { selectionWords } from "./words";

type SelectionBarProps = {
  /** The number of selected contacts on the screen. */
  count: number;
  whole: Whole;
  /** Whether all contacts on the screen are selected and more match. */
  more: boolean;
  /** Selects all contacts on the screen; null if they are already selected. */
  onPage: (() => void) | null;
  matching: Promise<Loaded<Count>>;
  onStatus: (status: Status) => void;
  onDecide: (decision: Decision) => void;
  onClear: () => void;
};

const item =
  "flex h-7 items-center gap-1.5 rounded-md px-2.5 whitespace-nowrap hover:bg-bg/15 max-md:h-9 max-md:px-1.5";

/** The actions for the selected contacts; lies over the end of the list. */
export function SelectionBar({ count, whole, more, onPage, matching, onStatus, onDecide, onClear }: SelectionBarProps) {
  if (count === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label={inboxWords.selection}
      data-selection-bar=""
      className="absolute bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-1 rounded-[10px] bg-ink max-md:flex-wrap max-md:gap-x-0.5 px-2 py-1.5 font-medium text-bg tabular-nums shadow-lift max-md:right-2.5 max-md:bottom-2.5 max-md:left-2.5 max-md:translate-x-0 max-md:rounded-[14px] low:sticky low:mx-2.5"
    >
      <span className="px-2.5 whitespace-nowrap max-md:px-1.5">
        {inboxWords.selected(whole.set ? selectionWords.allMatching(whole.set.total) : formatCount(count))}
      </span>
      <span aria-hidden="true" className="mx-1 h-[18px] w-px bg-bg/25 max-md:ml-auto" />
      <StatusMenu onChoose={onStatus} side="top">
        <button type="button" className={item}>
          {inboxWords.status} <KeyHint command="new" to="spam" bare />
        </button>
      </StatusMenu>
      <button type="button" onClick={() => onDecide("assign")} className={item}>
        {changeWords.assign} <KeyHint command="assign" bare />
      </button>
      <button type="button" onClick={() => onDecide("snooze")} className={item}>
        {changeWords.snooze} <KeyHint command="snooze" bare />
      </button>
      <DecisionMenu onDecide={onDecide} side="top" many={whole.set !== null}>
        <button type="button" className={item} aria-label={deskWords.moreActions}>
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      </DecisionMenu>
      {onPage ? (
        // Cards have no header with a check box for this.
        <button type="button" onClick={onPage} className={clsx(item, "md:hidden")}>
          {selectionWords.selectThisPage}
        </button>
      ) : null}
      {more && !whole.set ? (
        <button
          type="button"
          onClick={whole.freeze}
          disabled={whole.pending}
          aria-busy={whole.pending}
          className={item}
        >
          {selectionWords.selectAll}{" "}
          <Suspense>
            <MatchingNumber matching={matching} />
          </Suspense>{" "}
          {inboxWords.matching}
        </button>
      ) : null}
      <span aria-hidden="true" className="mx-1 h-[18px] w-px bg-bg/25 max-md:hidden" />
      <button
        type="button"
        onClick={onClear}
        className={clsx(item, "max-md:ml-auto")}
        aria-label={inboxWords.clearSelection}
      >
        <span className="max-md:hidden">
          {inboxWords.clear} <KeyHint command="back" bare />
        </span>
        <X size={16} aria-hidden="true" className="md:hidden" />
      </button>
    </div>
  );
}

/** How many contacts match, once that is known. */
function MatchingNumber({ matching }: { matching: Promise<Loaded<Count>> }) {
  const { value } = useSettled(matching);
  return value.ok ? printCount(value.value) : null;
}
