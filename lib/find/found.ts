/** A contact as the palette shows it. `at`: when it was sent, as ISO 8601. */
export type FoundContact = { id: string; name: string; email: string; company: string | null; at: string };

/** A document as the palette shows it, with the contact that it came with. */
export type FoundDocument = { id: string; filename: string; contact: string; name: string; at: string };

export type Found = { contacts: FoundContact[]; documents: FoundDocument[] };

/** What is shown of each kind: a few, because more belong in the list. */
export const mostFound = 5;

/** Most characters that can be looked for. The palette's input takes no more. */
export const longestSought = 200;

/** Documents are looked for among those of so many of the newest contacts, because no index has their names. */
export const contactsWithDocuments = 2_000;

/** The address that answers with what is found. */
export function findHref(typed: string): string {
  return `/api/find?${new URLSearchParams({ q: typed })}`;
}
