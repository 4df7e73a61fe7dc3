"use client";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { InboxLink } from "./navigation";

/** An empty list: because nothing has come yet, or because nothing matches. */
export function NoContacts({ filter }: { filter: ContactFilter }) {
  if (!hasConditions(filter)) {
    return <Notice title="No contacts yet">What visitors send through the website's contact form appears here.</Notice>;
  }
  return (
    <Notice
      title="No contact matches"
      actions={
        <Button asChild>
          <InboxLink href={contactsHref({ ...emptyFilter, sort: filter.sort })}>Clear filters</InboxLink>
        </Button>
      }
    >
      Nothing the website has received fits all of these filters.
    </Notice>
  );
}
