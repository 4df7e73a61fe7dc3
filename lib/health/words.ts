import { formatCount } from "@/lib/desk/wording";

/** A time in ms as a person says it: "0.4 ms", "41 ms", "3.2 s", "14 min". */
export function formatTaken(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${formatCount(Math.round(minutes / 60))} h`;
}

/** A number of many digits, rounded: "4,100", "1.2 million". */
export function formatMany(count: number): string {
  if (count < 1_000_000) return formatCount(Math.round(count));
  const [unit, size] = count < 1e9 ? ["million", 1e6] : ["billion", 1e9];
  return `${(count / (size as number)).toFixed(1)} ${unit}`;
}

/** Part of a whole: "0 %", "< 0.1 %", "0.4 %", "12 %". */
export function formatShare(part: number, whole: number): string {
  const percent = whole > 0 ? (part / whole) * 100 : 0;
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

const states: Record<string, string> = {
  active: "Running a statement",
  idle: "Idle",
  "idle in transaction": "Idle in a transaction",
  "idle in transaction (aborted)": "Idle in a failed transaction",
  "fastpath function call": "Calling a function",
  disabled: "Not tracked",
};

/** What a session does. */
export function describeState(state: string | null): string {
  return state === null ? "Not visible" : (states[state] ?? state);
}

const targets: Record<string, string> = {
  transactionid: "a row that another is changing",
  tuple: "a row",
  virtualxid: "a transaction to end",
  advisory: "an advisory lock",
  extend: "room in a table",
  object: "an object of the database",
};

/** What a lock is on: a table's name, or what the kind of lock says. */
export function describeTarget(target: string): string {
  return targets[target] ?? target;
}

const screens: Record<string, string> = {
  "/": "The first page",
  "/account": "Account",
  "/analytics": "Analytics",
  "/contacts": "Inbox",
  "/contacts/[id]": "A contact",
  "/contacts/open": "A contact",
  "/database": "Database, this page",
  "/documents/[id]": "A document",
  "/export/contacts": "Export",
  "/history": "History",
  "/settings": "Settings",
  "/sign-in": "Sign in",
  "/staff": "Staff",
  "/triage": "Triage",
  "/api/auth/[...nextauth]": "Signing in",
  "/api/live": "Opening live news",
  "/api/metrics": "Metrics",
  live: "Live news",
  bulk: "Large changes",
  "pending words": "Search index",
  other: "Everything else",
};

/** A screen by the name that people know it by; an action by its own. */
export function nameScreen(screen: string): string {
  return screens[screen] ?? screen;
}
