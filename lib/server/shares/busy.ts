import type { IncomingMessage } from "node:http";
import { refuseForNow } from "../http/plain-page";
import type { Refusal } from "../http/request-guard";
import { busyWords } from "./busy-words";

/** The refusal of a request from somebody who has more in progress than their share. */
export function refuseBusy(request: IncomingMessage, retryAfter: number): Refusal {
  return refuseForNow(request, { title: "The desk is busy", words: busyWords, reason: "too much at once", retryAfter });
}
