import "server-only";
import pino from "pino";
import { ofProcess } from "./of-process";
import { getScreen } from "./screen";

/**
 * The log of the application: one JSON line each on standard output. JSON neutralises line breaks and control
 * characters; callers log ids and words of ours, never what visitors or staff typed. Each line carries the screen and the id
 * of the request that it was written for.
 */
export function getLog(): pino.Logger {
  return ofProcess("log", createLog);
}

/** Such a log that writes its lines to a stream; without one, to standard output. */
export function createLog(stream?: pino.DestinationStream): pino.Logger {
  const options = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    name: "desk",
    mixin: () => ({ ...getScreen() }),
  };
  return stream ? pino(options, stream) : pino(options);
}

/** Next tells of an error once for each part of the page that waits for the same. */
const logged = new WeakSet<object>();

/**
 * Logs a request that failed, once, under its id and the number that the person was shown, which begins with the same id.
 * Of the error it keeps name, codes and places in the code. Its message stays out: the database repeats values in it.
 */
export function logFailedRequest(error: unknown, request: { method: string; route: string; kind: string }): void {
  if (typeof error === "object" && error !== null) {
    if (logged.has(error)) return;
    logged.add(error);
  }
  const { digest, name, stack } = toDetails(error);
  const codes = listCodes(error);
  getLog().error({ event: "request_failed", number: digest, error: name, codes, ...request, at: listPlaces(stack) });
}

function toDetails(error: unknown): { digest?: string; name?: string; stack?: string } {
  return typeof error === "object" && error !== null ? error : {};
}

/** The code of the error and of what caused it: SQLSTATE, Prisma's, or the socket's. */
function listCodes(error: unknown): string[] {
  const codes: string[] = [];
  for (let current = error, depth = 0; typeof current === "object" && current !== null && depth < 6; depth++) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === "string") codes.push(code);
    current = cause;
  }
  return codes;
}

function listPlaces(stack: string | undefined): string[] {
  const lines = stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  return lines.slice(0, 8).map((line) => line.trim().slice(0, 300));
}
