import "server-only";
import { countedAddress, networkOf } from "@/lib/runtime/network";
import { logSecurityEvent } from "../security-log";
import { accountKey } from "./account-key";
import type { Purpose, Trying } from "./allowances";
import type { Device } from "./device-cookie";
import { getMemory, mayHaveDevice } from "./remembered";
import type { Caller, TurnLimits } from "./turns";

/** Who asks for a password to be checked, and from where. */
export type Asking = {
  email: string;
  address: string | null;
  /** From a cookie sealed for this account. */
  device?: Device | null;
  /** For a person already known who proves something again; these attempts are counted apart from sign-in. */
  known?: { staffId: string; proves: Purpose };
};

/** The keys by which an attempt is counted. */
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
 * The queue's limits for `atOnce` parallel checks. Strangers get half of them at most. So familiar people find a free
 * place under any flood, and hashing for strangers leaves a core to everything else.
 */
export function queueLimits(atOnce: number): TurnLimits<Lane> {
  const strangers = { waiting: 16, leavesFree: atOnce / 2 };
  return { atOnce, ofOneKey: 4, lanes: { familiar: { waiting: 24 }, fresh: strangers, failed: strangers } };
}

/**
 * The lane and key under which somebody waits. People with a device cookie, or known otherwise, have their own lane,
 * keyed by person. So an insider with many browsers gets one person's turns. Everybody else is keyed by address.
 * Addresses with a recent wrong password wait in a separate lane. So an attacker with a hundred addresses leaves the
 * common lane after a hundred attempts.
 */
export function callerOf({ known, device }: Asking, trying: Trying): Caller<Lane> {
  if (known) return { lane: "familiar", key: known.staffId };
  if (device && mayHaveDevice(trying)) return { lane: "familiar", key: device.staffId };
  const key = trying.address ?? "unknown";
  return { lane: getMemory().hasFailed(key) ? "failed" : "fresh", key };
}

const events = { wrong: "sign_in_failed", throttled: "sign_in_throttled", busy: "sign_in_busy" } as const;

/** Logs that a password was wrong or not checked. A wrong one at sign-in also counts against its address. */
export function noteRefusedTry(code: keyof typeof events, { known }: Asking, { account, address }: Trying): void {
  if (code === "wrong" && !known) getMemory().rememberFailure(address ?? "unknown");
  const reason = known?.proves === "second factor" ? known.proves : undefined;
  logSecurityEvent({ event: events[code], account, address, staffId: known?.staffId, reason });
}
