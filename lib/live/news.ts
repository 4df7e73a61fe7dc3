import type { Step } from "@/lib/contact/triage";

/** One change of a contact as browsers are told of it: who, which fields, and what staff decided. Nothing of the visitor. */
export type LiveChange = {
  /** Of its row of history: a later one is greater. */
  id: number;
  contact: string;
  operation: "update" | "delete";
  /** The contact's version after it; null where it is gone. */
  version: number | null;
  actor: "staff" | "website" | "system";
  actorId: string | null;
  fields: string[];
  statusFrom: string | null;
  statusTo: string | null;
  /** Nothing where the contact is gone. */
  steps: Step[];
};

/** What has happened since a browser was last told, as far as it concerns what is on its screen. */
export type News = {
  changes: LiveChange[];
  /** Contacts that have come from the website and are in the list's filter. */
  arrived: string[];
  /** Changed contacts that are in the list's filter now; they may have been before. */
  matching: string[];
  /** Where more happened at once than is told one by one: who did it, null for the website. */
  many: (string | null)[];
};

/** What a stream says, by the name of its event. Its id is where to go on from, should it be cut. */
export type LiveEvent =
  | { name: "ready" | "beat" | "trouble" | "behind" | "ended"; data: null }
  | { name: "news"; data: News }
  /** Who else has the open contact on the screen, by id. */
  | { name: "viewers"; data: string[] };
