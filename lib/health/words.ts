import type { ReplicaState } from "@/lib/database/replica/replica-watch";
import { formatBytes } from "@/lib/desk/bytes";
import { formatCount } from "@/lib/desk/wording";

/** A time in ms, readable: "0.4 ms", "41 ms", "3.2 s", "14 min". */
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

/** A share in per cent: "0 %", "< 0.1 %", "0.4 %", "12 %". */
export function formatShare(part: number, whole: number): string {
  const percent = whole > 0 ? (part / whole) * 100 : 0;
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/**
 * Which processes the numbers cover: "all 4 processes of this server together", "3 of this server's 4 processes, the
 * other did not answer".
 */
export function describeProcesses({ processes, silent }: { processes: number; silent: number }): string {
  const all = processes + silent;
  if (all === 1) return "the one process of this server";
  if (silent === 0) return `all ${all} processes of this server together`;
  return `${processes} of this server's ${all} processes, ${silent === 1 ? "the other" : "the others"} did not answer`;
}

/** Seconds that a server's clock may be off before it is reported, as in the alert DeskClockWrong. */
const mostOff = 5;

/**
 * Says that this server's clock is wrong: "this server's clock is 5 h ahead of the database's". Null if it is right or
 * unknown.
 */
export function describeClock(difference: number | null): string | null {
  if (difference === null || Math.abs(difference) <= mostOff) return null;
  const way = difference > 0 ? "ahead of" : "behind";
  return `this server's clock is ${formatTaken(Math.abs(difference) * 1_000)} ${way} the database's`;
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
  "/export/person": "A person's archive",
  "/history": "History",
  "/settings": "Settings",
  "/settings/person": "A person's data",
  "/sign-in": "Sign in",
  "/staff": "Staff",
  "/triage": "Triage",
  "/api/auth/[...nextauth]": "Signing in",
  "/api/find": "Command palette",
  "/api/live": "Opening live news",
  "/api/metrics": "Metrics",
  live: "Live news",
  bulk: "Large changes",
  backup: "Backups",
  retention: "Removal by age",
  months: "Months of history and events",
  "forgotten files": "Files of the forgotten",
  "pending words": "Search index",
  replica: "Looking at the replica",
  other: "Everything else",
};

/** A screen by its name in the interface. An action keeps its own name. */
export function nameScreen(screen: string): string {
  return screens[screen] ?? screen;
}

const replicaTroubles: Record<NonNullable<ReplicaState["trouble"]>, string> = {
  "not seen": "nobody has seen its replica within the last seconds",
  silent: "its replica does not answer",
  promoted: "what was its replica takes writes of its own",
  another: "what should be its replica follows another server, or is another database",
  late: "its replica is too far behind",
};

/** Whether the desk reads from its replica, or why not, in one or two sentences. */
export function describeReplicaUse({ trouble, lagBytes, lagSeconds, keepsRows }: ReplicaState): string {
  if (trouble !== null) {
    const lag = trouble === "late" || trouble === "silent" ? behind(lagBytes, lagSeconds) : "";
    return `The desk reads everything from the primary: ${replicaTroubles[trouble]}.${lag}`;
  }
  const files = keepsRows ? "exports, " : "";
  const without = keepsRows ? "" : " Not exports: hot_standby_feedback is off there, so long reads may be broken off.";
  return `The desk reads charts, ${files}exact counts and facets from its replica.${behind(lagBytes, lagSeconds)}${without}`;
}

function behind(bytes: number | null, seconds: number | null): string {
  if (bytes === null || seconds === null) return "";
  return bytes === 0
    ? " It had everything when it was last seen."
    : ` It is ${formatBytes(bytes)} and ${formatTaken(seconds * 1_000)} behind.`;
}
