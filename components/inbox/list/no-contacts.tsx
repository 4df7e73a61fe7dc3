"use client";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { InboxLink } from "@/components/views/navigation";
import { type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";

type NoContactsProps = { filter: ContactFilter; tooBroad: boolean; partial: boolean };

/** An empty list, with the reason: nothing has come yet, nothing matches, or the search would take too long. */
export function NoContacts({ filter, tooBroad, partial }: NoContactsProps) {
  if (tooBroad) {
    return (
      <Notice title="Too broad: add a filter">
        Looking through this many contacts takes too long. Narrow the list by a status, a service or fewer days, or take
        a filter away above.
        {filter.fields.insight ? " The numbers beside the filters leave the insight conditions out." : null}
      </Notice>
    );
  }
  if (!hasConditions(filter)) {
    return <Notice title="No contacts yet">What visitors send through the website's contact form appears here.</Notice>;
  }
  const { from, to } = filter;
  if (from && to && from > to) {
    return (
      <Notice
        title="No contact matches"
        actions={
          <Button asChild>
            <InboxLink href={contactsHref({ ...filter, from: to, to: from })}>Swap the days</InboxLink>
          </Button>
        }
      >
        The filter's first day is later than its last.
      </Notice>
    );
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
      {partial
        ? "Nothing among the contacts that were looked through fits all of these filters."
        : "Nothing the website has received fits all of these filters."}
    </Notice>
  );
}
