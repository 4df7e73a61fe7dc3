"use client";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { changeContacts, undoLatest } from "@/components/change/change-contacts";
import { asKnown, type Subject, useChanges, useKnown } from "@/components/change/changes";
import { decide as askDecision, type Decision, offerDecisions } from "@/components/change/decide";
import { useQuiet } from "@/components/change/toasts";
import { useDesk } from "@/components/desk/desk";
import { offerStatuses, useCommands, when } from "@/components/keys/obeyed";
import { say } from "@/components/keys/say";
import { ContactStream } from "@/components/live/contact-stream";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { Assignments } from "@/lib/change/assignments";
import { given } from "@/lib/contact/given";
import { type Status, statuses } from "@/lib/contact/status";
import { toTriage } from "@/lib/contact/triage";
import type { ContactFilter } from "@/lib/filter/filter";
import { TriageBar } from "./triage-bar";
import { TriageContact } from "./triage-contact";
import { TriageDocuments } from "./triage-documents";
import { TriageHeader } from "./triage-header";
import { TriageSummary } from "./triage-summary";
import { useRun } from "./use-run";

type TriageProps = {
  filter: ContactFilter;
  /** Where leaving leads. */
  inboxHref: string;
  /** Triage of what the filter has besides, which is decided; null where it has nothing besides. */
  decidedHref: string | null;
  /** What the queue is, in words. */
  title: string;
  zone: string;
};

/** What a contact has come to, once it is answered what is asked; whose it is alone is no decision. */
const outcomes: Record<Decision, string | null> = {
  assign: null,
  snooze: "Snoozed",
  spam: "Spam",
  duplicate: "Duplicate",
};

/** One contact at a time: a key decides, and the next is there. */
export function Triage({ filter, inboxHref, decidedHref, title, zone }: TriageProps) {
  const router = useRouter();
  const desk = useDesk();
  const { run, problem, begin, again, reload, show, skip, back, decide } = useRun(filter);
  const current = run?.current ?? null;
  const sheet = current && run ? (run.sheets[current.id] ?? null) : null;
  const contact = sheet?.loaded.contact ?? null;
  const known = useKnown(contact);
  const last = run?.decisions.at(-1) ?? null;
  const undone = useChanges((changes) => last !== null && changes.known.get(last.id)?.phase === "restored");
  // The bar says what was decided, and takes it back.
  useQuiet();

  const subject: Subject | null =
    contact && asKnown({ id: contact.id, name: contact.name, version: contact.version, ...toTriage(contact) }, known);
  /** Makes a change of the contact on the screen, and is done with it where that is a decision. */
  function act(change: Assignments, outcome: string | null) {
    if (!subject) return;
    void changeContacts([subject], change);
    if (outcome) decide(outcome);
  }
  const setStatus = (status: Status) => act({ status }, statuses[status].label);
  const assignToMe = () => act({ assigneeId: desk.me }, null);
  const ask = (decision: Decision) => {
    if (subject) askDecision(decision, [subject], (change) => act(change, outcomes[decision]));
  };
  function undo() {
    // The last decision of this run comes back onto the screen; what else was done here before is only undone.
    if (last && run?.passed.at(-1)?.id === last.id) back();
    undoLatest();
  }
  const leave = () => router.push(inboxHref);
  useCommands(
    "triage",
    {
      ...offerStatuses(contact, setStatus),
      ...offerDecisions(contact, ask),
      "assign to me": when(contact, assignToMe),
      next: when(current, skip),
      previous: when(run?.passed.length, back),
      undo: when(last, undo),
      back: () => leave,
    },
    contact && (given(contact.name) ?? "This contact"),
  );

  // Undone from its toast, a decision comes back as it does by key.
  const bringBack = useEffectEvent(() => {
    if (last && run?.passed.at(-1)?.id === last.id) back();
  });
  useEffect(() => {
    if (undone) bringBack();
  }, [undone]);

  // A screen reader is told who is on the screen, and the page begins at its top again.
  const scroll = useRef<HTMLDivElement>(null);
  const shown = current?.id;
  const there = contact !== null;
  const introduce = useEffectEvent(() => {
    if (contact && current)
      say(`${given(contact.name) || "No name given"}, ${current.position} of ${run?.queue.total}`);
    scroll.current?.scrollTo({ top: 0 });
  });
  useEffect(() => {
    if (shown !== undefined && there) introduce();
  }, [shown, there]);

  return (
    <main className="flex h-full min-h-0 flex-col" aria-busy={run?.asking ?? true}>
      <TriageHeader title={title} run={run} onLeave={leave} />
      {problem ? (
        <Notice title="The queue could not be read" actions={<Button onClick={again}>Try again</Button>}>
          {problem}
        </Notice>
      ) : null}
      {!problem && run && !current && !run.asking ? (
        <TriageSummary run={run} inboxHref={inboxHref} decidedHref={decidedHref} onAgain={begin} onBack={back} />
      ) : null}
      {!problem && !sheet && (!run || run.asking) ? <TriageSkeleton /> : null}
      {sheet && contact && subject && !problem ? (
        <>
          <ContactStream id={contact.id} now={sheet.readAt} reload={reload} />
          <div
            ref={scroll}
            className="grid min-h-0 flex-1 max-lg:overflow-y-auto lg:grid-cols-[minmax(0,1fr)_minmax(0,46%)]"
          >
            <div className="px-14 pt-8 max-lg:px-4 max-lg:pt-4 lg:overflow-y-auto">
              <TriageContact
                key={contact.id}
                sheet={sheet}
                subject={subject}
                filter={filter}
                zone={zone}
                now={new Date()}
                onShow={show}
              />
            </div>
            <section
              aria-label="Documents"
              className="flex min-h-0 flex-col gap-2.5 border-line bg-sunk p-4 max-lg:min-h-[70vh] max-lg:border-t lg:border-l"
            >
              {contact.documents.length > 0 ? (
                <TriageDocuments key={contact.id} documents={contact.documents} count={contact.documentCount} />
              ) : (
                <p className="m-auto text-ink-3">No documents were sent.</p>
              )}
            </section>
          </div>
          <TriageBar
            last={last}
            next={run?.next[0] ? (run.sheets[run.next[0].id]?.loaded.contact.name ?? null) : null}
            onStatus={setStatus}
            onAssignToMe={assignToMe}
            onAsk={ask}
            onSkip={skip}
            onUndo={undo}
          />
        </>
      ) : null}
    </main>
  );
}

function TriageSkeleton() {
  return (
    <div className="flex flex-1 flex-col gap-4 px-14 py-8 max-lg:px-4">
      <Skeleton className="h-4 w-48" />
      <Skeleton className="h-8 w-80 max-w-full" />
      <Skeleton className="h-40 max-w-[68ch]" />
    </div>
  );
}
