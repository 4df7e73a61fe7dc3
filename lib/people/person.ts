/**
 * A person who wrote to the company, identified by their address. Without an address each contact is its own person.
 */
export type Person = {
  /** One of their contacts. Requests identify the person by it, because its id reveals nothing about them. */
  contact: string;
  /** As they last wrote it. Null if they gave none. */
  address: string | null;
  /** As written, without repetitions. */
  names: string[];
  /** Ids, oldest first. */
  contacts: string[];
};

/** A person who matches what was typed. */
export type Candidate = { contact: string; address: string | null; names: string[]; contacts: number; lastAt: Date };

/** Counts of what the desk stores about a person, or has removed. */
export type PersonCounts = {
  contacts: number;
  /**
   * Contacts that another table of the website refers to and protects from deletion. They are emptied instead of
   * deleted.
   */
  blanked: number;
  documents: number;
  files: number;
  notes: number;
  history: number;
  events: number;
  views: number;
  mentions: number;
};

/** Everything that the desk stores about a person, for the page. */
export type PersonPreview = Person & {
  counts: PersonCounts;
  /** The newest of their contacts. */
  latest: { id: string; sentAt: Date; status: string | null }[];
  /** The largest of their documents. */
  documents: { filename: string; size: number }[];
  views: { name: string; owner: string }[];
  /** The parts of `counts.mentions`: which records of others contain the address or the name. */
  mentioned: { where: string; count: number }[];
  /** How many frozen selections and triage queues contain their contacts. */
  frozen: { selections: number; queues: number };
  /** Exports since their first contact came. The desk cannot remove anything from those files. */
  exports: number;
  /** Other tables of the website that refer to the contacts, with their rows. */
  references: { name: string; rows: number; keeps: boolean }[];
  /** Whether a staff member has this address. Their account stays. */
  isStaff: boolean;
  /** Other people with one of these names. */
  sameName: number;
};

/** The record of an act for a person or of retention. It names nobody. */
export type PersonAct = {
  id: string;
  kind: "archive" | "forgotten" | "retention";
  staff: string | null;
  doneAt: Date;
  counts: Partial<PersonCounts>;
  /** Files that are still in the store, and why the last try failed. */
  filesLeft: number;
  problem: string | null;
};

/** What must be typed to forget somebody: their address, or the contact's id if they gave none. */
export function confirmationOf({ address, contact }: Pick<Person, "address" | "contact">): string {
  return address ?? contact;
}
