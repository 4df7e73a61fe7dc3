import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { given } from "@/lib/contact/given";
import { countOf, deskWords } from "@/lib/desk/wording";
import { emptyFilter, withField } from "@/lib/filter/filter";
import { contactHref, contactsHref } from "@/lib/filter/url";
import { describeOther } from "@/lib/history/describe";
import type { BatchEntry, HistoryPage, OtherEntry } from "@/lib/history/entries";
import { type HistoryQuestion, historyHref } from "@/lib/history/question";
import { BatchWords } from "./batch-words";
import { UndoBatchButton } from "./undo-batch-button";
import { historyWords } from "./words";

type HistoryListProps = { page: HistoryPage; question: HistoryQuestion; zone: string; now: Date };

export function HistoryList({ page, question, zone, now }: HistoryListProps) {
  const { entries, next } = page;
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
      <ol aria-label={historyWords.list} className="mx-auto max-w-[920px] px-5 py-3 max-md:px-4">
        {entries.map((entry) => (
          <li
            key={entry.type === "batch" ? entry.batch : `${entry.at} ${entry.actor}`}
            className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-2.5 border-b border-line-soft py-2"
          >
            {entry.type === "batch" ? <Batch entry={entry} /> : <Other entry={entry} />}
            <span className="flex items-center gap-2 text-ink-3 tabular-nums">
              {entry.type === "batch" ? <BatchEnd entry={entry} /> : null}
              <Time at={new Date(entry.at)} zone={zone} now={now} />
            </span>
          </li>
        ))}
      </ol>
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

function Batch({ entry }: { entry: BatchEntry }) {
  const href = contactsHref(withField(emptyFilter, "batch", { add: [entry.batch] }));
  return (
    <>
      <Avatar name={entry.staffName} />
      <p className="min-w-0 wrap-anywhere text-ink-2">
        <bdi className="font-medium text-ink">{entry.staffName}</bdi>: <Contacts entry={entry} href={href} />{" "}
        <BatchWords entry={entry} />
      </p>
    </>
  );
}

function BatchEnd({ entry }: { entry: BatchEntry }) {
  if (entry.underWay) return <span>{historyWords.underWay}</span>;
  if (entry.undoneBy) return <span>{historyWords.undoneBy(entry.undoneBy)}</span>;
  return entry.changed > 0 ? <UndoBatchButton batch={entry.batch} redo={entry.kind === "undo"} /> : null;
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
