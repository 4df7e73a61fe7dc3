import { isIPv6 } from "node:net";
import { z } from "zod";

// The kinds of values that settings have. Every message completes a sentence that begins with the variable's name, and none
// repeats the value: it may be a password that landed in the wrong variable.

/** Any text. */
export const text = z.string();

/** Text that nobody guesses. */
export function secretText(least: number, message: string) {
  return z.string().min(least, message);
}

/** A whole number between two bounds, both included. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .refine((given) => /^\d{1,9}$/.test(given) && Number(given) >= least && Number(given) <= most, {
      error: `must be a number from ${least} to ${most}`,
    })
    .transform(Number);
}

/** An http or https address; `example` stands in the message. */
export function webAddress(example: string) {
  return z.string().refine((given) => /^https?:\/\//.test(given) && URL.canParse(given), {
    error: `must be a whole address, such as ${example}`,
  });
}

/** An address or a name of this machine. Without a zone (fe80::1%eth0), which no address in a browser carries. */
export const listenHost = z
  .string()
  .refine((given) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(given) || (isIPv6(given) && !given.includes("%")), {
    error: "must be an address or a name of this machine, such as 0.0.0.0, without a port",
  });

/** A PostgreSQL URL. lib/database/settings.ts looks at it more closely. */
export const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, "is not a postgresql:// URL");

/** How many proxies stand in front: a number, or a word that means one or none. */
export const proxies = z
  .string()
  .regex(/^(\d|yes|true|on|no|false|off)$/i, "must be the number of proxies in front, from 0 to 9")
  .transform((given) => (/^\d$/.test(given) ? Number(given) : Number(/^(yes|true|on)$/i.test(given))));

/** Consent, or its absence. */
export const consent = z.enum(["yes", "no"], { error: "must be yes or no" });
