"use client";
import { AlarmClock, ChevronDown, Ellipsis, UserPlus } from "lucide-react";
import { changeWords } from "@/components/change/words";
import { nameIn, useDesk } from "@/components/desk/desk";
import { KeyHint } from "@/components/keys/key-hint";
import { offerStatuses, useCommands } from "@/components/keys/obeyed";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import { given } from "@/lib/contact/given";
import { deskWords } from "@/lib/desk/wording";
import { changeContacts } from "../change-contacts";
import { askDecision, offerDecisions } from "../decide/decisions";
import { asKnown, type Subject, useKnown } from "../store/changes";
import { DecisionMenu, StatusMenu } from "./status-menu";
import { TriageNotes } from "./triage-notes";

type TriageControlProps = {
  contact: Subject;
  /** When the same address wrote again, which ended the snooze. */
  wroteAgainAt: Date | null;
  /** The contact that this one duplicates, and those that duplicate this one. */
  original: { id: string; name: string } | null;
  duplicates: { id: string; name: string }[];
  now: Date;
};

/** A contact's triage state, and the controls to change it; on the contact's page and in the panel. */
export function TriageControl({ contact, wroteAgainAt, original, duplicates, now }: TriageControlProps) {
  const desk = useDesk();
  const known = useKnown(contact);
  const current = asKnown(contact, known);
  useCommands(
    "contact",
    {
      ...offerStatuses(true, (status) => changeContacts([current], { status })),
      ...offerDecisions(true, (decision) => askDecision(decision, [current])),
      "assign to me": () => () => changeContacts([current], { assigneeId: desk.me }),
    },
    given(contact.name) ?? deskWords.thisContact,
  );
  const assignee = current.assigneeId ? nameIn(desk, current.assigneeId) : null;
  return (
    <>
      <StatusMenu status={current.status} onChoose={(status) => changeContacts([current], { status })}>
        <Button aria-busy={known?.phase === "saving"} className="max-w-60">
          <StatusBadge status={current.status} />
          <ChevronDown size={14} aria-hidden="true" className="text-ink-3" />
          <span className="sr-only">{changeWords.setStatus}</span>
          <KeyHint command="new" to="spam" />
        </Button>
      </StatusMenu>
      <Button onClick={() => askDecision("assign", [current])} className="max-w-60">
        {assignee ? <Avatar name={assignee} /> : <UserPlus size={14} aria-hidden="true" className="text-ink-3" />}
        <span className="sr-only">{assignee ? changeWords.assignedTo : ""}</span>
        <bdi className="truncate">{assignee ?? changeWords.assign}</bdi>
        <KeyHint command="assign" />
      </Button>
      <Button onClick={() => askDecision("snooze", [current])}>
        <AlarmClock size={14} aria-hidden="true" className="text-ink-3" />
        {changeWords.snooze}
        <KeyHint command="snooze" />
      </Button>
      <DecisionMenu onDecide={(decision) => askDecision(decision, [current])}>
        <Button size="icon" aria-label={deskWords.moreActions}>
          <Ellipsis size={15} aria-hidden="true" />
        </Button>
      </DecisionMenu>
      <TriageNotes
        contact={current}
        wroteAgainAt={wroteAgainAt}
        original={original}
        duplicates={duplicates}
        now={now}
      />
    </>
  );
}
