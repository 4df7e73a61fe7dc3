import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { given } from "@/lib/contact/given";
import { deskWords } from "@/lib/desk/wording";
import type { Notice } from "./session-value";
import { triageWords } from "./words";

type TriageNoticesProps = {
  notices: Notice[];
  /** Why the next contacts could not be loaded; null if they could. */
  failure: string | null;
  onRead: () => void;
  onAgain: () => void;
};

/** What failed. Each notice names its contact, because a fast person may have moved on from it. */
export function TriageNotices({ notices, failure, onRead, onAgain }: TriageNoticesProps) {
  return (
    <div role="status" className="border-t border-line bg-panel px-[18px] empty:hidden max-md:px-3">
      {failure === null ? null : (
        <div className="flex items-center gap-2 py-2">
          <p className="min-w-0 flex-1 text-fail">
            {triageWords.nextFailed} {failure}
          </p>
          <Button size="small" onClick={onAgain}>
            Try again
          </Button>
        </div>
      )}
      {notices.length > 0 ? (
        <div className="flex items-start gap-2 py-2">
          <ul aria-label={triageWords.problems} className="min-w-0 flex-1">
            {notices.map(({ id, name, words }) => (
              <li key={id} className={id === null ? "text-ink-2" : "text-fail wrap-anywhere"}>
                {id === null ? null : <bdi className="font-medium">{given(name) || deskWords.noName}</bdi>} {words}
              </li>
            ))}
          </ul>
          <button
            type="button"
            aria-label="Close"
            onClick={onRead}
            className="rounded p-1 text-ink-3 hover:bg-hover hover:text-ink"
          >
            <X size={14} aria-hidden="true" />
          </button>
        </div>
      ) : null}
    </div>
  );
}
