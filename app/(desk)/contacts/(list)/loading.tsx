import { Skeleton } from "@/components/ui/skeleton";

/** The inbox's shape, on the very first load only: later the old rows stay until the new ones are there. */
export default function ContactsLoading() {
  return (
    <main className="flex h-full flex-col" aria-busy="true">
      <p role="status" className="sr-only">
        Loading contacts
      </p>
      <div className="border-b border-line px-4 py-2.5">
        <Skeleton className="h-[34px] w-full rounded-lg" />
      </div>
      <div className="flex h-10 items-center border-b border-line px-4">
        <Skeleton className="h-3 w-36" />
      </div>
      <div aria-hidden="true" className="list-skeleton" />
    </main>
  );
}
