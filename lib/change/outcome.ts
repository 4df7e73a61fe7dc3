import type { Step, Triage } from "@/lib/contact/triage";

/** One contact that a batch changed: its new version, and what is decided about it now. */
export type ChangedContact = { id: string; version: number; triage: Triage };

/** A contact left alone because somebody changed or removed it since the person saw it. */
export type Conflict = {
  id: string;
  /** As stored now; empty when the contact is gone. */
  name: string;
  triage: Triage | null;
  /** The current version; 0 when the contact is gone. */
  version: number;
  /** A staff member's name, "The website" or "The system". */
  who: string;
  /** ISO 8601 in UTC; null where no history tells. */
  when: string | null;
  /** What they set; nothing where the contact is gone, or no history tells. */
  steps: Step[];
};

/** What a batch did. `unchanged` was as wanted already. */
export type ChangeOutcome = { changed: ChangedContact[]; unchanged: string[]; conflicts: Conflict[] };

/** Why a change was not made; "unknown" means that nobody can tell until they look. */
export type ChangeFailure = { ok: false; code: "forbidden" | "invalid" | "busy" | "unknown"; message: string };

/** With `bulk`, the batch is large, has been begun and is made chunk by chunk: what became of its contacts is asked for apart. */
export type ChangeResult = ({ ok: true; batch: string; bulk?: true } & ChangeOutcome) | ChangeFailure;
