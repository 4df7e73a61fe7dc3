import { Skeleton } from "@/components/ui/skeleton";
import { inboxWords } from "./words";

/** The shape of a contact that is still being loaded. */
export function PanelSkeleton() {
  return (
    <div className="flex flex-col gap-3" role="status" aria-label={inboxWords.loadingContact}>
      <Skeleton className="h-4 w-52" />
      <Skeleton className="h-7 w-40" />
      <Skeleton className="mt-2 h-4 w-full" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-3/4" />
    </div>
  );
}
