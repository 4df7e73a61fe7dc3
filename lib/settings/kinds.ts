import { isIPv6 } from "node:net";
import { CronPattern } from "croner";
import { z } from "zod";

// The kinds of values that settings have. Every message completes a sentence that begins with the variable's name. No
// message repeats the value, because it may be a password set in the wrong variable.

/** Any text. */
export const text = z.string();

/** Text that must be hard to guess. */
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

/** A host name or address of this machine. No zone (fe80::1%eth0), because browsers do not put one into an address. */
export const listenHost = z
  .string()
  .refine((given) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(given) || (isIPv6(given) && !given.includes("%")), {
    error: "must be an address or a name of this machine, such as 0.0.0.0, without a port",
  });

/** A PostgreSQL URL. lib/database/settings.ts checks it in detail. */
export const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, "is not a postgresql:// URL");

/** How many proxies stand in front: a number, or a word that means one or none. */
export const proxies = z
  .string()
  .regex(/^(\d|yes|true|on|no|false|off)$/i, "must be the number of proxies in front, from 0 to 9")
  .transform((given) => (/^\d$/.test(given) ? Number(given) : Number(/^(yes|true|on)$/i.test(given))));

/** A yes or no. */
export const consent = z.enum(["yes", "no"], { error: "must be yes or no" });

/** An https address, or http on this machine. Over plain http, anybody on the way could replace a provider's keys. */
export function guardedAddress(example: string) {
  return webAddress(example).refine(
    (given) => /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/.test(given),
    { error: "must be an https address" },
  );
}

/** Mail domains, separated by commas or blanks and stored in lower case. */
export const domains = z.string().transform((given, context) => {
  const names = given
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (!names.every((name) => /^([a-z0-9-]+\.)+[a-z0-9-]+$/.test(name))) {
    context.addIssue({ code: "custom", message: "must be names of domains, such as example.com, example.org" });
  }
  return names;
});

/** E-mail addresses, separated by commas. */
export const addresses = z.string().transform((given, context) => {
  const emails = given.split(",").map((email) => email.trim());
  if (!emails.every((email) => /^[^\s@]+@[^\s@]+$/.test(email))) {
    context.addIssue({ code: "custom", message: "must be e-mail addresses, such as ada@example.com,milo@example.com" });
  }
  return emails;
});

/** A two-column table: `key=value; key=value`. The last `=` separates the two, because directory names contain `=`. */
export function pairs<const V extends readonly [string, ...string[]]>(values: V) {
  return z.string().transform((given, context) => {
    const rows = given.split(/[;\n]/).filter((row) => row.trim() !== "");
    const whole = rows.flatMap((row): [string, V[number]][] => {
      const at = row.lastIndexOf("=");
      const key = row.slice(0, Math.max(at, 0)).trim();
      const value = values.find((each) => each === row.slice(at + 1).trim());
      return key && value ? [[key, value]] : [];
    });
    if (whole.length === 0 || whole.length !== rows.length) {
      context.addIssue({
        code: "custom",
        message: `must be a table such as a-group=${values[0]}; with ${values.join(", ")}`,
      });
    }
    return new Map(whole);
  });
}

/** A cron schedule, or `off`. */
export const schedule = z.string().refine(
  (given) => {
    if (given === "off") return true;
    try {
      return given.trim().split(/\s+/).length === 5 && Boolean(new CronPattern(given));
    } catch {
      return false;
    }
  },
  { error: "must be five fields as cron writes them, such as 0 */6 * * *, or off" },
);
