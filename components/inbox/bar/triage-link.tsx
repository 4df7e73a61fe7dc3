"use client";
import { Zap } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Suspense } from "react";
import { inboxWords } from "@/components/inbox/words";
import { KeyHint } from "@/components/keys/key-hint";
import { useCommands } from "@/components/keys/obeyed";
import { Button } from "@/components/ui/button";
import { useSettled } from "@/components/ui/use-settled";
import { useNavigation } from "@/components/views/navigation";
import { isOpen } from "@/lib/contact/status";
import type { ContactFilter } from "@/lib/filter/filter";
import { triageHref } from "@/lib/triage/queue";
import type { InboxProps } from "../inbox-props";

type TriageLinkProps = Pick<InboxProps, "filter" | "facets"> & {
  rows: { status: string | null }[];
  /** Whether these rows are all that match. */
  whole: boolean;
};

/**
 * The link from the filtered list to triage of its contacts: those with the statuses in the filter, or else the open
 * ones. If none of them is open, there is nothing to triage and no link.
 */
export function TriageLink({ filter, facets, rows, whole }: TriageLinkProps) {
  if (rows.length === 0) return null;
  if (filter.fields.status || rows.some(({ status }) => isOpen(status))) return <Way filter={filter} />;
  return whole ? null : (
    <Suspense>
      <CountedWay filter={filter} facets={facets} />
    </Suspense>
  );
}

/** No contact on this page is open, so the facet counts decide whether there are open ones on other pages. */
function CountedWay({ filter, facets }: Pick<InboxProps, "filter" | "facets">) {
  const { value, stale } = useSettled(facets);
  const status = value.ok ? value.value.find(({ key }) => key === "status") : undefined;
  const decided = status?.exact && !status.values.some(({ value, count }) => count > 0 && isOpen(value));
  return stale || decided ? null : <Way filter={filter} />;
}

/** Triage keeps the list's order, and the view for the way back. */
function Way({ filter }: { filter: ContactFilter }) {
  const router = useRouter();
  const href = useNavigation().keepView(triageHref(filter));
  useCommands("list", { "triage these": () => () => router.push(href) });
  return (
    <Button asChild size="small" className="max-md:size-8 max-md:p-0">
      <Link href={href} prefetch={false} title={inboxWords.triageHint}>
        <Zap size={13} aria-hidden="true" />
        <span className="max-lg:sr-only">{filter.fields.status ? inboxWords.triageThese : inboxWords.triageOpen}</span>
        <span className="max-lg:hidden">
          <KeyHint command="triage these" bare />
        </span>
      </Link>
    </Button>
  );
}
