"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { changeWords } from "@/components/change/words";
import { useDesk } from "@/components/desk/desk";
import { given } from "@/lib/contact/given";
import { cameBackByWriting } from "@/lib/contact/triage";
import { formatInstant, formatNear } from "@/lib/desk/time";
import { deskWords } from "@/lib/desk/wording";
import { contactHref } from "@/lib/filter/url";
import { changeContacts } from "../change-contacts";
import { askDecision } from "../decide/decisions";
import type { Subject } from "../store/changes";
import { useOver } from "./use-over";

type Named = { id: string; name: string };

type TriageNotesProps = {
  contact: Subject;
  wroteAgainAt: Date | null;
  original: Named | null;
  duplicates: Named[];
  now: Date;
};

/** A contact's triage state besides status and assignee: one sentence each, with a button to undo it. */
export function TriageNotes({ contact, wroteAgainAt, original, duplicates, now }: TriageNotesProps) {
  const { zone } = useDesk();
  const { snoozedUntil, spamReason, duplicateOf } = contact;
  const back = useOver(snoozedUntil, now);
  const until = snoozedUntil ? new Date(snoozedUntil) : null;
  return (
    <ul className="w-full empty:hidden">
      {until ? (
        <Note
          look={back ? "text-warn" : "text-ink-2"}
          way={[changeWords.unsnooze, () => changeContacts([contact], { snoozedUntil: null })]}
        >
          {back ? `${changeWords.backFromSnooze} since ` : `${changeWords.snoozed} until `}
          <time dateTime={until.toISOString()} title={formatInstant(until, zone)} suppressHydrationWarning>
            {formatNear(until, zone, now)}
          </time>
          {back && cameBackByWriting(snoozedUntil, wroteAgainAt) ? ` ${changeWords.becauseWroteAgain}` : null}
        </Note>
      ) : null}
      {contact.status === "spam" ? (
        <Note
          way={[spamReason ? changeWords.changeReason : changeWords.giveReason, () => askDecision("spam", [contact])]}
        >
          {spamReason ? (
            <>
              Spam: <bdi>{spamReason}</bdi>
            </>
          ) : (
            changeWords.spamWithoutReason
          )}
        </Note>
      ) : null}
      {duplicateOf ? (
        <Note way={[changeWords.notDuplicate, () => changeContacts([contact], { duplicateOf: null, status: "new" })]}>
          Duplicate of <Original id={duplicateOf} known={original} />
        </Note>
      ) : null}
      {duplicates.length > 0 ? (
        <Note>
          {changeWords.duplicatedBy(duplicates.length)}{" "}
          {duplicates.map(({ id, name }, index) => (
            <span key={id}>
              {index > 0 ? ", " : ""}
              <ContactLink id={id} name={name} />
            </span>
          ))}
        </Note>
      ) : null}
    </ul>
  );
}

/** The original by its name; by its id until the server has sent the name, or if the original is gone. */
function Original({ id, known }: { id: string; known: Named | null }) {
  return known?.id === id ? <ContactLink {...known} /> : <ContactLink id={id} name={id} />;
}

function ContactLink({ id, name }: Named) {
  return (
    <Link href={contactHref(id)} prefetch={false} className="font-medium text-accent-ink hover:underline">
      <bdi>{given(name) ?? deskWords.nameless}</bdi>
    </Link>
  );
}

type NoteProps = { children: ReactNode; look?: string; way?: [label: string, act: () => unknown] };

function Note({ children, look = "text-ink-2", way }: NoteProps) {
  return (
    <li className={`flex flex-wrap items-baseline gap-x-2 py-0.5 ${look}`}>
      <span className="min-w-0 wrap-anywhere">{children}</span>
      {way ? (
        <button
          type="button"
          onClick={() => void way[1]()}
          className="rounded text-ink-3 underline underline-offset-2 hover:text-ink"
        >
          {way[0]}
        </button>
      ) : null}
    </li>
  );
}
