import type { LimitName } from "./limits";

/** Who makes an attempt, and from where. `address` and `network` are in the form that is counted; null if unknown. */
export type Trying = {
  account: string;
  address: string | null;
  network: string | null;
  /** The device's id from a cookie sealed for this account. */
  device: string | null;
};

export type Allowance = "anywhere" | "device" | "network" | Purpose;

/** What a person already known proves again. These attempts are counted apart from those at sign-in. */
export type Purpose = "own password" | "second factor";

/**
 * The state of an attempt's limits: seconds to wait for each (0 for none), and whether device and network are familiar.
 */
export type Waits = Record<LimitName, number> & { familiarDevice: boolean; familiarNetwork: boolean };

export type Choice = { allowance: Allowance } | { retryAfter: number };

/**
 * The allowance that a sign-in attempt is taken from, or how many seconds to wait for one. The device's own comes
 * first, because it costs nobody else anything. Then comes everybody's. The familiar network's is last: it is kept for
 * when strangers have used up everybody's.
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

/** The key under which a limit counts an attempt. */
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

/** `chooseAllowance` for a known person who proves something again. */
export function chooseKnown(purpose: Purpose, waits: Waits): Choice {
  const retryAfter = waits[limitOf(purpose)];
  return retryAfter > 0 ? { retryAfter } : { allowance: purpose };
}

/** The one limit that counts such attempts. */
export function limitOf(purpose: Purpose): "ownPassword" | "secondFactor" {
  return purpose === "own password" ? "ownPassword" : "secondFactor";
}
