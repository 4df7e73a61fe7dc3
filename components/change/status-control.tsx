"use client";
import { ChevronDown } from "lucide-react";
import { useDesk } from "@/components/desk/desk";
import { KeyHint } from "@/components/keys/key-hint";
import { offerStatuses, useCommands } from "@/components/keys/obeyed";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import { pickTriage } from "@/lib/contact/triage";
import { changeContacts } from "./change-contacts";
import { findKnown, type Subject, useChanges } from "./changes";
import { StatusMenu } from "./status-menu";

/** One contact's status and the menu that sets it; on the contact's page and in the panel. */
export function StatusControl({ contact }: { contact: Subject }) {
  const { me } = useDesk();
  const known = useChanges((changes) => changes.known);
  const saving = useChanges((changes) => changes.saving);
  const now = findKnown({ known, saving }, contact.id, contact.version);
  const current = now ? { ...contact, ...pickTriage(now), version: now.version } : contact;
  useCommands(
    "contact",
    {
      ...offerStatuses(true, (status) => changeContacts([current], { status })),
      "assign to me": () => () => changeContacts([current], { assigneeId: me }),
    },
    contact.name.trim() || "This contact",
  );
  return (
    <StatusMenu status={current.status} onChoose={(status) => changeContacts([current], { status })}>
      <Button aria-busy={now?.phase === "saving"} className="max-w-60">
        <StatusBadge status={current.status} />
        <ChevronDown size={14} aria-hidden="true" className="text-ink-3" />
        <span className="sr-only">Set status</span>
        <span className="max-md:hidden">
          <KeyHint command="new" to="spam" />
        </span>
      </Button>
    </StatusMenu>
  );
}
