/**
 * The one table of commands. The keyboard, the help, the palette and the hints in menus are made from it, so what is not
 * here has no key, and what is here is in all four.
 *
 * To obey a command, a client component calls `useCommands` (obeyed.ts) with what it could do at this moment:
 *
 *     useCommands("contact", { assign: when(!busy, () => setMenuOpen(true)) }, contact.name);
 *
 * - An offer gives null while it cannot be done: its key does nothing then, and the palette leaves it out.
 * - Where several offer the same command, the scope decides: what is earlier in `keyScopes` goes first. So a row in hand
 *   comes before the contact that is open beside the list.
 * - A new command is a row below, with its keys as `readPress` (press.ts) names them. A page gets its key in
 *   components/desk/pages.ts, as soon as there is one; a status in lib/contact/status.ts.
 * - What is not a command but should be found in the palette (a view, a person) is added with `useEntries` (entries.ts).
 * - Show a command's key with <KeyHint command="assign" />: it goes where the keys are switched off.
 */
import { pages } from "@/components/desk/pages";
import { type Status, statuses, statusOrder } from "@/lib/contact/status";

/** Where commands are obeyed, the closest to the hand first. */
export const keyScopes = ["triage", "list", "contact", "desk"] as const;

export type KeyScope = (typeof keyScopes)[number];

/** The parts of the help and of the palette, in their order. */
export const groups = {
  decide: "On a contact, or the selected ones",
  list: "In the list, in triage and on a contact's own page",
  go: "Go to",
  desk: "Everywhere",
} as const;

export type Group = keyof typeof groups;

export type CommandId =
  | Status
  | "assign"
  | "assign to me"
  | "snooze"
  | "spam with a reason"
  | "duplicate"
  | "note"
  | "next"
  | "previous"
  | "open"
  | "back"
  | "select"
  | "select range"
  | "search"
  | "triage these"
  | `go ${string}`
  | "undo"
  | "help"
  | "palette";

export type Command = {
  id: CommandId;
  label: string;
  /** Each of them does it. A sequence has its presses apart: "g c". */
  keys: string[];
  group: Group;
  /** Where it may be obeyed. */
  scopes: readonly KeyScope[];
  /** Whether a key that is held goes on doing it. */
  repeats?: boolean;
};

const decide = { group: "decide", scopes: ["triage", "list", "contact"] } as const;
const list = { group: "list", scopes: ["list"] } as const;
const desk = { group: "desk", scopes: ["desk"] } as const;

export const commands: Command[] = [
  ...statusOrder.map(
    (status): Command => ({
      id: status,
      label: `Set to ${statuses[status].label}`,
      keys: [statuses[status].key],
      ...decide,
    }),
  ),
  { id: "assign", label: "Assign", keys: ["a"], ...decide },
  { id: "assign to me", label: "Assign to me", keys: ["i"], ...decide },
  { id: "snooze", label: "Snooze", keys: ["s"], ...decide },
  { id: "spam with a reason", label: "Spam, with a reason", keys: ["Shift+s"], ...decide },
  { id: "duplicate", label: "Duplicate of another", keys: ["d"], ...decide },
  { id: "note", label: "Write a note", keys: ["n"], ...decide },
  { id: "next", label: "Next contact", keys: ["j", "ArrowDown"], group: "list", scopes: decide.scopes, repeats: true },
  {
    id: "previous",
    label: "Previous contact",
    keys: ["k", "ArrowUp"],
    group: "list",
    scopes: decide.scopes,
    repeats: true,
  },
  { id: "open", label: "Open", keys: ["Enter"], ...list },
  { id: "back", label: "Clear the selection, close, go back", keys: ["Escape"], group: "list", scopes: decide.scopes },
  { id: "select", label: "Select", keys: ["x"], ...list },
  { id: "select range", label: "Select up to here", keys: ["Shift+x"], ...list },
  { id: "search", label: "Search", keys: ["/"], ...list },
  { id: "triage these", label: "Triage what the filter lists", keys: ["t"], ...list },
  ...pages.flatMap(({ href, label, key }): Command[] =>
    key ? [{ id: `go ${href}`, label, keys: [`g ${key}`], group: "go", scopes: ["desk"] }] : [],
  ),
  { id: "undo", label: "Undo the last change", keys: ["z"], group: "desk", scopes: ["triage", "desk"] },
  { id: "palette", label: "Everything", keys: ["Mod+k"], ...desk },
  { id: "help", label: "All keys", keys: ["?"], ...desk },
];

/** A command by its id. */
export function findCommand(id: CommandId): Command | undefined {
  return commands.find((command) => command.id === id);
}
