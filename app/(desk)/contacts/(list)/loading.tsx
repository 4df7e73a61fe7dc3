import { Skeleton } from "@/components/ui/skeleton";

/** The inbox's shape, on the very first load only: later the old rows stay until the new ones are there. */
export default function ContactsLoading() {
  const lines = Array.from({ length: 14 }, (_, at) => at);
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
      {lines.map((line) => (
        <div key={line} className="flex h-[50px] items-center gap-6 border-b border-line-soft px-4 lg:ml-[208px]">
          <Skeleton className="size-[15px]" />
          <Skeleton className="h-3 w-1/3" />
          <Skeleton className="h-3 w-1/5" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </main>
  );
}
