import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { given } from "@/lib/contact/given";
import { formatInstant, formatTime, isKnownInstant } from "@/lib/desk/time";
import { countOf, deskWords } from "@/lib/desk/wording";
import { emptyFilter, withField } from "@/lib/filter/filter";
import { contactHref, contactsHref } from "@/lib/filter/url";
import { groupByDay } from "@/lib/history/days";
import { describeBatch, describeOther } from "@/lib/history/describe";
import type { BatchEntry, HistoryPage, OtherEntry } from "@/lib/history/entries";
import { type HistoryQuestion, historyHref } from "@/lib/history/question";
import type { Colleague } from "@/lib/staff/staff";
import { UndoBatchButton } from "./undo-batch-button";
import { historyWords } from "./words";

type HistoryListProps = {
  page: HistoryPage;
  question: HistoryQuestion;
  /** Everybody, for the names of assignees. */
  people: Colleague[];
  zone: string;
  now: Date;
};

type NameOf = (staffId: string) => string;

/** The changes by days, newest first, each a sentence. On a wide screen a day's name stays beside its changes. */
export function HistoryList({ page, question, people, zone, now }: HistoryListProps) {
  const { entries, next } = page;
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const nameOf: NameOf = (id) => names.get(id) ?? historyWords.unknownPerson;
  const asked = question.who || question.kind || question.from || question.to || question.before;
  if (entries.length === 0) {
    return (
      <Notice
        title={asked ? historyWords.noMatch : historyWords.none}
        actions={
          asked ? (
            <Button asChild>
              <Link href="/history">{historyWords.clearFilters}</Link>
            </Button>
          ) : null
        }
      >
        {asked ? null : historyWords.noneNote}
      </Notice>
    );
  }
  return (
    <>
      <section aria-label={historyWords.list} className="mx-auto max-w-[1400px] px-5 pb-3 max-md:px-4">
        {groupByDay(entries, zone, now).map(({ day, heading, entries: made }) => (
          <section
            key={day}
            aria-labelledby={`day-${day}`}
            className="border-line pt-3 lg:grid lg:grid-cols-[120px_minmax(0,1fr)] lg:gap-x-4 lg:not-first:border-t"
          >
            <h2
              id={`day-${day}`}
              className="py-2 text-xs leading-5 font-semibold text-ink-2 lg:sticky lg:top-0 lg:self-start"
            >
              {heading}
            </h2>
            <ol>
              {made.map((entry) => (
                <li
                  key={entry.type === "batch" ? entry.batch : `${entry.at} ${entry.actor}`}
                  className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-2.5 border-b border-line-soft py-2 last:border-0"
                >
                  {entry.type === "batch" ? (
                    <Batch entry={entry} nameOf={nameOf} zone={zone} />
                  ) : (
                    <Other entry={entry} />
                  )}
                  <span className="flex items-center gap-2 text-ink-3 tabular-nums">
                    {entry.type === "batch" ? <BatchEnd entry={entry} /> : null}
                    <TimeOfDay at={new Date(entry.at)} zone={zone} />
                  </span>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </section>
      <nav aria-label={historyWords.pages} className="flex justify-center gap-2 px-5 pt-1 pb-6">
        {question.before ? (
          <Button asChild>
            <Link href={historyHref({ ...question, before: null })}>{historyWords.newest}</Link>
          </Button>
        ) : null}
        {next ? (
          <Button asChild>
            <Link href={historyHref({ ...question, before: next })}>{historyWords.older}</Link>
          </Button>
        ) : null}
      </nav>
    </>
  );
}

/** The contacts of an entry: one by name, several as a number that links to exactly them. */
function Contacts({ entry, href }: { entry: BatchEntry | OtherEntry; href: string | null }) {
  const { changed, contact } = entry;
  const words = countOf(changed, "contact");
  const look = "font-medium text-accent-ink hover:underline wrap-anywhere";
  if (contact) {
    return (
      <Link href={contactHref(contact.id)} prefetch={false} className={look}>
        <bdi>{contact.name === null ? contact.id : given(contact.name) || deskWords.noName}</bdi>
      </Link>
    );
  }
  if (!href) return words;
  return (
    <Link href={href} prefetch={false} className={look}>
      {words}
    </Link>
  );
}

function TimeOfDay({ at, zone }: { at: Date; zone: string }) {
  if (!isKnownInstant(at)) return null;
  return (
    <time dateTime={at.toISOString()} title={formatInstant(at, zone)}>
      {formatTime(at, zone)}
    </time>
  );
}

function Batch({ entry, nameOf, zone }: { entry: BatchEntry; nameOf: NameOf; zone: string }) {
  const href = contactsHref(withField(emptyFilter, "batch", { add: [entry.batch] }));
  const { before, after } = describeBatch(entry, { nameOf, zone, now: new Date(entry.at) });
  return (
    <>
      <Avatar name={entry.staffName} />
      <p className="min-w-0 wrap-anywhere text-ink-2">
        <bdi className="font-medium text-ink">{entry.staffName}</bdi> {before} <Contacts entry={entry} href={href} />{" "}
        <bdi>{after}</bdi>
      </p>
    </>
  );
}

function BatchEnd({ entry }: { entry: BatchEntry }) {
  if (entry.underWay) return <span>{historyWords.underWay}</span>;
  if (entry.undoneBy) return <span>{historyWords.undoneBy(entry.undoneBy)}</span>;
  if (entry.changed === 0) return null;
  return (
    <UndoBatchButton
      batch={entry.batch}
      by={{ id: entry.staffId, name: entry.staffName }}
      redo={entry.kind === "undo"}
      together={entry.changed > 1}
    />
  );
}

function Other({ entry }: { entry: OtherEntry }) {
  const { who, before, after } = describeOther(entry);
  return (
    <>
      <Avatar name={who} />
      <p className="min-w-0 wrap-anywhere text-ink-2">
        <span className="font-medium text-ink">{who}</span> {before} <Contacts entry={entry} href={null} /> {after}
      </p>
    </>
  );
}
