import { inboxWords } from "@/components/inbox/words";
import { Button } from "@/components/ui/button";
import { InboxLink } from "@/components/views/navigation";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref, listEnd } from "@/lib/filter/url";

type ListEndProps = { filter: ContactFilter; next: string | null; previous: string | null };

/** The ways to other pages, below the last row. A phone has no others. */
export function ListEnd({ filter, next, previous }: ListEndProps) {
  if (next) {
    return (
      <p className="flex justify-center gap-2 p-4">
        <Button asChild>
          <InboxLink href={contactsHref(filter, { after: next })}>{inboxWords.nextPage}</InboxLink>
        </Button>
        <Button asChild look="quiet" className="md:hidden">
          <InboxLink href={contactsHref(filter, { before: listEnd })}>{inboxWords.lastPage}</InboxLink>
        </Button>
      </p>
    );
  }
  return previous ? (
    <p className="p-4 text-center md:hidden">
      <Button asChild look="quiet">
        <InboxLink href={contactsHref(filter)}>{inboxWords.firstPage}</InboxLink>
      </Button>
    </p>
  ) : null;
}
