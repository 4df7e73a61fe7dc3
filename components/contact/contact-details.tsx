import { type ReactNode, Suspense } from "react";
import { ContactHeading } from "@/components/contact/contact-heading";
import { DuplicatesBadge, DuplicatesSection } from "@/components/contact/duplicates-section";
import { Facts } from "@/components/contact/facts";
import { HistorySection } from "@/components/contact/history-section";
import { InsightsSection } from "@/components/contact/insights-section";
import { LateContactNews, LateContactStream, LateUndoButton } from "@/components/contact/late-parts";
import { Message } from "@/components/contact/message";
import { OtherSubmissionsSection } from "@/components/contact/other-submissions";
import { wholeHref } from "@/components/contact/whole-href";
import { DocumentList } from "@/components/documents/document-list";
import { Section } from "@/components/ui/section";
import { type LoadedContact, largestText, latestChange } from "@/lib/contact/contact";
import type { Duplicate } from "@/lib/contact/duplicates";
import { findFirstResponse } from "@/lib/contact/first-response";
import { toTriage } from "@/lib/contact/triage";
import { formatBytes } from "@/lib/desk/bytes";
import type { Loaded } from "@/lib/desk/load";
import { getDeskSettings } from "@/lib/desk/settings";
import { formatCount } from "@/lib/desk/wording";
import { documentWords } from "@/lib/documents/words";
import type { ContactFilter } from "@/lib/filter/filter";
import { findSought } from "@/lib/filter/matches";
import { getNow } from "@/lib/runtime/clock";
import { contactWords } from "./words";

type ContactDetailsProps = {
  loaded: LoadedContact;
  /** The filter that links return to. */
  filter: ContactFilter;
  layout: "panel" | "page";
  /** What happened to it, as a time line; without one, as the history. */
  story?: ReactNode;
  /** The notes by colleagues: with their code on the page, and late beside the list. */
  notes: ReactNode;
  /** Contacts that it may duplicate; searched for after everything else is shown. */
  duplicates: Promise<Loaded<Duplicate[]>>;
};

/** Everything about one contact, for both the inbox's side panel and the contact's own page. */
export async function ContactDetails({ loaded, filter, layout, story, notes, duplicates }: ContactDetailsProps) {
  const { contact, history, historyContinues, others, whole } = loaded;
  const settings = await getDeskSettings();
  const zone = settings.timeZone;
  const now = getNow();
  const latest = latestChange(history);
  const level = layout === "page" ? 2 : 3;
  const sought = findSought(filter.words);
  const subject = { id: contact.id, name: contact.name, version: contact.version, ...toTriage(contact) };
  const heading = (
    <ContactHeading
      contact={contact}
      subject={subject}
      others={others}
      sought={sought}
      zone={zone}
      now={now}
      due={findFirstResponse(contact, settings, now)}
      level={layout === "page" ? 1 : 2}
      badge={
        <Suspense>
          <DuplicatesBadge loading={duplicates} />
        </Suspense>
      }
    />
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
  const documents = (
    <Section
      id="documents"
      title={documentWords.documents}
      aside={
        contact.documentCount > 0 ? (
          <DocumentsAside id={contact.id} count={contact.documentCount} size={contact.documentSize} />
        ) : null
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
      {story ?? (
        <HistorySection
          history={history}
          continues={historyContinues}
          zone={zone}
          now={now}
          level={level}
          Undo={LateUndoButton}
        />
      )}
      <Suspense>
        <DuplicatesSection contact={subject} loading={duplicates} filter={filter} zone={zone} now={now} level={level} />
      </Suspense>
      <OtherSubmissionsSection others={others} filter={filter} zone={zone} now={now} level={level} />
    </>
  );
  if (layout === "panel") {
    return (
      <div className="flex flex-col gap-3">
        {heading}
        {message}
        <Facts contact={contact} zone={zone} now={now} />
        {notes}
        {documents}
        {insights}
        {past}
        <LateContactNews id={contact.id} latest={latest} />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {heading}
      <div className="contact-columns">
        <div>
          {message}
          <Section id="facts" title={contactWords.details} level={2}>
            <Facts contact={contact} zone={zone} now={now} />
          </Section>
        </div>
        <div>
          {notes}
          {documents}
          {insights}
        </div>
        <div>{past}</div>
      </div>
      <LateContactStream id={contact.id} now={now} />
      <LateContactNews id={contact.id} latest={latest} />
    </div>
  );
}

/** How many documents there are, how large they are together, and all of them in one file. */
function DocumentsAside({ id, count, size }: { id: string; count: number; size: number }) {
  return (
    <>
      {formatCount(count)} · {formatBytes(size)}
      {count > 1 ? (
        <a
          href={`/documents/all?contact=${encodeURIComponent(id)}`}
          download
          className="ml-3 rounded font-medium text-ink-2 hover:text-ink hover:underline"
        >
          {documentWords.downloadAll(formatCount(count))}
        </a>
      ) : null}
    </>
  );
}
