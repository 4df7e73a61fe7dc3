import { Mail } from "lucide-react";
import { type ReactNode, Suspense } from "react";
import { TriageControl } from "@/components/change/triage-control";
import { DuplicatesBadge, DuplicatesSection } from "@/components/contact/duplicates-section";
import { Facts } from "@/components/contact/facts";
import { FirstAnswer } from "@/components/contact/first-answer";
import { HistorySection } from "@/components/contact/history-section";
import { InsightsSection } from "@/components/contact/insights-section";
import { Message } from "@/components/contact/message";
import { OtherSubmissionsSection } from "@/components/contact/other-submissions";
import { Section } from "@/components/contact/section";
import { wholeHref } from "@/components/contact/whole-href";
import { DocumentList } from "@/components/documents/document-list";
import { ContactNews } from "@/components/live/contact-news";
import { ContactStream } from "@/components/live/contact-stream";
import { NotesSection } from "@/components/notes/notes-section";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Highlight } from "@/components/ui/highlight";
import { answerHref } from "@/lib/contact/answer";
import { type Contact, type LoadedContact, largestText, type OtherSubmissions } from "@/lib/contact/contact";
import type { Duplicate } from "@/lib/contact/duplicates";
import { findFirstAnswer } from "@/lib/contact/first-answer";
import { given } from "@/lib/contact/given";
import { toTriage } from "@/lib/contact/triage";
import { formatBytes } from "@/lib/desk/bytes";
import type { Loaded } from "@/lib/desk/load";
import { getDeskSettings } from "@/lib/desk/settings";
import { formatInstant } from "@/lib/desk/time";
import { formatCount } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { findSought } from "@/lib/filter/matches";
import type { Notes } from "@/lib/notes/note";

type ContactDetailsProps = {
  loaded: LoadedContact;
  /** The filter that links lead back to. */
  filter: ContactFilter;
  layout: "panel" | "page";
  /** What colleagues wrote down about it. */
  notes: Loaded<Notes>;
  /** What it may repeat; looked for once all else is there. */
  duplicates: Promise<Loaded<Duplicate[]>>;
};

/** Everything about one contact: the inbox's side panel and the contact's own page show the same. */
export async function ContactDetails({ loaded, filter, layout, notes, duplicates }: ContactDetailsProps) {
  const { contact, history, historyContinues, others, whole } = loaded;
  const settings = await getDeskSettings();
  const zone = settings.timeZone;
  const now = new Date();
  const due = findFirstAnswer(contact, settings, now);
  const latest = Math.max(0, ...history.map(({ id }) => Number(id)));
  const level = layout === "page" ? 2 : 3;
  const sought = findSought(filter.words);
  const subject = { id: contact.id, name: contact.name, version: contact.version, ...toTriage(contact) };
  const badge = (
    <Suspense>
      <DuplicatesBadge loading={duplicates} />
    </Suspense>
  );
  const message = (
    <Message
      text={contact.message}
      length={contact.messageLength}
      sought={sought}
      wholeHref={whole === "message" ? "" : wholeHref(contact.id, filter, "message")}
      layout={layout}
    />
  );
  const noted = <NotesSection key={contact.id} contactId={contact.id} loaded={notes} now={now} level={level} />;
  const documents = (
    <Section
      id="documents"
      title="Documents"
      aside={
        contact.documentCount > 0
          ? `${formatCount(contact.documentCount)} · ${formatBytes(contact.documentSize)}`
          : null
      }
      level={level}
    >
      <DocumentList
        documents={contact.documents}
        count={contact.documentCount}
        zone={zone}
        beside={layout === "panel"}
      />
    </Section>
  );
  const insights = (
    <InsightsSection
      text={contact.insights}
      complete={contact.insightsLength <= largestText}
      whole={whole === "insights"}
      wholeHref={wholeHref(contact.id, filter, "insights")}
      zone={zone}
      level={level}
    />
  );
  const past = (
    <>
      <HistorySection history={history} continues={historyContinues} zone={zone} now={now} level={level} />
      <Suspense>
        <DuplicatesSection contact={subject} loading={duplicates} filter={filter} zone={zone} now={now} level={level} />
      </Suspense>
      <OtherSubmissionsSection others={others} filter={filter} zone={zone} now={now} level={level} />
    </>
  );
  if (layout === "panel") {
    return (
      <div className="flex flex-col gap-3">
        <Heading
          contact={contact}
          others={others}
          sought={sought}
          zone={zone}
          now={now}
          due={due}
          level={2}
          badge={badge}
        />
        {message}
        <Facts contact={contact} zone={zone} now={now} />
        {noted}
        {documents}
        {insights}
        {past}
        <ContactNews id={contact.id} latest={latest} />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <Heading
        contact={contact}
        others={others}
        sought={sought}
        zone={zone}
        now={now}
        due={due}
        level={1}
        badge={badge}
      />
      <div className="grid items-start gap-x-10 gap-y-4 lg:grid-cols-2">
        {/* Stays in view beside a document that is being read. */}
        <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-4">
          {message}
          <Section id="facts" title="Facts" level={2}>
            <Facts contact={contact} zone={zone} now={now} />
          </Section>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {noted}
          {documents}
          {insights}
          {past}
        </div>
      </div>
      <ContactStream id={contact.id} now={now} />
      <ContactNews id={contact.id} latest={latest} />
    </div>
  );
}

type HeadingProps = {
  contact: Contact;
  others: OtherSubmissions;
  sought: string[];
  zone: string;
  now: Date;
  due: Date | null;
  level: 1 | 2;
  /** Beside what is said of others from its address. */
  badge: ReactNode;
};

function Heading({ contact, others, sought, zone, now, due, level, badge }: HeadingProps) {
  const Title = level === 1 ? "h1" : "h2";
  const company = given(contact.company);
  const marked = (text: string | null) => (text === null ? null : <Highlight text={text} sought={sought} />);
  const answer = answerHref({
    name: contact.name,
    email: contact.email,
    service: given(contact.service),
    message: contact.message,
    sent: formatInstant(contact.timestamp, zone),
  });
  return (
    <header className="flex flex-col gap-2.5">
      <div>
        <Title className="text-[17px] leading-6 font-[650] tracking-[-0.015em] wrap-anywhere">
          <bdi>{marked(given(contact.name)) ?? "No name given"}</bdi>
        </Title>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-ink-2">
          <bdi className="min-w-0 wrap-anywhere">{marked(given(contact.email)) ?? "No e-mail given"}</bdi>
          {given(contact.email) ? <CopyButton text={contact.email} label="Copy the e-mail address" /> : null}
          {company ? (
            <>
              <span aria-hidden="true">·</span>
              <bdi className="min-w-0 wrap-anywhere">{marked(company)}</bdi>
            </>
          ) : null}
          {others.count > 0 ? (
            <a href="#others" className="ml-1">
              <Badge>
                {formatCount(others.count)}
                {others.exact ? "" : "+"} more from this address
              </Badge>
            </a>
          ) : null}
          {badge}
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <TriageControl
          contact={{ id: contact.id, name: contact.name, version: contact.version, ...toTriage(contact) }}
          original={
            contact.duplicateOf && contact.originalName !== null
              ? { id: contact.duplicateOf, name: contact.originalName }
              : null
          }
          duplicates={contact.duplicates}
          now={now}
        />
        {answer ? (
          <Button asChild>
            <a href={answer}>
              <Mail size={14} aria-hidden="true" />
              Answer by e-mail
            </a>
          </Button>
        ) : (
          <span className="text-ink-3">This address cannot be answered.</span>
        )}
      </div>
      <FirstAnswer due={due} zone={zone} now={now} />
    </header>
  );
}
