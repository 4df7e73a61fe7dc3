import "server-only";
import pino from "pino";
import { ofProcess } from "./of-process";
import { getScreen } from "./screen";

/**
 * The application's log: one line of JSON each on standard output. JSON escapes line breaks and control characters.
 * Callers log ids and words of ours, never what visitors or staff typed. Each line carries the screen and the request's
 * id.
 */
export function getLog(): pino.Logger {
  return ofProcess("log", createLog);
}

/** Creates such a log on a stream; on standard output by default. */
export function createLog(stream?: pino.DestinationStream): pino.Logger {
  const options = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    name: "desk",
    mixin: () => ({ ...getScreen() }),
  };
  return stream ? pino(options, stream) : pino(options);
}

/** Errors already logged. Next reports an error once for each part of the page that waits for it. */
const logged = new WeakSet<object>();

/**
 * Logs a failed request once, under its id and the number that the person was shown, which begins with that id. Of the
 * error it logs name, codes and stack frames. It leaves the message out, because the database repeats values in
 * it.
 */
export function logFailedRequest(error: unknown, request: { method: string; route: string; kind: string }): void {
  if (typeof error === "object" && error !== null) {
    if (logged.has(error)) return;
    logged.add(error);
  }
  const { digest, name, stack } = toDetails(error);
  const codes = listCodes(error);
  getLog().error({ event: "request_failed", number: digest, error: name, codes, ...request, at: listFrames(stack) });
}

function toDetails(error: unknown): { digest?: string; name?: string; stack?: string } {
  return typeof error === "object" && error !== null ? error : {};
}

/** The codes of the error and its causes: SQLSTATE, Prisma's, or the socket's. */
function listCodes(error: unknown): string[] {
  const codes: string[] = [];
  for (let current = error, depth = 0; typeof current === "object" && current !== null && depth < 6; depth++) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === "string") codes.push(code);
    current = cause;
  }
  return codes;
}

function listFrames(stack: string | undefined): string[] {
  const lines = stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  return lines.slice(0, 8).map((line) => line.trim().slice(0, 300));
}
