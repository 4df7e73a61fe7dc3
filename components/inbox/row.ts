/** A contact as the list shows it: what lib/inbox gives. */
export type InboxRow = {
  id: string;
  name: string;
  company: string | null;
  service: string | null;
  message: string;
  status: string | null;
  version: number;
  timestamp: Date;
  documents: number;
  documentTypes: { type: string; failed: boolean }[];
};

/** A number of contacts; where it is not exact there are more than that. */
export type ShownCount = { count: number; exact: boolean };

/** Something that is loaded after the rows, or the words for why it could not be. */
export type Loaded<T> = { ok: true; value: T } | { ok: false; message: string };
