import { type Command, commands } from "./commands";

/** How long a begun sequence waits for its next key, in ms. */
const patience = 1_500;

/** A sequence that has been begun: its presses so far, and when the last was, in ms. */
export type Begun = { presses: string; at: number } | null;

/** What a press means: commands that have just this key, the closest place first is the caller's to choose; or a beginning. */
export type Meaning = { commands: Command[]; begun: Begun };

/**
 * What a press means after what was begun before. A press that does not go on with a sequence ends it and does nothing
 * else: the second key of a mistyped `g` must not decide about a contact.
 */
export function readSequence(press: string, before: Begun, now: number, table: Command[] = commands): Meaning {
  const going = before && now - before.at <= patience ? before : null;
  const presses = going ? `${going.presses} ${press}` : press;
  const found = table.filter(({ keys }) => keys.includes(presses));
  const begins = table.some(({ keys }) => keys.some((each) => each.startsWith(`${presses} `)));
  return { commands: found, begun: begins ? { presses, at: now } : null };
}
