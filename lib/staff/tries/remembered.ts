import "server-only";
import { chooseAllowance, limitKey, type Trying } from "./allowances";
import { createMemory, type Memory } from "./memory";

/** Next's bundles and the server each have their own copy of this module; the process has one memory. */
const shared = globalThis as unknown as { contactDeskTries?: Memory };

/** What this process remembers about tries to sign in, of 20,000 keys at most: about 5 MB. */
export function getMemory(): Memory {
  shared.contactDeskTries ??= createMemory(20_000);
  return shared.contactDeskTries;
}

/**
 * How many seconds a try must wait as far as this process remembers, without asking the database; 0 when it must be
 * asked.
 */
export async function rememberedWait(trying: Trying): Promise<number> {
  const memory = getMemory();
  const choice = await chooseAllowance(trying, {
    waitUnder: (limit) => memory.waitFor(limitKey(limit, trying)),
    isFamiliar: (network) => memory.isFamiliar(network) ?? true,
  });
  return "retryAfter" in choice ? choice.retryAfter : 0;
}

/** The same for a change of one's own password. */
export function rememberedOwnWait(trying: Trying): number {
  return getMemory().waitFor(limitKey("ownPassword", trying));
}

/** Whether a device's own tries are left, as far as is remembered. */
export function mayHaveDevice(trying: Trying): boolean {
  return trying.device !== null && getMemory().waitFor(limitKey("device", trying)) === 0;
}
