"use client";
import { useId, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Input } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import type { Loaded } from "@/lib/desk/load";
import type { ContactFilter } from "@/lib/filter/filter";
import { describeInsight, describeJson, parseInsight, withInsight } from "@/lib/filter/insight-path";
import { contactsHref } from "@/lib/filter/url";
import { browseInsightPaths } from "@/lib/inbox/actions";
import type { InsightPaths as Paths } from "@/lib/inbox/insight-paths";
import { InsightPathItem, shareOf } from "./insight-path-item";
import { InboxLink } from "./navigation";

/** Paths shown at once; a search finds the others. */
const shownAtOnce = 50;

const unanswered: Loaded<Paths> = { ok: false, message: "The desk did not answer. Try again in a moment." };

/** Filters by whatever else the insights hold: the paths that occur, with their common values. */
export function InsightPaths({ filter }: { filter: ContactFilter }) {
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<Loaded<Paths> | null>(null);
  const [pending, startTransition] = useTransition();
  const load = () =>
    startTransition(async () => {
      const answer = await browseInsightPaths().catch(() => unanswered);
      // What was there before is better than why it could not be read again.
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
          Other insight…
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Other insight"
        description="What else the analysis of documents has left with the contacts."
        className="max-w-xl"
      >
        {loaded?.ok ? (
          <PathList filter={filter} browsed={loaded.value} onChosen={() => setOpen(false)} />
        ) : loaded && !pending ? (
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

type PathListProps = { filter: ContactFilter; browsed: Paths; onChosen: () => void };

function PathList({ filter, browsed, onChosen }: PathListProps) {
  const [search, setSearch] = useState("");
  const id = useId();
  const wanted = search.trim().toLowerCase();
  const found = browsed.paths.filter(
    ({ path, values }) =>
      path.toLowerCase().includes(wanted) ||
      values.some(({ json }) => describeJson(json).toLowerCase().includes(wanted)),
  );
  const typed = parseInsight(search.trim());
  return (
    <div className="flex flex-col gap-3">
      <Input
        type="search"
        aria-label="Search names and values"
        aria-describedby={id}
        placeholder="Search names and values…"
        autoComplete="off"
        spellCheck={false}
        maxLength={2_000}
        dir="auto"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <p id={id} role="status" className="text-ink-3">
        {describeFound(found.length, browsed)}
      </p>
      {typed ? (
        <InboxLink
          href={contactsHref(withInsight(filter, typed))}
          onClick={onChosen}
          className="font-medium break-words text-accent-ink underline"
        >
          Filter by <bdi>{describeInsight(typed)}</bdi>
        </InboxLink>
      ) : null}
      <ul aria-label="Insights" className="flex flex-col">
        {found.slice(0, shownAtOnce).map((path) => (
          <InsightPathItem
            key={path.path}
            path={path}
            share={shareOf(path.contacts, browsed.sampled)}
            filter={filter}
            open={found.length === 1}
            onChosen={onChosen}
          />
        ))}
      </ul>
    </div>
  );
}

function describeFound(found: number, { sampled, whole }: Paths): string {
  const from = whole
    ? `all ${sampled.toLocaleString("en")} contacts`
    : `${sampled.toLocaleString("en")} of the contacts`;
  if (found === 0) return `Nothing like this in ${from}.`;
  const more = found > shownAtOnce ? `The ${shownAtOnce} commonest of ${found}` : found === 1 ? "One" : `${found}`;
  return `${more} found in ${from}.`;
}

function PathsSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-4">
      <span className="sr-only">Looking at the contacts</span>
      <Skeleton className="h-9 w-full" />
      {["w-40", "w-56", "w-48", "w-36", "w-52"].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}
