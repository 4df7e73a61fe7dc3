"use client";
import { clsx } from "clsx";
import { Check, Minus } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { useAwake } from "@/components/ui/late";
import { useSettled } from "@/components/ui/use-settled";
import { InboxLink, useNavigation } from "@/components/views/navigation";
import { printCount } from "@/lib/desk/count";
import type { Loaded } from "@/lib/desk/load";
import type { FixedDays } from "@/lib/filter/days";
import { fields } from "@/lib/filter/fields";
import { type ContactFilter, withField } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import type { Facet, FacetValue } from "@/lib/list/facets";
import { DayRange } from "./day-range";
import { FacetHistogram } from "./facet-histogram";
import { InsightPaths } from "./insight-paths";
import { facetWords } from "./words";

export type FacetsProps = { filter: ContactFilter; days: FixedDays; facets: Promise<Loaded<Facet[]>> };

/** The facets once they are counted. */
export function LoadedFacets({ filter, days: fixed, facets }: FacetsProps) {
  const { value, stale } = useSettled(facets);
  const { go } = useNavigation();
  const late = useAwake<HTMLDivElement>();
  const days = <DayRange key={`${fixed.from} ${fixed.to}`} filter={filter} fixed={fixed} />;
  if (!value.ok) {
    return (
      <div {...late} className="contents">
        {days}
        <p className="text-ink-3">
          {facetWords.notCounted} {value.message}
        </p>
        <Button size="small" className="self-start" onClick={() => go(window.location.href, { replace: true })}>
          Try again
        </Button>
      </div>
    );
  }
  const [status, ...others] = value.value.filter(({ values }) => values.length > 0);
  return (
    <div {...late} className="contents" data-pending={stale || undefined}>
      {status ? <FacetSection facet={status} filter={filter} /> : null}
      {days}
      {others.map((facet) =>
        fields[facet.key].belowPaths ? null : <FacetSection key={facet.key} facet={facet} filter={filter} />,
      )}
      <InsightPaths filter={filter} />
      {others.map((facet) =>
        fields[facet.key].belowPaths ? <FacetSection key={facet.key} facet={facet} filter={filter} /> : null,
      )}
      {value.value.every(({ exact }) => exact) ? null : (
        <p className="text-[11.5px] text-ink-3">{facetWords.partlyCounted}</p>
      )}
    </div>
  );
}

function FacetSection({ facet, filter }: { facet: Facet; filter: ContactFilter }) {
  const open = !fields[facet.key].folded || filter.fields[facet.key] !== undefined;
  const [unfolded, setUnfolded] = useState(open);
  const id = useId();
  const see = (details: HTMLDetailsElement | null) => {
    if (details?.open) setUnfolded(true);
  };
  return (
    // One stop of the Tab key, so that whoever uses the keyboard is soon at the list.
    <div role="toolbar" aria-orientation="vertical" aria-labelledby={id}>
      {/* It may have been opened before React was loaded. */}
      <details open={open} ref={see} onToggle={(event) => see(event.currentTarget)} className="group">
        <summary className="mb-1 flex list-none items-center rounded-[4px] text-[11.5px] font-semibold text-ink-2 [&::-webkit-details-marker]:hidden">
          <span id={id}>{facet.label}</span>
          <span aria-hidden="true" className="ml-auto text-ink-3 transition-transform group-open:rotate-90">
            ›
          </span>
        </summary>
        <FacetHistogram facet={facet} filter={filter} />
        <ul aria-labelledby={id}>
          {unfolded || open
            ? facet.values.map((value) => <FacetLine key={value.value} facet={facet} value={value} filter={filter} />)
            : null}
        </ul>
      </details>
    </div>
  );
}

function FacetLine({ facet, value, filter }: { facet: Facet; value: FacetValue; filter: ContactFilter }) {
  const { go } = useNavigation();
  const { key } = facet;
  const all = filter.fields[key]?.all.includes(value.value) ?? false;
  const without = value.excluded
    ? withField(filter, key, { mode: "none", remove: [value.value] })
    : withField(filter, key, { mode: all ? "all" : "any", remove: [value.value] });
  const asked = value.selected || value.excluded;
  const included = contactsHref(asked ? without : withField(filter, key, { add: [value.value] }));
  const excluded = contactsHref(
    value.excluded ? without : withField(filter, key, { mode: "none", add: [value.value] }),
  );
  return (
    <li className="group/line facet-line">
      <InboxLink
        href={included}
        tabIndex={-1}
        aria-current={asked ? "true" : undefined}
        onClick={(event) => {
          if (!event.altKey) return;
          // With Alt the browser would download the link; here it excludes the value.
          event.preventDefault();
          go(excluded);
        }}
        className={asked ? "facet-value" : "facet-value facet-free"}
      >
        {asked ? <Mark excluded={value.excluded} /> : null}
        <span dir="auto" className={value.excluded ? "truncate line-through" : "truncate"} title={value.label}>
          {value.excluded ? <span className="sr-only">{facetWords.not} </span> : null}
          {value.label}
        </span>
        <span className="facet-count">{printCount({ ...value, exact: facet.exact })}</span>
      </InboxLink>
      <InboxLink
        href={excluded}
        tabIndex={-1}
        aria-label={value.excluded ? facetWords.stopExcluding(value.label) : facetWords.exclude(value.label)}
        title={value.excluded ? facetWords.stopExcludingHint : facetWords.excludeHint}
        className="facet-without"
      />
    </li>
  );
}

/** The mark of a value that is included or excluded. The empty box of the others is drawn by their class. */
function Mark({ excluded }: { excluded: boolean }) {
  const Icon = excluded ? Minus : Check;
  return (
    <span
      aria-hidden="true"
      className={clsx("facet-box text-panel", excluded ? "border-fail bg-fail" : "border-accent bg-accent")}
    >
      <Icon size={10} strokeWidth={3.5} />
    </span>
  );
}
