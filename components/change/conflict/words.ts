import { countOf } from "@/lib/desk/wording";

/** The card that says who changed the same contacts first. */
export const conflictWords = {
  title: (contacts: number) => `Someone else changed ${countOf(contacts, "contact")}`,
  titleOne: (name: string, deleted: boolean) => `${name} was ${deleted ? "deleted" : "changed by someone else"}`,
  nothingOverwritten: "Nothing was overwritten. Choose what to keep.",
  notRestored: "Not restored, because someone has changed them since.",
  yours: "Yours:",
  keepTheirs: "Keep theirs",
  keepMine: "Keep mine",
  keepMineForAll: (contacts: number) => `Keep mine for all ${contacts}`,
  ok: "OK",
  justNow: "just now",
  ago: (age: string) => `${age} ago`,
};
