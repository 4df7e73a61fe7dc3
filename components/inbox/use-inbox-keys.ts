"use client";
import { useEffect, useEffectEvent } from "react";
import { findCommand, type InboxCommand } from "./keys";

/** Calls `obey` for each key press that is a command; silent while typing and while a dialog or menu is open. */
export function useInboxKeys(obey: (command: InboxCommand) => boolean): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event.target) || isCovered()) return;
    const command = findCommand(event);
    if (!command || !isForList(command, event)) return;
    if (obey(command)) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function isCovered(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]') !== null;
}

/** Enter belongs to the link or button that has the focus; arrows scroll what is not the list. */
function isForList(command: InboxCommand, event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : document.body;
  if (command === "open") return !target.closest("a, button, summary");
  if (event.key.startsWith("Arrow")) return target === document.body || target.closest("[data-list]") !== null;
  return true;
}
