import type { IncomingMessage } from "node:http";
import { busyWords } from "./busy-words";
import { refuseForNow } from "./plain-page";
import type { Refusal } from "./request-guard";

/** What somebody hears who has more under way than their share. */
export function refuseBusy(request: IncomingMessage, retryAfter: number): Refusal {
  return refuseForNow(request, { title: "The desk is busy", words: busyWords, reason: "too much at once", retryAfter });
}
