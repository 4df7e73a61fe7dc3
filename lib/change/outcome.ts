import type { Step, Triage } from "@/lib/contact/triage";

/** One contact that a batch changed: its new version, and its triage now. */
export type ChangedContact = { id: string; version: number; triage: Triage };

/** A contact left alone because somebody changed or removed it since the person saw it. */
export type Conflict = {
  id: string;
  /** As stored now; empty when the contact is gone. */
  name: string;
  triage: Triage | null;
  /** The current version; 0 when the contact is gone. */
  version: number;
  /** A staff member's name, "The website" or "Contact Desk". */
  who: string;
  /** ISO 8601 in UTC; null if the history does not tell. */
  when: string | null;
  /** What they set; empty if the contact is gone, or if the history does not tell. */
  steps: Step[];
};

/** What a batch did. `unchanged` contacts had the wanted values already. */
export type ChangeOutcome = { changed: ChangedContact[]; unchanged: string[]; conflicts: Conflict[] };

/** Why a change was not made; "unknown" means that nobody can tell until they look. */
export type ChangeFailure = { ok: false; code: "forbidden" | "invalid" | "busy" | "unknown"; message: string };

/**
 * With `bulk`, the batch is large and has only been started. It is made chunk by chunk, so its results are asked for
 * later.
 */
export type ChangeResult = ({ ok: true; batch: string; bulk?: true } & ChangeOutcome) | ChangeFailure;
