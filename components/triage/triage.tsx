"use client";
import { clsx } from "clsx";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { changeContacts } from "@/components/change/change-contacts";
import { describeOwn } from "@/components/change/conflict/conflicts";
import { askDecision, offerDecisions } from "@/components/change/decide/decisions";
import { newKey } from "@/components/change/queue/new-key";
import type { Decision } from "@/components/change/store/changes";
import { asKnown, type Subject, useKnown } from "@/components/change/store/changes";
import { useDesk } from "@/components/desk/desk";
import { offerStatuses, useCommands, when } from "@/components/keys/obeyed";
import { say } from "@/components/keys/say";
import { ContactStream } from "@/components/live/contact-stream";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useQuiet } from "@/components/ui/toast/action-toasts";
import type { Assignments } from "@/lib/change/assignments";
import { given } from "@/lib/contact/given";
import { type Status, statuses } from "@/lib/contact/status";
import { toTriage } from "@/lib/contact/triage";
import { deskWords } from "@/lib/desk/wording";
import { documentWords } from "@/lib/documents/words";
import type { ContactFilter } from "@/lib/filter/filter";
import { findUndoable, listHandled } from "./entries";
import { canSkip, isAsking, listPassed } from "./round";
import { entriesOf, roundOf } from "./session-value";
import { TriageBar } from "./triage-bar";
import { TriageContact } from "./triage-contact";
import { TriageDocuments } from "./triage-documents";
import { TriageHeader } from "./triage-header";
import { TriageNotices } from "./triage-notices";
import { TriageSummary } from "./triage-summary";
import { useTriageSession } from "./use-triage-session";
import { triageWords } from "./words";

type TriageProps = {
  filter: ContactFilter;
  /** The address that leaving leads to. */
  inboxHref: string;
  /** Triage of the filter's contacts that are not open; null if it has none. */
  decidedHref: string | null;
  /** The queue's description. */
  title: string;
  zone: string;
};

/** The outcome of each decision that is asked for; null for the assignee, which is not a decision. */
const outcomes: Record<Decision, string | null> = {
  assign: null,
  snooze: "Snoozed",
  spam: "Spam",
  duplicate: "Duplicate",
};

/** Shows one contact at a time: a key decides, and the next contact comes. */
export function Triage({ filter, inboxHref, decidedHref, title, zone }: TriageProps) {
  const router = useRouter();
  const desk = useDesk();
  const {
    session,
    problem,
    begin,
    again,
    reload,
    show,
    skip,
    back,
    act: note,
    undo,
    readNotices,
  } = useTriageSession(filter);
  const round = session && roundOf(session);
  const asking = !round || isAsking(round);
  const current = round?.current ?? null;
  const sheet = current && round ? (round.sheets[current.id] ?? null) : null;
  const contact = sheet?.loaded.contact ?? null;
  const known = useKnown(contact);
  const last = session && findUndoable(session.entries);
  const handled = session ? listHandled(entriesOf(session)) : [];
  // No toasts here, because the bar says what was decided and offers to undo it.
  useQuiet();

  const subject: Subject | null =
    contact && asKnown({ id: contact.id, name: contact.name, version: contact.version, ...toTriage(contact) }, known);
  /** Changes the contact on the screen; a decision also moves on to the next contact. */
  function act(change: Assignments, outcome: string | null) {
    if (!subject) return;
    const key = newKey();
    note({ key, before: subject, outcome, words: describeOwn(change) });
    void changeContacts([subject], change, key);
  }
  const setStatus = (status: Status) => act({ status }, statuses[status].label);
  const assignToMe = () => act({ assigneeId: desk.me }, null);
  const ask = (decision: Decision) => {
    if (subject) askDecision(decision, [subject], (change) => act(change, outcomes[decision]));
  };
  const leave = () => router.push(inboxHref);
  useCommands(
    "triage",
    {
      ...offerStatuses(contact, setStatus),
      ...offerDecisions(contact, ask),
      "assign to me": when(contact, assignToMe),
      next: when(round && canSkip(round), skip),
      previous: when(round && listPassed(round).length > 0, back),
      // Always offered, or the desk's own undo would undo something that is not on this screen.
      undo: () => undo,
      back: () => leave,
    },
    contact && (given(contact.name) ?? deskWords.thisContact),
  );

  // When the contact changes, screen readers are told its name and the page scrolls to the top.
  const scroll = useRef<HTMLDivElement>(null);
  const shown = current?.id;
  const there = contact !== null;
  const introduce = useEffectEvent(() => {
    if (contact && current)
      say(`${given(contact.name) || deskWords.noName}, ${current.position} of ${round?.queue.total}`);
    scroll.current?.scrollTo({ top: 0 });
  });
  useEffect(() => {
    if (shown !== undefined && there) introduce();
  }, [shown, there]);

  // If the next contacts cannot be loaded, the current one stays on the screen.
  const allSaved = handled.length > 0 && session?.entries.every(({ fate }) => fate === "saved");
  const unread = sheet ? null : (problem ?? round?.failure ?? null);
  const named = session?.entries.concat(session.takenBack).find(({ queued }) => queued.id === shown)?.name ?? null;
  const notices = (
    <TriageNotices
      notices={session?.notices ?? []}
      failure={sheet ? (round?.failure ?? null) : null}
      onRead={readNotices}
      onAgain={again}
    />
  );
  return (
    <main className="flex h-full min-h-0 flex-col low:h-auto low:min-h-full" aria-busy={asking}>
      <TriageHeader title={title} round={round} handled={handled} onLeave={leave} />
      {unread ? (
        <Notice title={triageWords.queueFailed} actions={<Button onClick={again}>Try again</Button>}>
          {allSaved ? `${triageWords.saved} ${unread}` : unread}
        </Notice>
      ) : null}
      {round?.ended && !unread ? (
        <TriageSummary
          round={round}
          handled={handled}
          last={last}
          inboxHref={inboxHref}
          decidedHref={decidedHref}
          onAgain={begin}
          onBack={back}
          onUndo={undo}
        />
      ) : null}
      {!sheet && asking && !unread && !round?.ended ? <TriageSkeleton name={named} /> : null}
      {current && !sheet && !asking && !unread ? (
        <Notice
          title={given(named ?? "") || deskWords.thisContact}
          actions={<Button onClick={skip}>{triageWords.next}</Button>}
        >
          {deskWords.contactDeleted}
        </Notice>
      ) : null}
      {sheet && contact && subject ? (
        <>
          <ContactStream id={contact.id} now={sheet.readAt} reload={reload} />
          <div
            ref={scroll}
            className={clsx(
              "grid min-h-0 flex-1 max-lg:overflow-y-auto low:overflow-visible",
              // Without documents, the message has the whole width.
              contact.documents.length > 0 && "lg:grid-cols-[minmax(0,1fr)_minmax(0,46%)]",
            )}
          >
            <div key={contact.id} className="px-14 pt-8 max-lg:px-4 max-lg:pt-4 lg:overflow-y-auto">
              <TriageContact
                sheet={sheet}
                subject={subject}
                filter={filter}
                zone={zone}
                now={new Date()}
                onShow={show}
              />
            </div>
            {contact.documents.length > 0 ? (
              <section
                aria-label={documentWords.documents}
                className="flex min-h-0 flex-col gap-2.5 border-line bg-sunk p-4 max-lg:min-h-[70vh] max-lg:border-t lg:border-l"
              >
                <TriageDocuments key={contact.id} documents={contact.documents} count={contact.documentCount} />
              </section>
            ) : null}
          </div>
          {notices}
          <TriageBar
            last={last}
            next={round?.ahead[0] ? (round.sheets[round.ahead[0].id]?.loaded.contact.name ?? null) : null}
            onStatus={setStatus}
            onAssignToMe={assignToMe}
            onAsk={ask}
            onSkip={skip}
            onUndo={undo}
          />
        </>
      ) : (
        notices
      )}
    </main>
  );
}

/** A contact that is loading, with its name if that is known already. */
function TriageSkeleton({ name }: { name: string | null }) {
  return (
    <div className="flex flex-1 flex-col gap-4 px-14 py-8 max-lg:px-4">
      <Skeleton className="h-4 w-48" />
      {name === null ? (
        <Skeleton className="h-8 w-80 max-w-full" />
      ) : (
        <h2 className="text-2xl leading-[30px] font-[650] tracking-[-0.02em] wrap-anywhere">
          <bdi>{given(name) || deskWords.noName}</bdi>
        </h2>
      )}
      <Skeleton className="h-40 max-w-[68ch]" />
    </div>
  );
}
