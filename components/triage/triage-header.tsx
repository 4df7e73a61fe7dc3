import { X } from "lucide-react";
import { KeyHint } from "@/components/keys/key-hint";
import { ConnectionNote } from "@/components/live/connection-note";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/desk/wording";
import { type Handled, medianSeconds } from "./entries";
import type { Round } from "./round";
import { triageWords } from "./words";

type TriageHeaderProps = { title: string; round: Round | null; handled: Handled[]; onLeave: () => void };

/** The progress through the queue, and who else is in triage. */
export function TriageHeader({ title, round, handled, onLeave }: TriageHeaderProps) {
  const total = round?.queue.total ?? 0;
  const position = round?.position ?? 0;
  const median = medianSeconds(handled);
  const others = round?.others ?? [];
  return (
    <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-[18px] py-1.5 max-md:px-4 short:min-h-9 short:py-0.5">
      <h1 className="text-[13px] font-[650]">Triage</h1>
      <p className="text-ink-3">{title}</p>
      {total > 0 ? (
        <>
          <progress
            aria-label={triageWords.progress}
            value={position}
            max={total}
            className="thin-progress ml-2.5 h-1 w-[220px] max-md:ml-0 max-md:w-24"
          />
          <p className="tabular-nums">
            <b className="font-semibold">{formatCount(position)}</b>{" "}
            <span className="text-ink-3">
              {triageWords.of(total, round?.queue.more ?? false)}
              {median === null ? "" : ` · ${triageWords.medianOf(median)}`}
            </span>
          </p>
        </>
      ) : null}
      <span className="ml-auto" />
      <ConnectionNote />
      <p className="text-ink-3">{others.length > 0 ? triageWords.othersHere(others) : null}</p>
      <Button look="quiet" size="small" onClick={onLeave} aria-label={triageWords.leave}>
        <KeyHint command="back" />
        <X size={14} aria-hidden="true" />
      </Button>
    </header>
  );
}
