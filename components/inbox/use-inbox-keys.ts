"use client";
import { useKeys } from "@/components/change/use-keys";
import { findCommand, type InboxCommand } from "./keys";

/** Calls `obey` for each key press that is a command of the inbox; it says whether it did anything. */
export function useInboxKeys(obey: (command: InboxCommand) => boolean): void {
  useKeys((event) => {
    const command = findCommand(event);
    return command !== null && isForList(command, event) && obey(command);
  });
}

/** Enter belongs to the link or button that has the focus; arrows scroll what is not the list. */
function isForList(command: InboxCommand, event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : document.body;
  if (command === "open") return !target.closest("a, button, summary");
  if (event.key.startsWith("Arrow")) return target === document.body || target.closest("[data-list]") !== null;
  return true;
}
