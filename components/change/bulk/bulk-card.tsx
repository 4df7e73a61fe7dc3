"use client";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useEffectEvent, useState } from "react";
import { bulkWords } from "@/components/change/bulk/words";
import { nameIn, useDesk } from "@/components/desk/desk";
import { Button } from "@/components/ui/button";
import { askBulk, askBulkConflicts, stopBulk } from "@/lib/change/actions";
import type { BulkProgress } from "@/lib/change/bulk-progress";
import { describeProgress } from "@/lib/change/result-words";
import { describeChange } from "@/lib/change/words";
import { updateChanges } from "../store/changes";
import { undoBatch } from "../undo";
import { changeWords } from "../words";

/** The interval between two progress requests, in ms. */
const askEvery = 800;

type BulkCardProps = { batch: string; onClose: () => void };

/** A large change: its progress, a button to stop it, and finally its result, with undo. */
export function BulkCard({ batch, onClose }: BulkCardProps) {
  const desk = useDesk();
  const router = useRouter();
  const [progress, setProgress] = useState<BulkProgress | null>(null);
  const [silent, setSilent] = useState(false);
  const running = !progress || progress.state === "running";

  const ask = useEffectEvent(async () => {
    const answer = await askBulk({ batch }).catch(() => null);
    setSilent(!answer?.ok);
    if (!answer?.ok) return;
    if (answer.value === null) return onClose();
    setProgress(answer.value);
    if (answer.value.state !== "running") startTransition(() => router.refresh());
  });
  useEffect(() => {
    if (!running) return;
    void ask();
    const timer = setInterval(() => void ask(), askEvery);
    return () => clearInterval(timer);
  }, [running]);

  async function showConflicts() {
    const answer = await askBulkConflicts({ batch }).catch(() => null);
    if (answer?.ok) updateChanges({ conflict: { change: progress?.change ?? null, conflicts: answer.value } });
  }

  const what = progress?.change
    ? describeChange(progress.change, { nameOf: (id) => nameIn(desk, id), zone: desk.zone, now: new Date() })
    : bulkWords.restored;
  return (
    <section
      aria-label={bulkWords.card}
      className="w-[356px] max-w-[calc(100vw-32px)] rounded-[10px] border border-line bg-panel p-3 text-[13px] text-ink shadow-lift"
    >
      <div className="flex items-start gap-2">
        <p role="status" className="min-w-0 flex-1 wrap-anywhere tabular-nums">
          {progress ? describeProgress(progress, what) : bulkWords.starting}
        </p>
        {running ? null : (
          <button
            type="button"
            aria-label="Close"
            onClick={onClose}
            className="rounded p-1 text-ink-3 hover:bg-hover hover:text-ink"
          >
            <X size={14} />
          </button>
        )}
      </div>
      {running ? (
        <progress
          aria-label={bulkWords.progress}
          value={progress?.done ?? 0}
          max={progress?.total ?? 1}
          className="thin-progress mt-2 h-1 w-full"
        />
      ) : null}
      {silent ? <p className="mt-1.5 text-ink-3">{bulkWords.waiting}</p> : null}
      <div className="mt-2 flex flex-wrap justify-end gap-2 empty:hidden">
        {running && progress ? (
          <Button size="small" onClick={() => void stopBulk({ batch })}>
            {bulkWords.stop}
          </Button>
        ) : null}
        {progress && progress.stale > 0 && !running ? (
          <Button size="small" onClick={() => void showConflicts()}>
            {bulkWords.showSkipped}
          </Button>
        ) : null}
        {progress && !running && countChanged(progress) > 0 ? (
          <Button
            size="small"
            look="primary"
            onClick={() => {
              onClose();
              void undoBatch(batch, progress.undoes ? changeWords.redone : changeWords.undone);
            }}
          >
            {progress.undoes ? changeWords.redo : changeWords.undo}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

const countChanged = ({ done, unchanged, stale }: BulkProgress) => done - unchanged - stale;
