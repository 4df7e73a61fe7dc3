import type { SampleChange } from "./changes";
import { type Random, randomUuid } from "./random";

const DAY = 86_400_000;

export type SampleNote = { id: string; author: string; text: string; at: number };

const openNotes = [
  "Called, nobody picked up. I will try again tomorrow morning.",
  "Asked for the latest version of the requirements: what is attached is a draft.",
  "They want a first call with their whole team.\n\nProposed two dates.",
  "Budget looks too small for what they ask. Worth a call before we say so.",
  "Same company wrote to us at the fair. Nothing came of it then.",
  "Prefers to be answered in German.",
  "Waiting for their NDA.",
];

const closedNotes = [
  "Offer accepted. The project begins next month.",
  "Decided for somebody else, would like to hear from us next year.",
  "Passed on to our partner, who has time sooner.",
  "No answer after two reminders.",
];

/** What staff noted about a contact while they worked on it: for one in four of the last three weeks. */
export function sampleNotes(
  changes: SampleChange[],
  contact: { status: string | null },
  until: number,
  random: Random,
): SampleNote[] {
  const last = changes.at(-1);
  if (!last || contact.status === "spam" || until - last.at > 21 * DAY || !random.chance(0.25)) return [];
  const text = random.pick(contact.status === "closed" ? closedNotes : openNotes);
  const at = Math.floor(last.at + Math.min(until - last.at, DAY) * random.next());
  return [{ id: randomUuid(random), author: last.staff, text, at }];
}
