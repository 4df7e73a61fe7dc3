"use client";
import { useState } from "react";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { useNavigation } from "@/components/views/navigation";
import { fields } from "@/lib/filter/fields";
import { type ContactFilter, withField } from "@/lib/filter/filter";
import {
  type Handles,
  type Histogram,
  histogramOf,
  isBarAsked,
  placeHandles,
  rangeBetween,
} from "@/lib/filter/histograms";
import { contactsHref } from "@/lib/filter/url";
import type { Facet } from "@/lib/list/facets";
import { facetWords } from "./words";

/** The slider. Its code comes once the facets are shown; until then a picture of it is in its place. */
const later = fetchedLater(() => import("./range-slider"));

/** The code may fail to come. The values below the picture do the same. */
const ignored = () => undefined;

type FacetHistogramProps = { facet: Facet; filter: ContactFilter };

/** How a facet's numbers are spread, with two handles that choose a range; nothing for a facet without numbers. */
export function FacetHistogram({ facet, filter }: FacetHistogramProps) {
  const histogram = histogramOf(facet.key);
  const asked = listRanges(filter, facet);
  const isDrawn = facet.bars?.some((contacts) => contacts > 0) || asked.length > 0;
  return histogram && isDrawn ? <Drawn facet={facet} filter={filter} histogram={histogram} asked={asked} /> : null;
}

/** The ranges that the filter asks for, without "not given". */
function listRanges(filter: ContactFilter, { key }: Facet): string[] {
  return filter.fields[key]?.any.filter((value) => value !== "") ?? [];
}

/**
 * Where a person has set the handles, and whether they are still moving them. `sent` is the range, "" for none, whose
 * list is on its way; null if no list is.
 */
type Held = { handles: Handles; moving: boolean; sent: string | null };

type DrawnProps = FacetHistogramProps & { histogram: Histogram; asked: string[] };

function Drawn({ facet, filter, histogram, asked }: DrawnProps) {
  const { go } = useNavigation();
  const [held, setHeld] = useState<Held | null>(null);
  // Once another filter is there, the handles stand where it says, unless they are being moved again.
  const current = asked.join();
  const [seen, setSeen] = useState(current);
  if (seen !== current) {
    setSeen(current);
    setHeld(held?.moving ? { ...held, sent: null } : null);
  }
  const slider = useFetched(later, true, ignored);
  const handles = held?.handles ?? placeHandles(histogram, asked);
  const chosen = held ? [rangeBetween(histogram, held.handles) ?? []].flat() : asked;
  const text = chosen.length > 0 ? chosen.map((range) => fields[facet.key].labelOf(range)).join(", ") : facetWords.any;

  function choose(moved: Handles) {
    const range = rangeBetween(histogram, moved) ?? "";
    const sent = held?.sent ?? null;
    // They are back where they were.
    if (range === (sent ?? current)) return setHeld(sent === null ? null : { handles: moved, moving: false, sent });
    setHeld({ handles: moved, moving: false, sent: range });
    const without = withField(filter, facet.key, { remove: asked });
    go(contactsHref(range === "" ? without : withField(without, facet.key, { add: [range] })));
  }
  return (
    <div className="mb-1.5">
      <Bars facet={facet} histogram={histogram} asked={chosen} />
      {slider ? (
        <slider.RangeSlider
          label={facet.label}
          text={text}
          histogram={histogram}
          handles={handles}
          onMove={(moved) => setHeld({ handles: moved, moving: true, sent: held?.sent ?? null })}
          onChoose={choose}
        />
      ) : (
        <SliderPicture histogram={histogram} handles={handles} />
      )}
      <p className="flex justify-between gap-2 px-2 text-[11.5px] text-ink-3" aria-hidden="true">
        <span>0</span>
        <span className="min-w-0 truncate text-ink-2" title={text}>
          {text}
        </span>
        <span>{histogram.orMore ? `${histogram.most}+` : histogram.most}</span>
      </p>
    </div>
  );
}

/** How much of the height a bar has at least, in per cent, so that one contact among thousands is seen. */
const leastHeight = 6;

/** The bars; screen readers have the numbers in the values below. */
function Bars({ facet, histogram, asked }: { facet: Facet; histogram: Histogram; asked: string[] }) {
  const contacts = facet.bars ?? [];
  const most = Math.max(1, ...contacts);
  // A single number has its bar in the middle above it, and so half of the first one is before 0.
  const beside = histogram.orMore ? `calc(12px - (100% - 24px) / ${2 * (histogram.bars.length - 1)})` : "12px";
  return (
    <div aria-hidden="true" className="histogram" style={{ paddingInline: beside }}>
      {histogram.bars.map((bar, at) => {
        const count = contacts[at] ?? 0;
        const height = count === 0 ? 0 : Math.max(leastHeight, Math.round((count / most) * 100));
        return (
          <span
            key={bar}
            title={facetWords.bar(fields[facet.key].labelOf(bar), count, facet.exact)}
            data-paint="block"
            data-asked={asked.length === 0 || isBarAsked(histogram, bar, asked) || undefined}
            className="histogram-bar"
            style={{ backgroundSize: `100% ${height}%` }}
          />
        );
      })}
    </div>
  );
}

/** What the slider looks like, before its code is there. */
function SliderPicture({ histogram: { most }, handles: [from, to] }: { histogram: Histogram; handles: Handles }) {
  const share = (number: number) => `${(number / most) * 100}%`;
  return (
    <div aria-hidden="true" className="range-slider">
      <span className="range-track" data-paint="block">
        <span className="range-chosen" style={{ left: share(from), right: share(most - to) }} />
      </span>
      {[from, to].map((number, at) => (
        <span key={at === 0 ? "from" : "to"} className="absolute -translate-x-1/2" style={{ left: share(number) }}>
          <span className="range-handle" />
        </span>
      ))}
    </div>
  );
}
