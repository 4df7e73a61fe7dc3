import "server-only";
import { countedAddress, networkOf } from "@/lib/runtime/network";
import { logSecurityEvent } from "../security-log";
import { accountKey } from "./account-key";
import type { Purpose, Trying } from "./allowances";
import type { Device } from "./device-cookie";
import { getMemory, mayHaveDevice } from "./remembered";
import type { Place, TurnLimits } from "./turns";

/** Who asks for a password to be checked, and from where. */
export type Asking = {
  email: string;
  address: string | null;
  /** From a cookie sealed for this account. */
  device?: Device | null;
  /** A person known already, who proves something again: tries of their own, apart from sign-in. */
  known?: { staffId: string; proves: Purpose };
};

/** By what the tries of somebody who asks are counted. */
export function toTrying({ email, address, device }: Asking): Trying {
  return {
    account: accountKey(email),
    address: address && countedAddress(address),
    network: address && networkOf(address),
    device: device?.id ?? null,
  };
}

export type Lane = "familiar" | "fresh" | "failed";

/**
 * The queue's limits when so many work at once. Strangers have half of it at most: so familiar people find a place free
 * under any flood of strangers, and hashing for strangers leaves a core to everything else.
 */
export function queueLimits(atOnce: number): TurnLimits<Lane> {
  const strangers = { waiting: 16, leavesFree: atOnce / 2 };
  return { atOnce, ofOneKey: 4, lanes: { familiar: { waiting: 24 }, fresh: strangers, failed: strangers } };
}

/**
 * Where somebody waits. People with a device's cookie, or known otherwise, have a lane of their own, in which each person is a
 * key: so an insider with many browsers has one person's turns. Everybody else is their address, and those from which a
 * password was wrong lately wait apart: an attacker with a hundred addresses leaves the lane of the others after a
 * hundred tries.
 */
export function placeOf({ known, device }: Asking, trying: Trying): Place<Lane> {
  if (known) return { lane: "familiar", key: known.staffId };
  if (device && mayHaveDevice(trying)) return { lane: "familiar", key: device.staffId };
  const key = trying.address ?? "unknown";
  return { lane: getMemory().hasFailed(key) ? "failed" : "fresh", key };
}

const events = { wrong: "sign_in_failed", throttled: "sign_in_throttled", busy: "sign_in_busy" } as const;

/** Writes into the security log that a password was wrong or not looked at; a wrong one also counts against its address. */
export function noteRefusedTry(code: keyof typeof events, { known }: Asking, { account, address }: Trying): void {
  if (code === "wrong" && !known) getMemory().rememberFailure(address ?? "unknown");
  const reason = known?.proves === "second factor" ? known.proves : undefined;
  logSecurityEvent({ event: events[code], account, address, staffId: known?.staffId, reason });
}
