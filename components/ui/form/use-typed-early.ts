"use client";
import { type RefObject, useEffect, useRef, useSyncExternalStore } from "react";

type TextField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Tells React what somebody typed or chose before the page was awake. React does not look at it when it takes over the
 * server's page: the field's state would stay what the server sent, and the next render would put that back.
 * @param value what the field is given to show; nothing is done for a field without one, which keeps its own text
 */
export function useTypedEarly(field: RefObject<TextField | null>, value: unknown): void {
  useOnceAwake(() => {
    const node = field.current;
    if (!node || value === undefined || value === null || node.value === String(value)) return;
    sendAsTyped(node, String(value));
  });
}

/** The same for a check box or a radio button. */
export function useCheckedEarly(
  box: RefObject<HTMLInputElement | null>,
  checked: boolean,
  onCheck: (checked: boolean) => void,
): void {
  useOnceAwake(() => {
    const node = box.current;
    if (node && node.checked !== checked) onCheck(node.checked);
  });
}

/** Runs once, and only where React has taken over an element that the server made. */
function useOnceAwake(act: () => void): void {
  const fromServer = useSyncExternalStore(noChanges, isNever, isAlways);
  const first = useRef(fromServer ? act : null);
  useEffect(() => {
    first.current?.();
    first.current = null;
  }, []);
}

const noChanges = () => () => undefined;
const isNever = () => false;
const isAlways = () => true;

/** React takes no notice of an event after which the field's value is what it has seen last: show it the old one first. */
function sendAsTyped(node: TextField, before: string): void {
  const typed = node.value;
  node.value = before;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), "value")?.set?.call(node, typed);
  node.dispatchEvent(new Event(node instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
}
