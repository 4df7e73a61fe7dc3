import { createHash, randomInt } from "node:crypto";
import { generateSecret, generateURI, verify } from "otplib";

/** Seconds that a phone's clock may be off either way: one code before and after the one of now. */
const tolerance = 30;

/** A secret for an authenticator app: 160 random bits in base32, as RFC 4226 recommends. */
export function makeSecret(): string {
  return generateSecret({ length: 20 });
}

/** The address that authenticator apps read from a QR code. */
export function printSetUpUri(secret: string, account: string, desk: string): string {
  return generateURI({ issuer: desk, label: account, secret });
}

/**
 * The time step of a code of an app, or null when it is none of then. Whoever takes it compares the step with the last one
 * that was taken. The library could too, but it raises when that one is later than now, after a clock was set back.
 * @param now the time by the database's clock, in seconds since 1970: a server's own may be wrong, and all would be refused
 */
export async function findStep(secret: string, code: string, now: number): Promise<number | null> {
  const digits = code.replace(/\s/g, "");
  // The library raises for what is no code at all.
  if (!/^\d{6}$/.test(digits)) return null;
  const result = await verify({
    secret,
    token: digits,
    epoch: Math.floor(now),
    epochTolerance: tolerance,
    strategy: "totp",
  });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}

/** How many recovery codes a person has at first. */
export const recoveryCodes = 10;

/** Crockford's base32: no letter is taken for a digit. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";

/** New recovery codes of 80 random bits each, as people read them: "h3kx-9d2m-…". */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodes }, () =>
    Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(32)]).join("")).join("-"),
  );
}

/** What is kept of a recovery code, however it was typed. Not slow, because nobody guesses 80 bits. */
export function hashRecoveryCode(code: string): string {
  const plain = code.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
  return createHash("sha256").update(plain).digest("hex");
}
