"use client";
import { clsx } from "clsx";
import { Suspense, useState, useTransition } from "react";
import { inboxWords } from "@/components/inbox/words";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useSettled } from "@/components/ui/use-settled";
import { useTellCount } from "@/components/views/views";
import { type Count, printCount } from "@/lib/desk/count";
import type { Loaded } from "@/lib/desk/load";
import { deskWords } from "@/lib/desk/wording";
import { type ContactFilter, hasConditions } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";
import { countAllMatching } from "@/lib/list/actions";

type CountsProps = {
  filter: ContactFilter;
  matching: Promise<Loaded<Count>>;
  total: Promise<Loaded<Count>>;
};

/** How many contacts match, and out of how many; streamed in after the rows. */
export function Counts(props: CountsProps) {
  return (
    <div className="flex min-w-0 items-center gap-2 text-ink-2 tabular-nums" aria-live="polite">
      <Suspense fallback={<Skeleton className="my-1 h-3 w-36" />}>
        <LoadedCounts {...props} />
      </Suspense>
    </div>
  );
}

function LoadedCounts({ filter, matching, total }: CountsProps) {
  const all = useSettled(total);
  const some = useSettled(matching);
  const query = printFilter(filter).toString();
  useTellCount("", all.value.ok && !all.stale ? all.value.value : null);
  useTellCount(query, some.value.ok && !some.stale && hasConditions(filter) ? some.value.value : null);
  if (!all.value.ok || !some.value.ok) {
    return inboxWords.notCounted(some.value.ok ? inboxWords.databaseBusy : some.value.message);
  }
  const filtered = hasConditions(filter);
  const shown = filtered ? some.value.value : all.value.value;
  return (
    // Keyed by filter, because an exact number belongs to one list; the next list starts with its own estimate.
    <ExactCount key={query} query={query} counted={shown} stale={some.stale}>
      {filtered ? (
        <>
          <span className="max-md:sr-only">{inboxWords.matching} </span>
          <span className={all.value.value.exact ? "text-ink-3" : "text-ink-3 max-md:sr-only"}>
            {inboxWords.of(printCount(all.value.value))}
          </span>
        </>
      ) : (
        <span className="max-md:sr-only">{shown.count === 1 ? "contact" : "contacts"}</span>
      )}
    </ExactCount>
  );
}

const unanswered: Loaded<Count> = { ok: false, message: deskWords.unreachable };

type ExactCountProps = { query: string; counted: Count; stale: boolean; children: React.ReactNode };

/** A count; if it is inexact, with a button to count exactly, which may take seconds. */
function ExactCount({ query, counted, stale, children }: ExactCountProps) {
  const [answer, setAnswer] = useState<Loaded<Count> | null>(null);
  const [pending, startTransition] = useTransition();
  const exact = !counted.exact && answer?.ok ? answer.value : null;
  const count = () => startTransition(async () => setAnswer(await countAllMatching(query).catch(() => unanswered)));
  const open = !counted.exact && !exact;
  return (
    // On a phone there is room for the number only, so the number itself is the button.
    <span className="relative flex min-w-0 items-center gap-2">
      <span className={clsx("min-w-0 truncate", stale && "text-ink-3", open && "max-md:shrink-0")}>
        <b
          className={clsx(
            "font-semibold",
            !stale && "text-ink",
            open && "max-md:underline max-md:decoration-dotted max-md:underline-offset-4",
          )}
        >
          {printCount(exact ?? counted)}
        </b>{" "}
        {exact ? <span className="max-md:sr-only">{inboxWords.exactly} </span> : null}
        {children}
      </span>
      {open ? (
        <Button
          size="small"
          look="quiet"
          className="shrink-0 max-md:absolute max-md:-inset-2 max-md:h-auto max-md:opacity-0"
          disabled={pending}
          onClick={count}
        >
          {pending ? inboxWords.counting : inboxWords.countExactly}
        </Button>
      ) : null}
      {answer && !answer.ok && !pending ? <span role="alert">{answer.message}</span> : null}
    </span>
  );
}
