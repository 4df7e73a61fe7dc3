/** Texts that several subjects show. One subject's own texts stand in the words.ts beside it. */
export const deskWords = {
  noName: "No name",
  noEmail: "No e-mail",
  noMessage: "No message",
  noService: "No service",
  /** Stands in a sentence for the name of a contact that has none. */
  nameless: "a contact without a name",
  thisContact: "This contact",
  contactDeleted: "This contact has been deleted.",
  backToInbox: "Back to the inbox",
  moreActions: "More actions",
  cancel: "Cancel",
  /** A server action or a page gave no answer. */
  unreachable: "Couldn't reach the desk. Check your connection and try again.",
  notLoaded: "Couldn't load this. Check your connection and try again.",
  notSaved: "Couldn't save that. Check your connection and try again.",
  /** A server action was given what only another version of the page can send. */
  unreadable: "Couldn't read that. Reload the page and try again.",
};

/** A whole number with separators: "1,284". Without `Intl`, whose data a slow browser takes long to load. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "1 contact", "1,284 contacts". */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** "high", "high or low", "high, medium or low". */
export function joinAlternatives(words: Iterable<string>): string {
  return joinBefore("or", words);
}

/** "Ada", "Ada and Milo", "Ada, Milo and Tomo". */
export function joinWords(words: Iterable<string>): string {
  return joinBefore("and", words);
}

function joinBefore(last: string, words: Iterable<string>): string {
  const all = [...words];
  return all.length > 1 ? `${all.slice(0, -1).join(", ")} ${last} ${all.at(-1)}` : all.join("");
}
