"use client";
import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import { changeStatuses } from "./change-statuses";
import { findKnown, type Subject, useChanges } from "./changes";
import { StatusMenu } from "./status-menu";

/** One contact's status and the menu that sets it; on the contact's page and in the panel. */
export function StatusControl({ contact }: { contact: Subject }) {
  const known = useChanges((changes) => changes.known);
  const saving = useChanges((changes) => changes.saving);
  const now = findKnown({ known, saving }, contact.id, contact.version);
  const current = { ...contact, status: now ? now.status : contact.status, version: now?.version ?? contact.version };
  return (
    <StatusMenu status={current.status} onChoose={(status) => changeStatuses([current], status)}>
      <Button aria-busy={now?.phase === "saving"} className="max-w-60">
        <StatusBadge status={current.status} />
        <ChevronDown size={14} aria-hidden="true" className="text-ink-3" />
        <span className="sr-only">Set status</span>
      </Button>
    </StatusMenu>
  );
}
