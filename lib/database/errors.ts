import { inspect } from "node:util";
import { numberError } from "@/lib/runtime/error-number";
import { noteRetry } from "@/lib/runtime/requester";
import { getSchemaState } from "./migrate/schema-state";

/** Kinds of database failure that the rest of the product tells apart. */
export type DatabaseErrorCode =
  | "busy"
  | "storage_full"
  | "too_slow"
  | "retry"
  | "bad_input"
  | "awaits_update"
  | "unexpected";

const messages: Record<DatabaseErrorCode, string> = {
  busy: "The desk is busy. Try again in a moment.",
  storage_full: "The database's storage is full. Reading still works. Tell an admin.",
  too_slow: "That took too long. Narrow the filter and try again.",
  retry: "Someone changed the same contacts at the same moment. Try again.",
  bad_input: "That contains a character that can't be stored.",
  awaits_update:
    "The desk is being updated. This part works again when the database is updated. Everything else works.",
  unexpected: "Something went wrong.",
};

/** Kinds that pass, each with the seconds after which a page that failed of it is worth another try. */
const passes: Partial<Record<DatabaseErrorCode, number>> = {
  busy: 2,
  retry: 2,
  too_slow: 10,
  awaits_update: 30,
  storage_full: 60,
};

/** A database error in our own words. In production `digest` is the only part that reaches error.tsx. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
  readonly digest: string;
  constructor(
    readonly code: DatabaseErrorCode,
    cause: unknown,
    /** True when a change may or may not have been made: the connection was cut while it was being committed. */
    readonly uncertain = false,
  ) {
    super(messages[code], { cause });
    const seconds = passes[code];
    if (seconds) noteRetry(seconds);
    this.digest = `${code.toUpperCase()}_${numberError() ?? crypto.randomUUID().slice(0, 8)}`;
  }
  /** What logs print, Next's included. It leaves out the cause, because the database repeats values in it. */
  [inspect.custom](): string {
    return `${this.name}: ${this.message} (${this.digest})`;
  }
}

/** SQLSTATEs, Prisma's codes and socket errors, each with what it means here. */
const codes: [RegExp, DatabaseErrorCode][] = [
  [
    /^(P2024|P2028|P2037|53[023]00|57P0[12345]|08.{3}|ECONN.*|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1017)$/,
    "busy",
  ],
  [/^53100$/, "storage_full"],
  [/^(57014|55P03|25P03)$/, "too_slow"],
  [/^(40001|40P01|P2034)$/, "retry"],
  [/^(22P05|22021|22P02|22003|22001|22007|22008|P2033|P2039)$/, "bad_input"],
];

/** SQLSTATEs and Prisma's codes for a table, column or function that is missing or not granted yet. */
const absent = /^(42P01|42703|42883|42501|P2021|P2022)$/;

const texts: [RegExp, DatabaseErrorCode][] = [
  [/timeout exceeded when trying to connect|Connection terminated|connection error|not queryable/i, "busy"],
  [/Query read timeout/i, "too_slow"],
];

/**
 * The code and the message for an error thrown by pg or Prisma, and the seconds after which another try is worth it.
 * Nothing else maps such errors.
 */
export function describeDatabaseError(error: unknown): {
  code: DatabaseErrorCode;
  message: string;
  retryAfter: number;
} {
  const code = error instanceof DatabaseError ? error.code : findCode(error);
  return { code, message: messages[code], retryAfter: passes[code] ?? 2 };
}

function findCode(error: unknown): DatabaseErrorCode {
  for (let current = error, depth = 0; current && typeof current === "object" && depth < 6; depth++) {
    const { code, message, meta, cause } = current as Record<string, unknown>;
    const driver = (meta as { driverAdapterError?: { cause?: { originalCode?: unknown } } } | undefined)
      ?.driverAdapterError;
    for (const candidate of [driver?.cause?.originalCode, code]) {
      const known = codes.find(([pattern]) => typeof candidate === "string" && pattern.test(candidate));
      if (known) return known[1];
      // On the previous version's schema, new objects are still missing. On any other schema this is our own bug.
      if (typeof candidate === "string" && absent.test(candidate) && getSchemaState() === "earlier")
        return "awaits_update";
    }
    const said = texts.find(([pattern]) => typeof message === "string" && pattern.test(message));
    if (said) return said[1];
    current = cause;
  }
  return "unexpected";
}

/** Whether the connection is unusable: the server or the network ended it, or it has gone silent. */
export function isCut(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === "string") return /^(57P0[1245]|25P03|08.{3}|ECONN.*|ETIMEDOUT|EPIPE|EHOSTUNREACH)$/.test(code);
  return typeof message === "string" && /Connection terminated|connection error|not queryable/i.test(message)
    ? true
    : isSilent(error);
}

/** Whether the client's own time limit ran out. It is longer than the server's, so the server has gone silent. */
export function isSilent(error: unknown): boolean {
  return /Query read timeout/i.test(String((error as { message?: unknown } | null)?.message));
}

/** Wraps errors from the database. Our own errors and redirects pass unchanged. */
export function toDatabaseError(error: unknown, committing = false): unknown {
  if (error instanceof DatabaseError) return error;
  const { code } = describeDatabaseError(error);
  const fromServer = typeof (error as { severity?: unknown } | null)?.severity === "string";
  if (code === "unexpected" && !fromServer) return error;
  return new DatabaseError(code, error, committing && isCut(error));
}

/** The name of the violated unique or foreign key constraint; null for any other error. */
export function findViolation(error: unknown): string | null {
  const { code, constraint } = (error instanceof DatabaseError ? (error.cause ?? {}) : (error ?? {})) as {
    code?: unknown;
    constraint?: unknown;
  };
  return typeof code === "string" && /^2350[35]$/.test(code) && typeof constraint === "string" ? constraint : null;
}
