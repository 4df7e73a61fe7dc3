/** A person who wrote to the company: by their address, or where they gave none by one contact. */
export type Person = {
  /** One of their contacts: what names them in a request, because its id says nothing about them. */
  contact: string;
  /** As they wrote it last; null where they gave none. */
  address: string | null;
  /** As written, each once. */
  names: string[];
  /** Ids, oldest first. */
  contacts: string[];
};

/** A person who may be meant by what was typed. */
export type Candidate = { contact: string; address: string | null; names: string[]; contacts: number; lastAt: Date };

/** How many of what the desk holds of a person, or has removed. */
export type PersonCounts = {
  contacts: number;
  /** Of the contacts: those that another table of the website's holds fast, so that they are emptied and not deleted. */
  blanked: number;
  documents: number;
  files: number;
  notes: number;
  history: number;
  events: number;
  views: number;
  mentions: number;
};

/** All that the desk holds of a person, for the page. */
export type PersonPreview = Person & {
  counts: PersonCounts;
  /** The newest of their contacts. */
  latest: { id: string; sentAt: Date; status: string | null }[];
  /** The largest of their documents. */
  documents: { filename: string; size: number }[];
  views: { name: string; owner: string }[];
  /** Of `counts.mentions`: in which records of others the address or the name stands. */
  mentioned: { where: string; count: number }[];
  /** In how many frozen selections and triage queues their contacts have a place. */
  places: { selections: number; queues: number };
  /** Files that staff took out of the desk since the first contact came; they cannot be reached. */
  exports: number;
  /** Other tables of the website that refer to the contacts, with their rows. */
  references: { name: string; rows: number; keeps: boolean }[];
  /** Somebody on the staff has this address; their account stays. */
  isStaff: boolean;
  /** Other people with one of these names. */
  sameName: number;
};

/** One act for a person, or of retention, as it is kept: it names nobody. */
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

/** What has to be typed to forget somebody: their address, or the contact's id where they gave none. */
export function confirmationOf({ address, contact }: Pick<Person, "address" | "contact">): string {
  return address ?? contact;
}
