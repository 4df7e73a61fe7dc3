import type { Step } from "@/lib/contact/triage";

/**
 * One change of a contact, as sent to browsers: who, which fields, and what staff decided. Nothing about the visitor.
 */
export type LiveChange = {
  /** The id of its history row. Later changes have greater ids. */
  id: number;
  contact: string;
  operation: "update" | "delete";
  /** The contact's version after the change. Null if it is deleted. */
  version: number | null;
  actor: "staff" | "website" | "system";
  actorId: string | null;
  fields: string[];
  statusFrom: string | null;
  statusTo: string | null;
  /** Empty if the contact is deleted. */
  steps: Step[];
};

/** What has happened since the last message to a browser, as far as it concerns its screen. */
export type News = {
  changes: LiveChange[];
  /** New contacts from the website that match the list's filter. */
  arrived: string[];
  /** Changed contacts that match the list's filter now. They may have matched before. */
  matching: string[];
  /** If too much happened to list it: who did it, null for the website. */
  many: (string | null)[];
};

/** An event of a stream. Its id says where to continue if the stream is cut. */
export type LiveEvent =
  | { name: "ready" | "beat" | "trouble" | "behind" | "ended"; data: null }
  | { name: "news"; data: News }
  /** Presence: the ids of others who have the contact open. */
  | { name: "presence"; data: string[] };
