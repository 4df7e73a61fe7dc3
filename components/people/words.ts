import { countOf, formatCount } from "@/lib/desk/wording";

/** The texts about a person's data: to find it, to hand it over, to remove it. */
export const personWords = {
  title: "A person's data",
  find: "Find a person",
  findNote: "Someone who wrote to you and asks what you keep about them, or asks to be forgotten.",
  done: "What was done",
  doneNote: "No names here: what was removed is gone.",
  label: "E-mail address, name or contact id",
  hint: "Type it in full. Capitals don't matter.",
  nobody: "No one with this address, name or id.",
  forgottenOn: "Someone with this address was forgotten on",
  looking: "Looking…",
  findButton: "Find",
  whoIsMeant: "Which person?",
  noAddress: "No address",
  contacts: (count: number) => countOf(count, "contact"),
  last: "last",
  show: "Show",

  held: "What the desk holds",
  searching: "Looking through everything…",
  download: "Download their data",
  downloadNote: "One ZIP: their contacts, notes, history and events as JSON, and their files.",
  more: (count: number) => `and ${formatCount(count)} more`,
  websiteTable: (name: string) => `The website's table ${name}`,
  keepsContact: "It still refers to the contact, so the contact is emptied, not deleted.",
  goesWithContact: "Its rows are deleted with the contact.",
  mentions: "Mentions in others' records",
  mentionsIn: (count: number, where: string) => `${formatCount(count)} in ${where}`,
  exported: (count: number) =>
    `${countOf(count, "export")} left the desk since their first contact. Those files can't be changed from here.`,
  backups:
    "Backups are not changed. The person stays in each backup made before, until it is removed, which can take a year. Restoring one brings them back.",
  remembered: "Counts that a server remembers are renewed within 30 seconds.",
  isStaff: "Someone on the staff has this address. Their account stays.",

  forget: "Forget this person",
  forgetNote: "removed for good. This can't be undone.",
  withNames:
    "Take their name out of others' records too, not only the address. One-word names stay, because they are often someone else's.",
  sameName: (count: number) =>
    `${count === 1 ? "Another person" : `${count} other people`} with that name wrote to you. It may be theirs.`,
  confirm: (wanted: string) => `Type ${wanted} to confirm`,
  removing: "Removing…",
  forgotten: "Forgotten",
  removed: "Forgotten. Removed:",
  reportNote: "The report names the person and is not kept here. Download it now if you need to hand one over.",
  downloadReport: "Download the report",

  nothingDone: "Nothing yet.",
  byRules: "the desk, by its rules",
  filesLeft: (files: number, why: string | null) =>
    `${countOf(files, "file")} still in the store${why ? `: ${why}` : ""}. The desk tries again at least every hour.`,
};

/** What the desk did with people's data. */
export const actWords = {
  archive: "Data handed over",
  forgotten: "Person forgotten",
  retention: "Removed by age",
};

/** Why files could not be removed. */
export const removalProblems: Record<string, string> = {
  unreachable: "the store does not answer",
  refused: "the store does not let the desk remove them",
  not_configured: "no document store is set up",
};

/** The texts about the age at which contacts are removed. */
export const retentionWords = {
  days: "Days until removal",
  daysFor: (status: string) => `Days for ${status}`,
  never: "never",
  limits: (shortest: number) =>
    `Counted from when the contact was sent, at least ${shortest}. Leave empty to keep them.`,
  off: "Off: nothing is removed.",
  nothing: "Nothing would be removed.",
  notCounted: "On. Couldn't count how many will be removed. Reload the page.",
  preview: "Preview",
  save: "Save ages",
  removes: (saved: boolean, contacts: string, date: string, each: string) =>
    `${saved ? "Will remove" : "Would remove"} ${contacts} on Monday, ${date}: ${each}.`,
};
