"use client";
import { Activity, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { pressedKey } from "./pressed-key";

/**
 * Around a part of the page whose code comes after the page's own: a `lazy` component that the server renders like any
 * other. Everything around it already works while its HTML waits for the code. Meanwhile clicks and keys on it are kept
 * (`useAwake`), and it keeps its first props: React would replace the page by its skeleton to show it new ones.
 * So the part must not read a context that changes in between. Unlike Suspense, Activity leaves the HTML in its place.
 */
export function Late({ children }: { children: ReactNode }) {
  const [awake, setAwake] = useState(false);
  const wake = useCallback(() => setAwake(true), []);
  const part = (
    <Activity>
      {children}
      <Mounted act={wake} />
    </Activity>
  );
  // The very same element, so that React has nothing to update in it.
  const [first] = useState(part);
  useEffect(() => listen(), []);
  return awake ? part : first;
}

function Mounted({ act }: { act: () => void }) {
  useEffect(act, [act]);
  return null;
}

/** The late parts that answer by now. */
const awake = new WeakSet<Element>();

/** Clicks and keys on those that do not. */
let kept: Event[] = [];

/** For the outermost element of a late part: gives it the clicks and keys that were kept for it. */
export function useAwake<Kind extends HTMLElement>() {
  const ref = useRef<Kind>(null);
  useEffect(() => {
    if (ref.current) void repeatKept(ref.current);
  }, []);
  return { ref, "data-late": "" };
}

async function repeatKept(part: Element): Promise<void> {
  awake.add(part);
  const own = kept.filter(({ target }) => target instanceof Node && part.contains(target));
  kept = kept.filter((event) => !own.includes(event));
  for (const event of own) {
    // First React shows what the earlier ones have changed.
    await new Promise((shown) => setTimeout(shown));
    const Kind = event.constructor as typeof Event;
    event.target?.dispatchEvent(new Kind(event.type, event));
  }
}

function listen(): void {
  for (const type of ["click", "keydown"]) window.addEventListener(type, keep, { capture: true });
}

function keep(event: Event): void {
  const { target } = event;
  const part = target instanceof Element ? target.closest("[data-late]") : null;
  if (!(target instanceof Element) || !part || awake.has(part) || isForBrowser(event, target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  kept.push(event);
}

/** Links, check boxes and typing work without any code of ours. */
function isForBrowser(event: Event, target: Element): boolean {
  if (!(event instanceof KeyboardEvent)) return target.closest("a, label, input, textarea, select, summary") !== null;
  const key = pressedKey(event);
  if (key === "Enter") return !(target.matches("input") || event.ctrlKey || event.metaKey);
  return key === null || !key.startsWith("Arrow") || target.matches("textarea, select, [type=date]");
}
