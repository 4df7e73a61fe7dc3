import type { LimitName } from "./limits";

/** Who tries: an account, and from where. `address` and `network` as counted, null when unknown. */
export type Trying = {
  account: string;
  address: string | null;
  network: string | null;
  /** A device's id out of a sealed cookie for this account. */
  device: string | null;
};

export type Allowance = "anywhere" | "device" | "network" | Purpose;

/** What somebody known proves again: these tries are counted apart from those at sign-in. */
export type Purpose = "own password" | "second factor";

/** What is known about these tries: seconds to wait under each limit, 0 for not at all, and what is familiar. */
export type Waits = Record<LimitName, number> & { familiarDevice: boolean; familiarNetwork: boolean };

export type Choice = { allowance: Allowance } | { retryAfter: number };

/**
 * Which allowance a try at sign-in is taken from, or how many seconds to wait for one. First the device's, which costs
 * nobody else anything; then everybody's; last the familiar network's, which is kept for when strangers have used up
 * everybody's.
 */
export function chooseAllowance(trying: Trying, waits: Waits): Choice {
  const never = Number.POSITIVE_INFINITY;
  const device = trying.device !== null && waits.familiarDevice ? waits.device : never;
  const anywhere = Math.max(
    waits.account,
    trying.network === null ? 0 : waits.accountInNetwork,
    trying.address === null ? 0 : waits.address,
  );
  const network =
    trying.network !== null && waits.familiarNetwork
      ? Math.max(waits.network, waits.accountInNetworks, waits.everybodyInNetwork)
      : never;
  if (device === 0) return { allowance: "device" };
  if (anywhere === 0) return { allowance: "anywhere" };
  if (network === 0) return { allowance: "network" };
  return { retryAfter: Math.min(device, anywhere, network) };
}

/** Under which key a limit counts these tries: equal for equal tries. */
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
    secondFactor: [account],
  };
  return [limit, ...parts[limit]].join(" ");
}

/** The same for somebody known who proves something again. */
export function chooseKnown(purpose: Purpose, waits: Waits): Choice {
  const retryAfter = waits[limitOf(purpose)];
  return retryAfter > 0 ? { retryAfter } : { allowance: purpose };
}

/** The one limit that counts these tries. */
export function limitOf(purpose: Purpose): "ownPassword" | "secondFactor" {
  return purpose === "own password" ? "ownPassword" : "secondFactor";
}
