import { Ellipsis } from "lucide-react";
import { DecisionMenu } from "@/components/change/control/status-menu";
import type { Decision as Asked } from "@/components/change/store/changes";
import { KeyHint } from "@/components/keys/key-hint";
import { Button } from "@/components/ui/button";
import { StatusMark } from "@/components/ui/status-badge";
import { given } from "@/lib/contact/given";
import { type Status, statuses, statusOrder } from "@/lib/contact/status";
import { deskWords } from "@/lib/desk/wording";
import type { Entry } from "./entries";
import { UndoButton } from "./undo-button";
import { triageWords } from "./words";

type TriageBarProps = {
  /** The entry that the undo key would undo; null if nothing is left. */
  last: Entry | null;
  /** The name of the next contact; null if none is held. */
  next: string | null;
  onStatus: (status: Status) => void;
  onAssignToMe: () => void;
  onAsk: (decision: Asked) => void;
  onSkip: () => void;
  onUndo: () => void;
};

const look = "max-md:h-[30px] max-md:px-2 short:h-[30px] short:px-2";

/** The actions for the contact on the screen, each with its key. */
export function TriageBar({ last, next, onStatus, onAssignToMe, onAsk, onSkip, onUndo }: TriageBarProps) {
  return (
    <div
      role="toolbar"
      aria-label={triageWords.decide}
      className="flex min-h-16 flex-wrap items-center gap-2 border-t border-line bg-panel px-[18px] py-2 max-md:gap-1.5 max-md:px-3 short:min-h-0 short:gap-1.5 short:py-1"
    >
      {statusOrder
        .filter((status) => status !== "new")
        .map((status) => (
          <Button key={status} size="large" onClick={() => onStatus(status)} className={look}>
            <KeyHint command={status} />
            <StatusMark status={status} />
            {statuses[status].label}
          </Button>
        ))}
      <Button size="large" onClick={onAssignToMe} className={look}>
        <KeyHint command="assign to me" />
        {triageWords.assignToMe}
      </Button>
      <Button size="large" onClick={() => onAsk("snooze")} className={look}>
        <KeyHint command="snooze" />
        Snooze
      </Button>
      <DecisionMenu onDecide={onAsk} side="top">
        <Button size="large" aria-label={deskWords.moreActions} className={`px-2 ${look}`}>
          <Ellipsis size={15} aria-hidden="true" />
        </Button>
      </DecisionMenu>
      <div className="ml-auto flex min-w-0 flex-wrap items-center gap-x-3.5 text-ink-3">
        {last ? <UndoButton entry={last} onUndo={onUndo} /> : null}
        <button type="button" onClick={onSkip} className="flex min-w-0 items-center gap-1.5 rounded hover:text-ink">
          <span className="max-w-48 truncate">
            {next === null ? (
              triageWords.skip
            ) : (
              <>
                Next: <bdi>{given(next) || deskWords.noName}</bdi>
              </>
            )}
          </span>
          <KeyHint command="next" />
        </button>
      </div>
    </div>
  );
}
