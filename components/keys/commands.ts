/**
 * The one table of commands. The keyboard, the help, the palette and the hints in menus are built from it. A command
 * that is not here has no key, and one that is here appears in all four.
 *
 * To run a command, a client component calls `useCommands` (obeyed.ts) with what it can do right now:
 *
 *     useCommands("contact", { assign: when(!busy, () => setMenuOpen(true)) }, contact.name);
 *
 * - An offer gives null while it cannot run: its key then does nothing, and the palette leaves it out.
 * - If several components offer the same command, the scope decides: an earlier one in `keyScopes` wins. So the current
 *   row comes before the contact open beside the list.
 * - To add a command, add a row below, with its keys as `readPress` (press.ts) names them. A page gets its key in
 *   components/desk/pages.ts, and a status in lib/contact/status.ts.
 * - An entry for the palette that is not a command (a view, a person) is added with `useEntries` (entries.ts).
 * - Show a command's key with <KeyHint command="assign" />: it disappears when keys are switched off.
 */
import { pages } from "@/components/desk/pages";
import { type Status, statuses, statusOrder } from "@/lib/contact/status";

/** The key scopes, in the order in which they are searched for a command. */
export const keyScopes = ["triage", "list", "contact", "desk"] as const;

export type KeyScope = (typeof keyScopes)[number];

/** The groups of the help and the palette, in their order. */
export const groups = {
  decide: "Contact, or selected contacts",
  list: "List, triage and contact page",
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
  | "zoom in"
  | "zoom out"
  | "zoom to fit"
  | `go ${string}`
  | "undo"
  | "help"
  | "palette";

export type Command = {
  id: CommandId;
  label: string;
  /** The keys that run it, each on its own. A sequence has a blank between its presses: "g c". */
  keys: string[];
  group: Group;
  /** The scopes in which it may run. */
  scopes: readonly KeyScope[];
  /** Whether holding the key repeats it. */
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
  { id: "spam with a reason", label: "Mark as spam, with a reason", keys: ["Shift+s"], ...decide },
  { id: "duplicate", label: "Mark as a duplicate", keys: ["d"], ...decide },
  { id: "note", label: "Add a note", keys: ["n"], ...decide },
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
  { id: "back", label: "Clear selection, close, go back", keys: ["Escape"], group: "list", scopes: decide.scopes },
  { id: "select", label: "Select", keys: ["x"], ...list },
  { id: "select range", label: "Select range", keys: ["Shift+x"], ...list },
  { id: "search", label: "Search", keys: ["/"], ...list },
  { id: "triage these", label: "Triage these contacts", keys: ["t"], ...list },
  { id: "zoom in", label: "Zoom in on the document", keys: ["+", "="], ...decide, group: "list" },
  { id: "zoom out", label: "Zoom out", keys: ["-"], ...decide, group: "list" },
  { id: "zoom to fit", label: "Fit the document", keys: ["0"], ...decide, group: "list" },
  ...pages.flatMap(({ href, label, key }): Command[] =>
    key ? [{ id: `go ${href}`, label, keys: [`g ${key}`], group: "go", scopes: ["desk"] }] : [],
  ),
  { id: "undo", label: "Undo the last change", keys: ["z"], group: "desk", scopes: ["triage", "desk"] },
  { id: "palette", label: "Command palette", keys: ["Mod+k"], ...desk },
  { id: "help", label: "Keyboard shortcuts", keys: ["?"], ...desk },
];

/** A command by its id. */
export function findCommand(id: CommandId): Command | undefined {
  return commands.find((command) => command.id === id);
}
