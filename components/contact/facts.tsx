import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import type { Contact } from "@/lib/contact/contact";
import { given, pageHref } from "@/lib/contact/given";
import { describeBrowser } from "@/lib/desk/browser-name";
import { trimText } from "@/lib/text/visible-text";
import { contactWords } from "./words";

/** What is known besides the message: from the visitor, the website and the desk. */
export function Facts({ contact, zone, now }: { contact: Contact; zone: string; now: Date }) {
  const userAgent = given(contact.userAgent);
  const page = given(contact.pageUrl) && trimText(contact.pageUrl ?? "");
  return (
    <dl className="grid grid-cols-[100px_minmax(0,1fr)] gap-x-3 gap-y-1">
      <Fact name="Service">{given(contact.service)}</Fact>
      <Fact name="Budget">{given(contact.budget)}</Fact>
      <Fact name="Page">{page ? <Page stored={page} /> : null}</Fact>
      <Fact name="Source">{given(contact.source)}</Fact>
      <Fact name="Browser">{userAgent ? <span title={userAgent}>{describeBrowser(userAgent)}</span> : null}</Fact>
      <Fact name="Sent">
        <Time at={contact.timestamp} zone={zone} now={now} show="instant" />
      </Fact>
      <Fact
        name="First contacted"
        missing={
          contact.status === "new" || contact.status === "in_review" ? contactWords.notYet : contactWords.unknown
        }
      >
        {contact.firstContactedAt ? <Time at={contact.firstContactedAt} zone={zone} now={now} show="instant" /> : null}
      </Fact>
      <Fact name="Contact id">
        <span className="select-all" translate="no">
          {contact.id}
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ name, missing = "Not given", children }: { name: string; missing?: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere text-ink-2">
        {children ? <bdi>{children}</bdi> : <span className="text-ink-3">{missing}</span>}
      </dd>
    </>
  );
}

/** Only http and https become links; anything else, such as a path of the site, is text. */
function Page({ stored }: { stored: string }) {
  const href = pageHref(stored);
  if (!href) return stored;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent-ink underline underline-offset-2"
    >
      {stored}
      <span className="sr-only"> {contactWords.newTab}</span>
    </a>
  );
}
