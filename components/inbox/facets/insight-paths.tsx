"use client";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import type { Loaded } from "@/lib/desk/load";
import { deskWords } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { browseInsightPaths } from "@/lib/list/actions";
import type { InsightPaths as Paths } from "@/lib/list/insight-paths";
import { facetWords } from "./words";

/** The dialog's content, loaded when the button is pressed. */
const later = fetchedLater(() => import("./insight-path-list"));

const unanswered: Loaded<Paths> = { ok: false, message: deskWords.unreachable };

/** Filters by anything else in the insights: the paths that occur, with their common values. */
export function InsightPaths({ filter }: { filter: ContactFilter }) {
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<Loaded<Paths> | null>(null);
  const [pending, startTransition] = useTransition();
  const parts = useFetched(later, open, () => setLoaded(unanswered));
  const load = () =>
    startTransition(async () => {
      const answer = await browseInsightPaths().catch(() => unanswered);
      // If reading again failed, the earlier answer stays.
      setLoaded((before) => (answer.ok || !before?.ok ? answer : before));
    });
  return (
    <Dialog
      open={open}
      onOpenChange={(wanted) => {
        setOpen(wanted);
        if (wanted) load();
      }}
    >
      <DialogTrigger asChild>
        <Button size="small" className="self-start max-lg:h-9">
          {facetWords.otherInsights}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={facetWords.otherInsightsTitle}
        description={facetWords.otherInsightsNote}
        className="max-w-xl"
      >
        {loaded?.ok && parts ? (
          <parts.PathList filter={filter} browsed={loaded.value} onChosen={() => setOpen(false)} />
        ) : loaded && !loaded.ok && !pending ? (
          <div role="alert" className="flex flex-col items-start gap-2 text-ink-2">
            {loaded.message}
            <Button onClick={load}>Try again</Button>
          </div>
        ) : (
          <PathsSkeleton />
        )}
      </DialogContent>
    </Dialog>
  );
}

function PathsSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-4">
      <span className="sr-only">{facetWords.loading}</span>
      <Skeleton className="h-9 w-full" />
      {["w-40", "w-56", "w-48", "w-36", "w-52"].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}
