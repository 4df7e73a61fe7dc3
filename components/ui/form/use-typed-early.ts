"use client";
import { type RefObject, useEffect, useRef, useSyncExternalStore } from "react";

type TextField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Tells React what somebody typed or chose before it had loaded. When React takes over the server's page it ignores
 * that. The state would stay what the server sent, and the next render would restore it.
 * @param value the value that the field shows; without one the field keeps its own text, so nothing is done
 * @param onTyped takes the text; without it, the field is told by an event, which ends what an input method composes
 */
export function useTypedEarly(
  field: RefObject<TextField | null>,
  value: unknown,
  onTyped?: (text: string) => void,
): void {
  useOnceAwake(() => {
    const node = field.current;
    if (!node || value === undefined || value === null || node.value === String(value)) return;
    if (onTyped) onTyped(node.value);
    else sendAsTyped(node, String(value));
  });
}

/** The same for a check box or radio button. */
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

/** Runs once, and only if React has taken over an element that the server rendered. */
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

/** React ignores an event if the field's value equals the last one it knows, so that is first set to the old value. */
function sendAsTyped(node: TextField, before: string): void {
  const typed = node.value;
  node.value = before;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), "value")?.set?.call(node, typed);
  node.dispatchEvent(new Event(node instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
}
