import { inboxWords } from "@/components/inbox/words";
/** The inbox's skeleton, on the very first load only. Later the old rows stay until the new ones arrive. */
export default function ContactsLoading() {
  return (
    <main className="list-loading" aria-busy="true">
      <p role="status" className="sr-only">
        {inboxWords.loadingContacts}
      </p>
    </main>
  );
}
