import "server-only";
import { createHmac } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { cookieOptions, readSecret } from "../session/token";
import { familiarLimits } from "./limits";

/** A browser on which a person has signed in: the person's id, and a random id of the browser. */
export type Device = { staffId: string; id: string };

type Cookies = { get(name: string): { value: string } | undefined };

const deviceSeconds = familiarLimits.device.days * 24 * 60 * 60;
const deviceSchema = z.object({ sub: z.uuid(), device: z.uuid() });

/** The sealing key depends on the account, so the cookie opens for no other. */
const saltFor = (account: string) => `device ${account}`;

/** The common prefix of the device cookies' names. */
const namePrefix = "desk-device-";

/** How many a browser keeps, so that a shared browser does not exceed the size limit of request headers. */
const cookiesKept = 8;

/**
 * The name of an account's device cookie; a shared browser has one for each account. The name holds a keyed hash that
 * means nothing without the secret.
 */
export function deviceCookieName(account: string, secure: boolean): string {
  const mark = createHmac("sha256", readSecret()).update(saltFor(account)).digest("hex").slice(0, 12);
  return `${secure ? "__Secure-" : ""}${namePrefix}${mark}`;
}

/**
 * The device that a browser names for an account; null if the cookie is missing, forged, expired or for another
 * account. Whether the device is still familiar is in the database (familiar_origins).
 */
export async function readDevice(cookies: Cookies, account: string, secure: boolean): Promise<Device | null> {
  const token = cookies.get(deviceCookieName(account, secure))?.value;
  if (!token) return null;
  const payload = await decode({ token, secret: readSecret(), salt: saltFor(account) }).catch(() => null);
  const device = deviceSchema.safeParse(payload).data;
  return device ? { staffId: device.sub, id: device.device } : null;
}

/** The cookie for a device, which is sent to the sign-in endpoint only. */
export async function printDeviceCookie(account: string, { staffId, id }: Device, secure: boolean) {
  const token = { sub: staffId, device: id };
  const value = await encode({ token, secret: readSecret(), salt: saltFor(account), maxAge: deviceSeconds });
  return { name: deviceCookieName(account, secure), value, ...deviceCookieOptions(secure, deviceSeconds) };
}

/** The names of device cookies to delete, so that only the latest few remain beside `keep`. */
export function listSurplusDevices(names: string[], keep: string): string[] {
  return names.filter((name) => name.includes(namePrefix) && name !== keep).slice(0, -(cookiesKept - 1));
}

/** The options of a device cookie. `maxAge` is in seconds; 0 deletes the cookie. */
export function deviceCookieOptions(secure: boolean, maxAge: number) {
  return { ...cookieOptions(secure, maxAge), path: "/api/auth/callback" } as const;
}
