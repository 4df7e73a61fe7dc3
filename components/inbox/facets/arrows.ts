import { pressedKey } from "@/components/ui/pressed-key";

/**
 * Lets the arrow keys move within each facet below an element. A facet is one stop of the Tab key, so that whoever uses
 * the keyboard is soon at the list. Called again, it changes nothing.
 */
export function obeyArrows(filters: HTMLElement): void {
  filters.addEventListener("keydown", moveWithin);
}

function moveWithin(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const facet = target.closest('[role="toolbar"]');
  const stops = [...(facet?.querySelectorAll<HTMLElement>("summary, a") ?? [])];
  const at = stops.indexOf(target);
  const place = (stops[0]?.matches("summary") ? placesInFacet(at, stops.length) : placesInRow(at))[
    pressedKey(event) ?? ""
  ];
  if (at < 0 || place === undefined) return;
  event.preventDefault();
  stops[place]?.focus();
}

type Places = Partial<Record<string, number>>;

/**
 * Up and down between the title and the values, left and right between a value and its exclusion. After the title come
 * two links for each value: the value at odd places, its exclusion at even ones.
 */
function placesInFacet(at: number, length: number): Places {
  return {
    ArrowDown: at === 0 ? 1 : at + 2,
    ArrowUp: Math.max(at - 2, 0),
    ArrowRight: at % 2 === 1 ? at + 1 : at,
    ArrowLeft: at % 2 === 0 ? Math.max(at - 1, 0) : at,
    Home: 0,
    End: length - 2,
  };
}

/** In a row of links, of which one is a stop of the Tab key. */
function placesInRow(at: number): Places {
  return { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1 };
}
