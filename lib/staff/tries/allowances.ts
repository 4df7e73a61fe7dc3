import type { LimitName } from "./limits";

/** Who tries: an account, and from where. `address` and `network` as counted, null when unknown. */
export type Trying = {
  account: string;
  address: string | null;
  network: string | null;
  /** A device's id out of a sealed cookie for this account. */
  device: string | null;
};

export type Allowance = "anywhere" | "device" | "network" | "own password";

/** Where to ask: how many seconds to wait under a limit, 0 for not at all; and whether a network is familiar. */
export type Waits = {
  waitUnder(limit: LimitName): number | Promise<number>;
  isFamiliar(network: string): boolean | Promise<boolean>;
};

export type Choice = { allowance: Allowance } | { retryAfter: number };

/**
 * Which allowance a try at sign-in is taken from, or how many seconds to wait for one. First the device's, which costs
 * nobody else anything; then everybody's; last the familiar network's, which is kept for when strangers have used up
 * everybody's.
 */
export async function chooseAllowance({ address, network, device }: Trying, waits: Waits): Promise<Choice> {
  const longest = async (limits: LimitName[]) => {
    let seconds = 0;
    for (const limit of limits) seconds = Math.max(seconds, await waits.waitUnder(limit));
    return seconds;
  };
  const forDevice = device ? await longest(["device"]) : Number.POSITIVE_INFINITY;
  if (forDevice === 0) return { allowance: "device" };
  const forAnybody = await longest([
    "account",
    ...(network ? (["accountInNetwork"] as const) : []),
    ...(address ? (["address"] as const) : []),
  ]);
  if (forAnybody === 0) return { allowance: "anywhere" };
  const familiar = network !== null && (await waits.isFamiliar(network));
  const forNetwork = familiar
    ? await longest(["network", "accountInNetworks", "everybodyInNetwork"])
    : Number.POSITIVE_INFINITY;
  if (forNetwork === 0) return { allowance: "network" };
  return { retryAfter: Math.min(forDevice, forAnybody, forNetwork) };
}

/** Under which key a limit counts these tries: equal for equal tries, and not longer than the memory can bear. */
export function limitKey(limit: LimitName, { account, address, network, device }: Trying): string {
  const parts: Record<LimitName, (string | null)[]> = {
    account: [account],
    accountInNetwork: [account, network],
    address: [address],
    device: [account, device],
    network: [account, network],
    accountInNetworks: [account],
    everybodyInNetwork: [network],
    ownPassword: [account],
  };
  return [limit, ...parts[limit]].join(" ");
}
