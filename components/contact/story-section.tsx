import { Inbox, StickyNote } from "lucide-react";
import type { ReactNode } from "react";
import { LateUndoButton } from "@/components/contact/late-parts";
import { Avatar } from "@/components/ui/avatar";
import { Section } from "@/components/ui/section";
import type { LoadedContact } from "@/lib/contact/contact";
import { given } from "@/lib/contact/given";
import { describeHistory } from "@/lib/contact/history";
import { foldStory, listStory, type StoryEvent } from "@/lib/contact/story";
import { formatInstant, formatNear, isKnownInstant } from "@/lib/desk/time";
import type { Notes } from "@/lib/notes/note";
import type { Colleague } from "@/lib/staff/staff";
import { HistoryEntryText } from "./history-entry";
import { contactWords } from "./words";

type StorySectionProps = {
  loaded: LoadedContact;
  /** Null if they could not be loaded. */
  notes: Notes | null;
  /** Everybody, for the names of the notes' authors. */
  people: Colleague[];
  zone: string;
  now: Date;
};

/** What happened to a contact as a time line, newest first, with the middle of a long one folded. */
export function StorySection({ loaded, notes, people, zone, now }: StorySectionProps) {
  const { contact, history, historyContinues } = loaded;
  const story = foldStory(listStory(contact.timestamp, history, notes?.notes ?? []));
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const source = given(contact.source);
  const show = (event: StoryEvent) => (
    <Step key={event.id} event={event} zone={zone} now={now}>
      {event.kind === "change" ? <HistoryEntryText entry={event.entry} Undo={LateUndoButton} /> : null}
      {event.kind === "note" ? (
        <a href="#notes" className="wrap-anywhere hover:underline">
          <bdi>{names.get(event.authorId) ?? contactWords.colleague}</bdi> {contactWords.wroteNote}
        </a>
      ) : null}
      {event.kind === "received" ? <Received source={source} /> : null}
    </Step>
  );
  return (
    <Section id="history" title={contactWords.history} level={2}>
      <ol>
        {story.newest.map(show)}
        {story.between.length > 0 ? (
          <li className="story-step">
            <details className="group/older">
              <summary className="ml-7 inline-block rounded font-medium text-accent-ink hover:underline">
                <span className="group-open/older:hidden">{contactWords.showMore(story.between.length)}</span>
                <span className="hidden group-open/older:inline">{contactWords.showFewer}</span>
              </summary>
              <ol className="mt-1">{story.between.map(show)}</ol>
            </details>
          </li>
        ) : null}
        {historyContinues ? <li className="story-step pb-1 pl-7 text-ink-3">{contactWords.olderChanges}</li> : null}
        {story.oldest.map(show)}
      </ol>
    </Section>
  );
}

type StepProps = { event: StoryEvent; zone: string; now: Date; children: ReactNode };

function Step({ event, zone, now, children }: StepProps) {
  const { at } = event;
  return (
    <li className="story-step grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 pb-2 text-ink-2">
      <Mark event={event} />
      <div className="min-w-0">
        {children}{" "}
        <span className="whitespace-nowrap text-xs text-ink-3 tabular-nums">
          {isKnownInstant(at) ? (
            <time dateTime={at.toISOString()} title={formatInstant(at, zone)}>
              {formatNear(at, zone, now)}
            </time>
          ) : (
            formatInstant(at, zone)
          )}
        </span>
      </div>
    </li>
  );
}

function Received({ source }: { source: string | null }) {
  if (source === null) return contactWords.received;
  return (
    <span className="wrap-anywhere">
      {contactWords.receivedFrom} <bdi>{source}</bdi>
    </span>
  );
}

function Mark({ event }: { event: StoryEvent }) {
  if (event.kind === "change") return <Avatar name={describeHistory(event.entry).who} />;
  const Icon = event.kind === "note" ? StickyNote : Inbox;
  return (
    <span aria-hidden="true" className="grid size-5 place-items-center rounded-full bg-sunk text-ink-2">
      <Icon size={12} />
    </span>
  );
}
