import { clsx } from "clsx";
import { Mail } from "lucide-react";
import type { ReactNode } from "react";
import { TriageControl } from "@/components/change/control/triage-control";
import type { Subject } from "@/components/change/store/changes";
import { FirstResponse } from "@/components/contact/first-response";
import { LateCopyButton } from "@/components/contact/late-parts";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Highlight } from "@/components/ui/highlight";
import type { Contact, OtherSubmissions } from "@/lib/contact/contact";
import { given } from "@/lib/contact/given";
import { mailtoHref } from "@/lib/contact/mailto";
import { formatInstant } from "@/lib/desk/time";
import { deskWords, formatCount } from "@/lib/desk/wording";
import { contactWords } from "./words";

type ContactHeadingProps = {
  contact: Contact;
  /** The contact in the form in which it is changed. */
  subject: Subject;
  others: OtherSubmissions;
  sought: string[];
  zone: string;
  now: Date;
  due: Date | null;
  level: 1 | 2;
  /** Shown beside the note on other contacts from its address. */
  badge: ReactNode;
};

/** Who a contact is from, its triage state with the controls, and when its first response is due. */
export function ContactHeading({
  contact,
  subject,
  others,
  sought,
  zone,
  now,
  due,
  level,
  badge,
}: ContactHeadingProps) {
  const Title = level === 1 ? "h1" : "h2";
  const company = given(contact.company);
  const marked = (text: string | null) => (text === null ? null : <Highlight text={text} sought={sought} />);
  const mailto = mailtoHref({
    name: contact.name,
    email: contact.email,
    service: given(contact.service),
    message: contact.message,
    sent: formatInstant(contact.timestamp, zone),
  });
  return (
    <header className="flex flex-col gap-2.5">
      <div>
        <Title
          className={clsx(
            "text-[17px] leading-6 font-[650] tracking-[-0.015em] wrap-anywhere",
            // Leaves room for the panel's own buttons.
            level === 2 && "pr-14",
          )}
        >
          <bdi>{marked(given(contact.name)) ?? deskWords.noName}</bdi>
        </Title>
        {/* The company is preceded by a dot, which is clipped at the beginning of a line. */}
        <div className="overflow-x-clip">
          <div className="mt-0.5 -ml-4 flex flex-wrap items-center text-ink-2">
            <span className="ml-4 min-w-0 wrap-anywhere [&_button]:align-middle">
              <bdi>{marked(given(contact.email)) ?? deskWords.noEmail}</bdi>
              {given(contact.email) ? <LateCopyButton text={contact.email} label={contactWords.copyEmail} /> : null}
            </span>
            {company ? (
              <span className="relative min-w-0 pl-4 wrap-anywhere">
                <span aria-hidden="true" className="absolute left-1.5">
                  ·
                </span>
                <bdi>{marked(company)}</bdi>
              </span>
            ) : null}
            {others.count > 0 ? (
              <a href="#others" className="ml-4">
                <Badge>
                  {formatCount(others.count)}
                  {others.exact ? "" : "+"} {contactWords.moreFromAddress}
                </Badge>
              </a>
            ) : null}
            {badge}
          </div>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <TriageControl
          contact={subject}
          wroteAgainAt={contact.wroteAgainAt}
          original={
            contact.duplicateOf && contact.originalName !== null
              ? { id: contact.duplicateOf, name: contact.originalName }
              : null
          }
          duplicates={contact.duplicates}
          now={now}
        />
        {"href" in mailto ? (
          <Button asChild>
            <a href={mailto.href}>
              <Mail size={14} aria-hidden="true" />
              {contactWords.reply}
            </a>
          </Button>
        ) : (
          <span className="min-w-0 wrap-anywhere text-ink-3">{mailto.problem}</span>
        )}
      </div>
      <FirstResponse due={due} zone={zone} now={now} />
    </header>
  );
}
