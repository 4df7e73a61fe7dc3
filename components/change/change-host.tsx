"use client";
import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Conflict } from "@/lib/change/outcome";
import { statuses } from "@/lib/contact/status";
import { formatAge, formatInstant } from "@/lib/desk/time";
import { changeStatuses, onSettled } from "./change-statuses";
import { updateChanges, useChanges } from "./changes";

/** Once in the desk's frame: refreshes the page after changes, and shows the card for those that came too late. */
export function ChangeHost({ zone }: { zone: string }) {
  const router = useRouter();
  const open = useChanges((changes) => changes.conflict);
  useEffect(() => onSettled(() => startTransition(() => router.refresh())), [router]);

  if (!open) return null;
  const { target, conflicts } = open;
  const present = conflicts.filter(({ version }) => version > 0);
  const close = () => updateChanges({ conflict: null });
  const setAnyway = () => {
    close();
    if (target) void changeStatuses(present, target);
  };
  const title = describeConflicts(conflicts);
  return (
    <Dialog open onOpenChange={(next) => next || close()}>
      <DialogContent
        title={<span dir="auto">{title}</span>}
        description={
          target
            ? "Nothing was overwritten. You decide."
            : "These were not restored, because somebody has changed them since."
        }
      >
        <ul className="-mx-1 flex max-h-[40dvh] flex-col gap-2.5 overflow-y-auto px-1">
          {conflicts.map((conflict) => (
            <ConflictLine key={conflict.id} conflict={conflict} zone={zone} />
          ))}
        </ul>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={close} autoFocus>
            {target && present.length > 0 ? "Keep theirs" : "All right"}
          </Button>
          {target && present.length > 0 ? (
            <Button look="primary" onClick={setAnyway}>
              {present.length === 1 ? "Set" : `Set ${present.length}`} to {statuses[target].label} anyway
            </Button>
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function describeConflicts(conflicts: Conflict[]): string {
  const [only] = conflicts;
  if (conflicts.length !== 1 || !only) return `${conflicts.length} contacts were changed meanwhile`;
  return `${only.name || "This contact"} ${only.version > 0 ? "was changed meanwhile" : "is gone"}`;
}

function ConflictLine({ conflict, zone }: { conflict: Conflict; zone: string }) {
  const { name, who, what, when, status, version } = conflict;
  return (
    <li className="flex items-start gap-3">
      <div className="min-w-0 flex-1">
        {name ? (
          <p dir="auto" className="truncate font-medium">
            {name}
          </p>
        ) : null}
        <p className="text-ink-2">
          <bdi>{who}</bdi> {what} {when ? <ConflictTime at={new Date(when)} zone={zone} /> : null}
        </p>
      </div>
      {version > 0 ? <StatusBadge status={status} className="shrink-0" /> : null}
    </li>
  );
}

function ConflictTime({ at, zone }: { at: Date; zone: string }) {
  const age = formatAge(at, new Date());
  return (
    <time dateTime={at.toISOString()} title={formatInstant(at, zone)} className="text-ink-3">
      {age === "now" ? "just now" : `${age} ago`}
    </time>
  );
}
