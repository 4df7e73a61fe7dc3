import type { IncomingMessage } from "node:http";
import { getSchemaState, servesSchema } from "@/lib/database/migrate/schema-state";
import { refuseForNow } from "./plain-page";
import type { Refusal } from "./request-guard";

/** What is always answered, whatever the database's schema: health, metrics, and files of the build. */
const always = /^\/(api\/(health(\/ready)?|metrics)|_next\/static\/.*)$/;

/**
 * The refusal for everybody while the database's schema is older than the previous version's or not known yet; else
 * null. The desk never works on a schema that it is not tested with.
 */
export function refuseNotReady(request: IncomingMessage): Refusal | null {
  if (servesSchema() || always.test((request.url ?? "").split("?", 1)[0] ?? "")) return null;
  const state = getSchemaState();
  const words =
    state === "unknown"
      ? "The desk is starting and waiting for its database. Try again in a moment."
      : "The desk is being updated. Try again in a few minutes.";
  const retryAfter = state === "unknown" ? 5 : 15;
  return refuseForNow(request, { title: "The desk is not ready", words, reason: "not ready", retryAfter });
}
