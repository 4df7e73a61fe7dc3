/** The inbox's shape, on the very first load only: later the old rows stay until the new ones are there. */
export default function ContactsLoading() {
  return (
    <main className="list-loading" aria-busy="true">
      <p role="status" className="sr-only">
        Loading contacts
      </p>
    </main>
  );
}
