import { isStatus, type Status, statuses, statusOrder } from "@/lib/contact/status";

export type InboxCommand =
  | "next"
  | "previous"
  | "open"
  | "back"
  | "select"
  | "select range"
  | "undo"
  | "search"
  | Status;

export type InboxKey = { command: InboxCommand; keys: string[]; label: string };

/** The one table of the inbox's keys: what the keyboard obeys, and what the help shows. `keys` are KeyboardEvent.key. */
export const inboxKeys: InboxKey[] = [
  { command: "next", keys: ["j", "ArrowDown"], label: "Next contact" },
  { command: "previous", keys: ["k", "ArrowUp"], label: "Previous contact" },
  { command: "open", keys: ["Enter"], label: "Open" },
  { command: "back", keys: ["Escape"], label: "Clear the selection, close" },
  { command: "select", keys: ["x"], label: "Select" },
  { command: "select range", keys: ["X"], label: "Select up to here" },
  ...statusOrder.map((status) => ({ command: status, keys: [statuses[status].key], label: statuses[status].label })),
  { command: "undo", keys: ["z"], label: "Undo" },
  { command: "search", keys: ["/"], label: "Search" },
];

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** The command of a key press, if it has one; never with Ctrl, Alt or Meta, which are the browser's. */
export function findCommand({ key, ctrlKey, metaKey, altKey }: Press): InboxCommand | null {
  if (ctrlKey || metaKey || altKey) return null;
  return inboxKeys.find(({ keys }) => keys.includes(key))?.command ?? null;
}

/** The status a command sets, if it sets one. */
export function statusOf(command: InboxCommand): Status | null {
  return isStatus(command) ? command : null;
}
