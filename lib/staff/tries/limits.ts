/** How many wrong tries a key may make within any time of so many minutes. */
export type Limit = { tries: number; minutes: number };

const quarter = 15;
const day = 24 * 60;

/**
 * The limits of wrong passwords. Each try is taken from one allowance, and only that allowance's limits count it:
 * - "anywhere" is everybody's: `account`, `accountInNetwork` and `address` together.
 * - "device" belongs to one account on one browser that has signed in to it before.
 * - "network" belongs to one account in one network from which somebody on the staff has signed in lately. It is used
 *   when "anywhere" is used up, and no e-mail is told from another by it.
 * - "own password" belongs to a person signed in who changes their password.
 * - "second factor" belongs to a person whose password was right and who still has to give a code. Three codes of a
 *   million are right at any moment, so fewer tries are given than for passwords.
 *
 * A right try frees none of them: so the sums below hold whatever else happens, and docs/decisions/02 rests on them.
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

/** How many devices and networks are kept for a person, the latest first, and how many days each is familiar. */
export const familiarLimits = {
  device: { kept: 8, days: 180 },
  network: { kept: 4, days: 30 },
} as const;

/** The most wrong tries within any 24 hours under a limit. */
export function triesADay({ tries, minutes }: Limit): number {
  return (tries * day) / minutes;
}
