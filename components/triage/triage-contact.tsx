import { clsx } from "clsx";
import { TriageNotes } from "@/components/change/control/triage-notes";
import type { Subject } from "@/components/change/store/changes";
import { Facts } from "@/components/contact/facts";
import { FirstResponse } from "@/components/contact/first-response";
import { HistorySection } from "@/components/contact/history-section";
import { InsightsSection } from "@/components/contact/insights-section";
import { Message } from "@/components/contact/message";
import { OtherSubmissionsSection } from "@/components/contact/other-submissions";
import { wholeHref } from "@/components/contact/whole-href";
import { contactWords } from "@/components/contact/words";
import { nameIn, useDesk } from "@/components/desk/desk";
import { UndoBatchButton } from "@/components/history/undo-batch-button";
import { ContactNews } from "@/components/live/contact-news";
import { NotesSection } from "@/components/notes/notes-section";
import { CopyButton } from "@/components/ui/copy-button";
import { Highlight } from "@/components/ui/highlight";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { largestText, latestChange } from "@/lib/contact/contact";
import { given } from "@/lib/contact/given";
import { deskWords, formatCount } from "@/lib/desk/wording";
import { documentWords } from "@/lib/documents/words";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { findSought } from "@/lib/filter/matches";
import type { TriageSheet } from "@/lib/triage/actions";

type TriageContactProps = {
  sheet: TriageSheet;
  /** The contact as shown, with this browser's own changes. */
  subject: Subject;
  filter: ContactFilter;
  zone: string;
  now: Date;
  /** Reloads the contact, in the same position. */
  onShow: () => Promise<void>;
};

/**
 * The contact to decide: the sender and the message, in large type, and then everything else. Without documents there
 * is room for a wider message, and on a wide screen for everything else beside it.
 */
export function TriageContact({ sheet, subject, filter, zone, now, onShow }: TriageContactProps) {
  const { loaded, notes, due } = sheet;
  const { contact, history, historyContinues, others } = loaded;
  const alone = contact.documents.length === 0;
  const original =
    contact.duplicateOf && contact.originalName !== null
      ? { id: contact.duplicateOf, name: contact.originalName }
      : null;
  const sought = findSought(filter.words);
  const name = given(contact.name);
  const company = given(contact.company);
  const service = given(contact.service);
  const mark = (text: string) => <Highlight text={text} sought={sought} />;
  return (
    // The article has its own bottom padding; otherwise the sticky ContactNews would stop that far above the edge.
    <article
      aria-labelledby="triage-name"
      className={clsx("pb-8 max-lg:pb-4", alone ? "max-w-[80ch] xl:max-w-none" : "max-w-[68ch]")}
    >
      <div
        className={clsx(
          "flex flex-col gap-4",
          alone && "xl:grid xl:grid-cols-[minmax(0,80ch)_minmax(0,24rem)] xl:items-start xl:gap-x-14",
        )}
      >
        <div className="flex min-w-0 flex-col gap-4">
          <header>
            <p className="flex flex-wrap items-center gap-x-2 text-ink-2">
              <StatusBadge status={subject.status} />
              <Assignee id={subject.assigneeId} />
              <span aria-hidden="true">·</span>
              <span>
                waiting <Time at={contact.timestamp} zone={zone} now={now} />
              </span>
              {service ? (
                <>
                  <span aria-hidden="true">·</span>
                  <bdi className="wrap-anywhere">{service}</bdi>
                </>
              ) : null}
            </p>
            <h2
              id="triage-name"
              tabIndex={-1}
              className="mt-1 text-2xl leading-[30px] font-[650] tracking-[-0.02em] outline-none wrap-anywhere"
            >
              <bdi>{name ? mark(name) : deskWords.noName}</bdi>
              {company ? <bdi className="ml-2 font-[450] text-ink-3">{mark(company)}</bdi> : null}
            </h2>
            <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-ink-2">
              {given(contact.email) ? (
                <>
                  <bdi className="wrap-anywhere">{mark(contact.email)}</bdi>
                  <CopyButton text={contact.email} label={contactWords.copyEmail} />
                </>
              ) : (
                deskWords.noEmail
              )}
              {others.count > 0 ? (
                <a href="#others" className="hover:underline">
                  · {formatCount(others.count)}
                  {others.exact ? "" : "+"} {contactWords.moreFromAddress}
                </a>
              ) : null}
            </p>
            <div className="mt-1 flex flex-col gap-0.5">
              <FirstResponse due={due} zone={zone} now={now} />
              <TriageNotes
                contact={subject}
                wroteAgainAt={contact.wroteAgainAt}
                original={original}
                duplicates={contact.duplicates}
                now={now}
              />
            </div>
          </header>
          <Message
            text={contact.message}
            length={contact.messageLength}
            sought={sought}
            wholeHref={wholeHref(contact.id, emptyFilter, "message")}
            layout="triage"
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {alone ? <p className="text-ink-3">{documentWords.none}</p> : null}
          <Section id="triage-facts" title={contactWords.details} level={2}>
            <Facts contact={contact} zone={zone} now={now} />
          </Section>
          <NotesSection contactId={contact.id} loaded={notes} now={now} level={2} />
          <InsightsSection
            text={contact.insights}
            complete={contact.insightsLength <= largestText}
            whole={false}
            wholeHref={wholeHref(contact.id, emptyFilter, "insights")}
            zone={zone}
            level={2}
          />
          <HistorySection
            history={history}
            continues={historyContinues}
            zone={zone}
            now={now}
            level={2}
            Undo={UndoBatchButton}
          />
          <OtherSubmissionsSection others={others} filter={filter} zone={zone} now={now} level={2} />
        </div>
      </div>
      <ContactNews id={contact.id} latest={latestChange(history)} show={onShow} />
    </article>
  );
}

function Assignee({ id }: { id: string | null }) {
  const desk = useDesk();
  if (id === null) return null;
  return (
    <>
      <span aria-hidden="true">·</span>
      <span>
        assigned to <bdi>{id === desk.me ? "you" : nameIn(desk, id)}</bdi>
      </span>
    </>
  );
}
