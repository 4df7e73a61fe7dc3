"use client";
import { inboxWords } from "@/components/inbox/words";
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
      <Notice title={inboxWords.tooBroad}>
        {inboxWords.tooBroadNote}
        {filter.fields.insight ? ` ${inboxWords.insightNotCounted}` : null}
      </Notice>
    );
  }
  if (!hasConditions(filter)) {
    return <Notice title={inboxWords.noContacts}>{inboxWords.noContactsNote}</Notice>;
  }
  const { from, to } = filter;
  if (from && to && from > to) {
    return (
      <Notice
        title={inboxWords.noMatch}
        actions={
          <Button asChild>
            <InboxLink href={contactsHref({ ...filter, from: to, to: from })}>{inboxWords.swapDays}</InboxLink>
          </Button>
        }
      >
        {inboxWords.daysSwapped}
      </Notice>
    );
  }
  return (
    <Notice
      title={inboxWords.noMatch}
      actions={
        <Button asChild>
          <InboxLink href={contactsHref({ ...emptyFilter, sort: filter.sort })}>{inboxWords.clearFilters}</InboxLink>
        </Button>
      }
    >
      {partial ? inboxWords.onlySomeSearched : null}
    </Notice>
  );
}
