import { Suspense } from "react";
import { ContactDetails } from "@/components/contact/contact-details";
import { LateNotes } from "@/components/contact/late-parts";
import { missingWords } from "@/components/contact/missing-words";
import { PanelSkeleton } from "@/components/inbox/panel-skeleton";
import { Notice } from "@/components/ui/notice";
import { findDuplicates } from "@/lib/contact/duplicate-queries";
import { loadContact } from "@/lib/contact/queries";
import { load } from "@/lib/desk/load";
import type { ContactFilter } from "@/lib/filter/filter";
import { listNotes } from "@/lib/notes/queries";
import { getNow } from "@/lib/runtime/clock";

type OpenContactProps = { id: string; filter: ContactFilter };

/** The contact beside the list. It is streamed in, so that the list neither waits for it nor fails with it. */
export function OpenContact(props: OpenContactProps) {
  return (
    <Suspense fallback={<PanelSkeleton />}>
      <LoadedContact {...props} />
    </Suspense>
  );
}

async function LoadedContact({ id, filter }: OpenContactProps) {
  const [loaded, notes] = await Promise.all([load(loadContact(id), "/contacts"), load(listNotes(id), "/contacts")]);
  if (!loaded.ok) return <Notice title={missingWords.contactNotShown}>{loaded.message}</Notice>;
  if (!loaded.value) return <Notice title={missingWords.noSuchContact}>{missingWords.perhapsRemoved}</Notice>;
  return (
    <ContactDetails
      loaded={loaded.value}
      filter={filter}
      layout="panel"
      notes={<LateNotes key={id} contactId={id} loaded={notes} now={getNow()} level={3} />}
      duplicates={findDuplicates(loaded.value, "/contacts")}
    />
  );
}
