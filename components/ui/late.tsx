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

/** In their order: clicks and keys on those that do not, and every key after them, which may count on what they do. */
let kept: Event[] = [];

/** Those that were kept and are given to their parts. */
const repeated = new WeakSet<Event>();

/** How long an event waits for its part, in ms. Without a network the keys work again after that. */
const patience = 10_000;

/** For the outermost element of a late part: gives it the clicks and keys that were kept for it. */
export function useAwake<Kind extends HTMLElement>() {
  const ref = useRef<Kind>(null);
  useEffect(() => {
    if (!ref.current) return;
    awake.add(ref.current);
    void repeatKept();
  }, []);
  return { ref, "data-late": "" };
}

let repeating = false;

async function repeatKept(): Promise<void> {
  if (repeating) return;
  repeating = true;
  for (let [event] = kept; event && findAsleep(event) === null; [event] = kept) {
    // First React shows what the earlier ones have changed.
    await new Promise((shown) => setTimeout(shown));
    if (kept[0] === event) kept.shift();
    const Kind = event.constructor as typeof Event;
    const again = new Kind(event.type, event);
    repeated.add(again);
    if (event.defaultPrevented) event.target?.dispatchEvent(again);
  }
  repeating = false;
}

function listen(): void {
  for (const type of ["click", "keydown"]) window.addEventListener(type, keep, { capture: true });
}

/** The late part that an event is meant for, if it does not answer yet. */
function findAsleep({ target }: Event): Element | null {
  const part = target instanceof Element ? target.closest("[data-late]") : null;
  return part && !awake.has(part) ? part : null;
}

function keep(event: Event): void {
  const { target } = event;
  if (!(target instanceof Element) || repeated.has(event)) return;
  kept = kept.filter(({ timeStamp }) => event.timeStamp - timeStamp < patience);
  const follows = kept.length > 0 && event instanceof KeyboardEvent && !isOfField(event, target);
  if (!follows) {
    if (findAsleep(event) === null) return;
    if (isForBrowser(event, target)) {
      // The browser ticks it at once. What is done for it waits for the code, and so does every key after it.
      if (event.type === "click" && target.matches('input[type="checkbox"]')) kept.push(event);
      passOn(event, target);
      return;
    }
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  kept.push(event);
}

/**
 * Typing works without any code of ours, and so do links. But a page loaded anew loses what is typed in this one, so the
 * first click on a link waits. The second does not: the code may never come.
 */
function isForBrowser(event: Event, target: Element): boolean {
  if (event instanceof MouseEvent) {
    const link = target.closest("a");
    if (!link) return target.closest("label, input, textarea, select, summary") !== null;
    const elsewhere =
      event.ctrlKey || event.metaKey || event.shiftKey || link.target !== "" || link.hasAttribute("download");
    return elsewhere || kept.some((earlier) => earlier.target === target);
  }
  if (!(event instanceof KeyboardEvent)) return true;
  const key = pressedKey(event);
  if (key === "Enter") return !(target.matches("input") || event.ctrlKey || event.metaKey);
  return key === null || !key.startsWith("Arrow") || target.matches("textarea, select, [type=date]");
}

/**
 * Gives the window the keys that are for the whole desk, such as Ctrl+K. React stops every key on what has no code yet
 * before it comes there.
 */
function passOn(event: Event, target: Element): void {
  if (!(event instanceof KeyboardEvent) || isOfField(event, target)) return;
  event.stopImmediatePropagation();
  if (!window.dispatchEvent(new KeyboardEvent(event.type, event))) event.preventDefault();
}

/** Whether it types into a field, or moves in it. */
function isOfField(event: KeyboardEvent, target: Element): boolean {
  return target.matches('input:not([type="checkbox"]), textarea, select') && !event.ctrlKey && !event.metaKey;
}
