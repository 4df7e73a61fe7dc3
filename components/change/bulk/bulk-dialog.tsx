"use client";
import { useRef, useState } from "react";
import { bulkWords } from "@/components/change/bulk/words";
import { changeWords } from "@/components/change/words";
import { nameIn, useDesk } from "@/components/desk/desk";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog/dialog";
import { StatusBadge } from "@/components/ui/status-badge";
import { startBulkChange } from "@/lib/change/actions";
import type { Assignments } from "@/lib/change/assignments";
import type { FrozenSet } from "@/lib/change/frozen-set";
import { askChange } from "@/lib/change/words";
import { formatCount } from "@/lib/desk/wording";
import { newKey } from "../queue/new-key";
import { getChanges, updateChanges } from "../store/changes";

type BulkDialogProps = { set: FrozenSet; change: Assignments; onClose: () => void; onStarted: () => void };

/** Asks before a large change: how many contacts there are, by status and assignee, and what they will become. */
export function BulkDialog({ set, change, onClose, onStarted }: BulkDialogProps) {
  const desk = useDesk();
  // One key for this change, so that it happens only once, however often it is sent.
  const key = useRef(newKey());
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const total = formatCount(set.total);
  const contacts = `${total} ${set.total === 1 ? "contact" : "contacts"}`;
  const reader = { nameOf: (id: string) => nameIn(desk, id), zone: desk.zone, now: new Date() };

  async function start() {
    setPending(true);
    const answer = await startBulkChange({ key: key.current, set: set.id, change }).catch(() => null);
    setPending(false);
    if (!answer) return setProblem(bulkWords.unanswered);
    if (!answer.ok) return setProblem(answer.message);
    updateChanges({ bulks: [...getChanges().bulks, answer.batch] });
    onStarted();
  }

  return (
    <Dialog open onOpenChange={(next) => next || onClose()}>
      <DialogContent title={askChange(change, contacts, reader)} description={bulkWords.frozen}>
        <div className="grid grid-cols-2 gap-x-6 gap-y-3 max-md:grid-cols-1">
          <Parts title={bulkWords.status} parts={sumBy(set, (part) => part.status)}>
            {(status) => <StatusBadge status={status} />}
          </Parts>
          <Parts title={bulkWords.assignee} parts={sumBy(set, (part) => part.assigneeId)}>
            {(id) => <span className="truncate">{id === null ? changeWords.nobody : nameIn(desk, id)}</span>}
          </Parts>
        </div>
        {problem ? (
          <p role="alert" className="mt-4 text-fail">
            {problem}
          </p>
        ) : null}
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={pending} onClick={() => void start()}>
            {bulkWords.change(contacts)}
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}

type Part = { value: string | null; count: number };

/** The contacts of a set, counted by one attribute; the largest number first. */
function sumBy(set: FrozenSet, pick: (part: FrozenSet["parts"][number]) => string | null): Part[] {
  const sums = new Map<string | null, number>();
  for (const part of set.parts) sums.set(pick(part), (sums.get(pick(part)) ?? 0) + part.count);
  return [...sums].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

type PartsProps = { title: string; parts: Part[]; children: (value: string | null) => React.ReactNode };

function Parts({ title, parts, children }: PartsProps) {
  return (
    <div>
      <p className="text-ink-3">{title}</p>
      <ul className="mt-1 flex max-h-[30dvh] flex-col gap-1 overflow-y-auto">
        {parts.map(({ value, count }) => (
          <li key={value} className="flex items-center gap-2">
            {children(value)}
            <span className="ml-auto text-ink-2 tabular-nums">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
