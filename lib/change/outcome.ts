/** One contact that a batch changed: its new version, and its status before and after, as stored. */
export type ChangedContact = { id: string; version: number; from: string | null; to: string | null };

/** A contact left alone because somebody changed or removed it since the person saw it. */
export type Conflict = {
  id: string;
  /** As stored now; empty when the contact is gone. */
  name: string;
  status: string | null;
  /** The current version; 0 when the contact is gone. */
  version: number;
  /** A staff member's name, "The website" or "The system". */
  who: string;
  /** ISO 8601 in UTC; null where no history tells. */
  when: string | null;
  /** A clause that follows `who`: "set In review → Closed". */
  what: string;
};

/** What a batch did, as stored with it and as shown. `unchanged` had the wanted status already. */
export type ChangeOutcome = { changed: ChangedContact[]; unchanged: string[]; conflicts: Conflict[] };

/** Why a change was not made; "unknown" means that nobody can tell until they look. */
export type ChangeFailure = { ok: false; code: "forbidden" | "invalid" | "busy" | "unknown"; message: string };

export type ChangeResult = ({ ok: true; batch: string } & ChangeOutcome) | ChangeFailure;
