"use client";
import { conflictWords } from "@/components/change/conflict/words";
import { nameIn, useDesk } from "@/components/desk/desk";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog/dialog";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Conflict } from "@/lib/change/outcome";
import { describeOthersChange } from "@/lib/change/result-words";
import { describeChange, type Reader } from "@/lib/change/words";
import { given } from "@/lib/contact/given";
import { formatAge, formatInstant } from "@/lib/desk/time";
import { deskWords } from "@/lib/desk/wording";
import { changeContacts } from "../change-contacts";
import { type OpenConflict, updateChanges } from "../store/changes";

/**
 * The contacts that somebody else changed first, and what the person wanted. Nothing is overwritten until they decide.
 */
export function ConflictDialog({ open }: { open: OpenConflict }) {
  const desk = useDesk();
  const { change, conflicts } = open;
  const present = conflicts.flatMap(({ id, name, version, triage }) =>
    triage ? [{ id, name, version, ...triage }] : [],
  );
  const close = () => updateChanges({ conflict: null });
  const keepMine = () => {
    close();
    if (change) void changeContacts(present, change);
  };
  const reader = { nameOf: (id: string) => nameIn(desk, id), zone: desk.zone, now: new Date() };
  const title = describeConflicts(conflicts);
  return (
    <Dialog open onOpenChange={(next) => next || close()}>
      <DialogContent
        title={<span dir="auto">{title}</span>}
        description={change ? conflictWords.nothingOverwritten : conflictWords.notRestored}
      >
        <ul className="-mx-1 flex max-h-[40dvh] flex-col gap-2.5 overflow-y-auto px-1">
          {conflicts.map((conflict) => (
            <ConflictLine key={conflict.id} conflict={conflict} reader={reader} />
          ))}
        </ul>
        {change ? (
          <p className="mt-4 wrap-anywhere">
            <span className="text-ink-3">{conflictWords.yours}</span> <bdi>{describeChange(change, reader)}</bdi>
          </p>
        ) : null}
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={close} autoFocus>
            {change && present.length > 0 ? conflictWords.keepTheirs : conflictWords.ok}
          </Button>
          {change && present.length > 0 ? (
            <Button look="primary" onClick={keepMine}>
              {present.length === 1 ? conflictWords.keepMine : conflictWords.keepMineForAll(present.length)}
            </Button>
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function describeConflicts(conflicts: Conflict[]): string {
  const [only] = conflicts;
  if (conflicts.length !== 1 || !only) return conflictWords.title(conflicts.length);
  return conflictWords.titleOne(given(only.name) ?? deskWords.thisContact, only.version === 0);
}

function ConflictLine({ conflict, reader }: { conflict: Conflict; reader: Reader }) {
  const { name, who, when, triage } = conflict;
  return (
    <li className="flex items-start gap-3">
      <div className="min-w-0 flex-1">
        {name ? (
          <p dir="auto" className="truncate font-medium">
            {name}
          </p>
        ) : null}
        <p className="text-ink-2">
          <bdi>{who}</bdi> <bdi>{describeOthersChange(conflict, reader)}</bdi>{" "}
          {when ? <ConflictTime at={new Date(when)} zone={reader.zone} /> : null}
        </p>
      </div>
      {triage ? <StatusBadge status={triage.status} className="shrink-0" /> : null}
    </li>
  );
}

function ConflictTime({ at, zone }: { at: Date; zone: string }) {
  const age = formatAge(at, new Date());
  return (
    <time dateTime={at.toISOString()} title={formatInstant(at, zone)} className="text-ink-3">
      {age === "now" ? conflictWords.justNow : age === "unknown" ? "at an unknown time" : conflictWords.ago(age)}
    </time>
  );
}
