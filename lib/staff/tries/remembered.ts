import "server-only";
import { ofProcess } from "@/lib/runtime/of-process";
import { chooseAllowance, limitKey, limitOf, type Purpose, type Trying, type Waits } from "./allowances";
import { type LimitName, limitNames } from "./limits";
import { createMemory, type Memory } from "./memory";

/** What this process remembers about tries to sign in, of 20,000 keys at most: about 5 MB. */
export function getMemory(): Memory {
  return ofProcess("tries", () => createMemory(20_000));
}

/**
 * How many seconds a try must wait as far as this process remembers, without asking the database; 0 when it must be
 * asked.
 */
export function rememberedWait(trying: Trying): number {
  const memory = getMemory();
  const waits = Object.fromEntries(limitNames.map((limit) => [limit, memory.waitFor(limitKey(limit, trying))]));
  const choice = chooseAllowance(trying, {
    ...(waits as Record<LimitName, number>),
    familiarDevice: isFamiliarDevice(trying),
    familiarNetwork: trying.network !== null && memory.isFamiliar(networkKey(trying)) !== false,
  });
  return "retryAfter" in choice ? choice.retryAfter : 0;
}

/** The same for somebody known who proves something again. */
export function rememberedKnownWait(trying: Trying, purpose: Purpose): number {
  return getMemory().waitFor(limitKey(limitOf(purpose), trying));
}

/** Whether a device may have tries of its own left, as far as is remembered. */
export function mayHaveDevice(trying: Trying): boolean {
  return isFamiliarDevice(trying) && getMemory().waitFor(limitKey("device", trying)) === 0;
}

/** Remembers what the database has said, so that it is not asked again for every try of a flood. */
export function rememberWaits(trying: Trying, waits: Waits): void {
  const memory = getMemory();
  for (const limit of limitNames) {
    if (waits[limit] > 0) memory.rememberWait(limitKey(limit, trying), waits[limit]);
  }
  if (trying.network !== null) memory.rememberFamiliar(networkKey(trying), waits.familiarNetwork);
  if (trying.device !== null) memory.rememberFamiliar(deviceKey(trying), waits.familiarDevice);
}

/** Forgets it, because a try that counted as wrong while it was looked at turned out otherwise. */
export function forgetWaits(trying: Trying): void {
  const memory = getMemory();
  for (const limit of limitNames) memory.forget(limitKey(limit, trying));
  memory.forgetFamiliar(networkKey(trying));
  memory.forgetFamiliar(deviceKey(trying));
}

function isFamiliarDevice(trying: Trying): boolean {
  return trying.device !== null && getMemory().isFamiliar(deviceKey(trying)) !== false;
}

const networkKey = ({ network }: Trying) => `network ${network}`;
const deviceKey = ({ device }: Trying) => `device ${device}`;
