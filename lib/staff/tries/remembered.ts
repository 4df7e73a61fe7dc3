import "server-only";
import { ofProcess } from "@/lib/runtime/of-process";
import { chooseAllowance, limitKey, limitOf, type Purpose, type Trying, type Waits } from "./allowances";
import { type LimitName, limitNames } from "./limits";
import { createMemory, type Memory } from "./memory";

/** This process's memo about sign-in attempts: at most 20,000 keys, about 5 MB. */
export function getMemory(): Memory {
  return ofProcess("tries", () => createMemory(20_000));
}

/** How many seconds an attempt must wait according to the memo; 0 if the database must be asked. */
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

/** `rememberedWait` for a known person who proves something again. */
export function rememberedKnownWait(trying: Trying, purpose: Purpose): number {
  return getMemory().waitFor(limitKey(limitOf(purpose), trying));
}

/** Whether a device may have attempts of its own left, according to the memo. */
export function mayHaveDevice(trying: Trying): boolean {
  return isFamiliarDevice(trying) && getMemory().waitFor(limitKey("device", trying)) === 0;
}

/** Stores what the database said, so that a flood does not ask it again for every attempt. */
export function rememberWaits(trying: Trying, waits: Waits): void {
  const memory = getMemory();
  for (const limit of limitNames) {
    if (waits[limit] > 0) memory.rememberWait(limitKey(limit, trying), waits[limit]);
  }
  if (trying.network !== null) memory.rememberFamiliar(networkKey(trying), waits.familiarNetwork);
  if (trying.device !== null) memory.rememberFamiliar(deviceKey(trying), waits.familiarDevice);
}

/** Drops what is stored, because an attempt that was counted as wrong turned out otherwise. */
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
