/** How many wrong attempts a key may make within any period of `minutes`. */
export type Limit = { tries: number; minutes: number };

const quarter = 15;
const day = 24 * 60;

/**
 * The limits on wrong passwords. Each attempt is taken from one allowance, and only that allowance's limits count it:
 * - "anywhere" is everybody's: `account`, `accountInNetwork` and `address` together.
 * - "device" belongs to one account on one browser that has signed in to it before.
 * - "network" belongs to one account in a network from which somebody on the staff has signed in lately. It is used
 *   once "anywhere" is used up, and it does not reveal which e-mails exist.
 * - "own password" belongs to a signed-in person who changes their password.
 * - "second factor" belongs to a person whose password was right and who still has to give a code. It allows fewer
 *   attempts than passwords have, because three codes in a million are right at any moment.
 *
 * A right attempt resets none of them. So the totals below hold in any case, and docs/decisions/02 relies on them.
 */
export const tryLimits = {
  account: { tries: 7, minutes: quarter },
  accountInNetwork: { tries: 4, minutes: quarter },
  address: { tries: 40, minutes: quarter },
  device: { tries: 12, minutes: day },
  network: { tries: 12, minutes: day },
  accountInNetworks: { tries: 96, minutes: day },
  everybodyInNetwork: { tries: 240, minutes: day },
  ownPassword: { tries: 8, minutes: 120 },
  secondFactor: { tries: 10, minutes: 120 },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof tryLimits;

export const limitNames = Object.keys(tryLimits) as LimitName[];

/** How many devices and networks are kept for a person, the latest first, and for how many days each is familiar. */
export const familiarLimits = {
  device: { kept: 8, days: 180 },
  network: { kept: 4, days: 30 },
} as const;

/** The most wrong attempts that a limit allows within any 24 hours. */
export function triesADay({ tries, minutes }: Limit): number {
  return (tries * day) / minutes;
}
