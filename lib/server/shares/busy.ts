import type { IncomingMessage } from "node:http";
import { refuseForNow } from "../http/plain-page";
import type { Refusal } from "../http/request-guard";
import { busyWords } from "./busy-words";

/** What somebody hears who has more under way than their share. */
export function refuseBusy(request: IncomingMessage, retryAfter: number): Refusal {
  return refuseForNow(request, { title: "The desk is busy", words: busyWords, reason: "too much at once", retryAfter });
}
