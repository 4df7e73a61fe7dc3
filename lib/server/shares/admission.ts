import type { IncomingMessage, ServerResponse } from "node:http";
import { readAddress } from "@/lib/staff/address";
import { readerOf } from "../http/request-headers";
import { readSealedSession } from "../http/sealed-session";
import { type Admission, createShares, kindOf, shareOf } from "./fair-shares";

const shares = createShares();

/** Milliseconds after which a page whose client has left counts as done. What it still asks for ends before that. */
const untilGivenUp = 10_000;

/**
 * Admits a request by its sender's fair share, before any work is done for it. `release` gives its turn back, once it
 * has been answered; for a stream, that happens when its head is sent. A client that leaves while it waits also leaves
 * the queue.
 */
export async function admitRequest(request: IncomingMessage, response: ServerResponse): Promise<Admission> {
  const kind = kindOf((request.url ?? "").split("?", 1)[0] ?? "");
  if (kind === null) return { ok: true, release: () => undefined };
  const share = shareOf(await readSealedSession(request), readAddress(readerOf(request.headers)));
  const gone = new AbortController();
  const leave = () => gone.abort();
  response.once("close", leave);
  const admission = await shares.admit(kind, share, gone.signal);
  response.off("close", leave);
  if (!admission.ok) return admission;
  if (kind === "stream") beforeHead(response, admission.release);
  response.once("close", () => {
    if (!response.writableFinished) setTimeout(admission.release, untilGivenUp).unref();
  });
  return admission;
}

/**
 * Calls `begun` with the status when the head of an answer is written. Node always does that by `writeHead`, whoever
 * answers.
 */
export function beforeHead(response: ServerResponse, begun: (status: number) => void): void {
  const { writeHead } = response;
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    begun(args[0]);
    return writeHead.apply(response, args);
  }) as typeof writeHead;
}
