import { type Command, commands } from "./commands";

/** How long a started sequence waits for its next key, in ms. */
const patience = 1_500;

/** A started sequence: its presses so far, and the time of the last one in ms. */
export type Begun = { presses: string; at: number } | null;

/**
 * What a press means: commands with exactly these keys, from which the caller picks by scope, or a started sequence.
 */
export type Meaning = { commands: Command[]; begun: Begun };

/**
 * What a press means after the sequence started before. A press that does not continue a sequence ends it and does
 * nothing else. So the second key of a mistyped `g` sequence cannot change a contact.
 */
export function readSequence(press: string, before: Begun, now: number, table: Command[] = commands): Meaning {
  const going = before && now - before.at <= patience ? before : null;
  const presses = going ? `${going.presses} ${press}` : press;
  const found = table.filter(({ keys }) => keys.includes(presses));
  const begins = table.some(({ keys }) => keys.some((each) => each.startsWith(`${presses} `)));
  return { commands: found, begun: begins ? { presses, at: now } : null };
}
