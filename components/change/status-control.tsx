"use client";
import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { StatusBadge } from "@/components/ui/status-badge";
import { statuses, statusOrder } from "@/lib/contact/status";
import { pickTriage } from "@/lib/contact/triage";
import { changeContacts, undoLatest } from "./change-contacts";
import { findKnown, type Subject, useChanges } from "./changes";
import { StatusMenu } from "./status-menu";
import { useKeys } from "./use-keys";

/** One contact's status and the menu that sets it; on the contact's page and in the panel. */
export function StatusControl({ contact }: { contact: Subject }) {
  const known = useChanges((changes) => changes.known);
  const saving = useChanges((changes) => changes.saving);
  const now = findKnown({ known, saving }, contact.id, contact.version);
  const current = now ? { ...contact, ...pickTriage(now), version: now.version } : contact;
  useKeys(({ key, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey || isListInHand()) return false;
    const chosen = statusOrder.find((status) => statuses[status].key === key);
    if (chosen) void changeContacts([current], { status: chosen });
    if (key === "z") undoLatest();
    return chosen !== undefined || key === "z";
  });
  return (
    <StatusMenu status={current.status} onChoose={(status) => changeContacts([current], { status })}>
      <Button aria-busy={now?.phase === "saving"} className="max-w-60">
        <StatusBadge status={current.status} />
        <ChevronDown size={14} aria-hidden="true" className="text-ink-3" />
        <span className="sr-only">Set status</span>
        <span className="max-md:hidden">
          <Kbd>1–6</Kbd>
        </span>
      </Button>
    </StatusMenu>
  );
}

/** Whether a list beside it has a row in hand, or some selected: then the keys are the list's. */
function isListInHand(): boolean {
  return document.querySelector("[data-list] :is(tr[data-current], tr[aria-selected='true'])") !== null;
}
